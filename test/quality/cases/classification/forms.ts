import type { AnswerCase } from "../case.ts";

const classification = (
  name: string,
  prompt: string,
  answer: string,
  expect: AnswerCase["expect"],
  responseSchema?: AnswerCase["responseSchema"],
): AnswerCase => ({
  name,
  task: "classification",
  prompt,
  answer,
  expect,
  ...(responseSchema === undefined ? {} : { responseSchema }),
});

const TICKET = `Classify the support ticket into exactly one of: billing, bug, feature_request, account. Answer with the label only.

"I was charged twice for my March invoice."`;
const TOPICS = `Which of these topics apply to the article? Choose all that apply from [politics, economy, science, sports, culture] and return a JSON array.

Article: The central bank cut rates after parliament passed the new budget.`;
const SENTIMENT = `Sentiment of the review below: Positive, Negative or Neutral?

The room was clean but the staff ignored us for an hour and the food was cold.`;
const URGENCY_SCHEMA = {
  type: "object",
  required: ["label", "confidence"],
  properties: { label: { enum: ["low", "medium", "high"] }, confidence: { type: "number", minimum: 0, maximum: 1 } },
};
const URGENCY =
  "Rate the urgency of this message as low, medium or high with your confidence.\n\nThe production database is down and no customer can log in.";

export const FORMS: readonly AnswerCase[] = [
  classification("one label of the list", TICKET, "billing", "verified"),
  classification("the label, emphasised", TICKET, "**billing**", "verified"),
  classification("a label that is not in the list", TICKET, "payments", "failed"),
  classification("two labels where one is asked for", TICKET, "billing, account", "failed"),
  classification("several topics as an array", TOPICS, '["politics", "economy"]', "verified"),
  classification("a topic that is not offered", TOPICS, '["politics", "finance"]', "failed"),
  classification(
    "a label with its reason",
    SENTIMENT,
    "Negative. The review mentions slow service and cold food, which outweigh the clean room.",
    "verified",
  ),
  classification(
    "hedging between two labels",
    SENTIMENT,
    "It could be seen as either Neutral or Negative depending on how you weigh the parts.",
    "failed",
  ),
  classification("a label by the schema", URGENCY, '{"label": "high", "confidence": 0.97}', "verified", URGENCY_SCHEMA),
  classification(
    "a confidence out of its range",
    URGENCY,
    '{"label": "high", "confidence": 97}',
    "failed",
    URGENCY_SCHEMA,
  ),
];
