import type { AnswerCase } from "../case.ts";
const c = (name: string, prompt: string, answer: string, expect: AnswerCase["expect"]): AnswerCase => ({
  name,
  task: "classification",
  prompt,
  answer,
  expect,
});
const TOXIC = "Is the following comment toxic? Answer yes or no.\n\nYou are all idiots.";
const LANG = "Detect the language. Output one of: en, de, fr, es.\n\nWo ist der Bahnhof?";
const TAGS =
  "Assign up to 2 tags from this list to the post: performance, security, ui, docs.\n\nThe dashboard takes 12 seconds to load and the spinner is off-centre.";
const PRIO = "Priority? P0/P1/P2/P3\n\nTypo on the pricing page.";
export const CODES: readonly AnswerCase[] = [
  c("yes", TOXIC, "Yes", "verified"),
  c("neither yes nor no", TOXIC, "Somewhat", "failed"),
  c("a code", LANG, "de", "verified"),
  c("the name of the language for its code", LANG, "German", "failed"),
  c("two tags", TAGS, "performance, ui", "verified"),
  c("three tags where two are allowed", TAGS, "performance, ui, docs", "failed"),
  c("a priority", PRIO, "P3", "verified"),
  c("a priority that is not there", PRIO, "P4", "failed"),
];
