import type { AnswerCase } from "../case.ts";

const classification = (
  name: string,
  prompt: string,
  answer: string,
  expect: AnswerCase["expect"],
  context?: AnswerCase["context"],
): AnswerCase => ({
  name,
  task: "classification",
  prompt,
  answer,
  expect,
  ...(context === undefined ? {} : { context }),
});

const SPAM = 'Spam or not spam? Reply with exactly "spam" or "not spam".\n\nWIN a FREE cruise!!! Click here now.';
const INTENT =
  "What is the intent of this message? Labels: refund_request, order_status, complaint, other.\n\nWhere is my package? It was due yesterday.";
const BATCH = `Label each tweet positive, negative or neutral. One per line, as "number: label".

1. Love the new update!
2. The app crashes all the time.
3. Version 3.2 is out.`;
const EMOTION =
  'Classify the emotion. Return JSON {"emotion": "...", "confidence": 0-1}. Emotions: joy, anger, sadness, fear, surprise.\n\nI can\'t believe they forgot my birthday again.';

export const MESSAGES: readonly AnswerCase[] = [
  classification("the asked words", SPAM, "spam", "verified"),
  classification("other words than the asked ones", SPAM, "junk", "failed"),
  classification("a label with its lead", INTENT, "Label: order_status", "verified"),
  classification("a label in other spelling of its own", INTENT, "delivery_question", "failed"),
  classification("one line for each text", BATCH, "1: positive\n2: negative\n3: neutral", "verified"),
  classification("a line that is missing", BATCH, "1: positive\n2: negative", "failed"),
  classification("a label of the model's own in one line", BATCH, "1: positive\n2: angry\n3: neutral", "failed"),
  classification("JSON with the label", EMOTION, '{"emotion": "sadness", "confidence": 0.82}', "verified"),
  classification("JSON with another emotion", EMOTION, '{"emotion": "disappointment", "confidence": 0.82}', "failed"),
  classification(
    "labels from the context",
    "Which team should get this?\n\nThe invoice PDF is blank.",
    "billing",
    "verified",
    { labels: ["billing", "platform", "mobile"] },
  ),
  classification(
    "a team that is not there",
    "Which team should get this?\n\nThe invoice PDF is blank.",
    "finance",
    "failed",
    { labels: ["billing", "platform", "mobile"] },
  ),
];
