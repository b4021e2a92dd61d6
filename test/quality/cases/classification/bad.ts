import { fenced } from "../../subject.ts";
import type { AnswerCase } from "../case.ts";

const bad = (name: string, prompt: string, answer: string, over: Partial<AnswerCase> = {}): AnswerCase => ({
  name,
  task: "classification",
  prompt,
  answer,
  expect: "failed",
  by: "labels_allowed",
  ...over,
});

const REVIEW = "The room was clean, but we waited an hour for the keys.";
const SENTIMENT = `Classify the sentiment of the following review as positive, negative or neutral:\n\n${REVIEW}`;
const TICKET = "I was charged twice for my subscription in May.";
const LABELS = { labels: ["billing", "technical", "account"], ticket: TICKET };

export const BAD: readonly AnswerCase[] = [
  bad("a label of its own", SENTIMENT, "mixed"),
  bad("a label of its own in JSON", `${SENTIMENT}\nAnswer as JSON.`, '{"sentiment": "mixed"}'),
  bad("two labels for one", SENTIMENT, "positive, negative"),
  bad(
    "prose that settles on nothing",
    SENTIMENT,
    "The review has positive parts and negative parts, and one could call it neutral as well.",
  ),
  bad("a summary instead", SENTIMENT, "A guest praises a clean room and complains about a long wait."),
  bad("a number instead of a label", SENTIMENT, "2"),
  bad(
    "more than the label alone",
    `${SENTIMENT}\n\nAnswer with the label only, no explanation.`,
    "Negative, because the guest had to wait for an hour and nobody cared to say sorry.",
  ),
  bad("a label that the context lacks", "Choose a label.", "sales", { context: LABELS }),
  bad("two labels of the context", "Choose a label.", "billing\naccount", { context: LABELS }),
  bad("a label that the schema lacks", `Classify: ${TICKET}`, '{"category": "money"}', {
    responseSchema: { type: "object", properties: { category: { enum: ["billing", "technical"] } } },
    by: "schema",
  }),
  bad(
    "an unknown topic among known ones",
    "Tag with all topics that apply: politics, economy, sports.\n\nParliament passed the budget.",
    "politics, finance",
  ),
  bad("more tags than allowed", "Choose up to 2 tags from: red, green, blue, black.\n\nA flag.", "red, green, blue"),
  bad(
    "a text left out",
    "Classify each of these as spam or ham.\n\n1. You won!\n2. See you at noon.\n3. Cheap pills.",
    "1. spam\n2. ham",
  ),
  bad(
    "a strange label among many",
    "Classify each of these as spam or ham.\n\n1. You won!\n2. See you at noon.\n3. Cheap pills.",
    "1. spam\n2. ham\n3. advertising",
  ),
  bad(
    "a strange label in a list of JSON",
    "Classify each of these as spam or ham. Return JSON.\n\n1. You won!\n2. See you at noon.",
    fenced("json", '[{"id": 1, "label": "spam"}, {"id": 2, "label": "unsure"}]'),
  ),
  bad("prose where JSON was asked for", `${SENTIMENT}\nRespond with JSON.`, "negative", { by: "json_asked" }),
  bad("a translation of the label", SENTIMENT, "negativo"),
  bad("a question back", SENTIMENT, "Could you tell me more about the stay, so that I know what you mean?"),
  bad("a refusal", SENTIMENT, "I'm sorry, but I cannot help with that.", { by: "not_refusal" }),
  bad("nothing", SENTIMENT, " \n", { by: "not_empty" }),
];
