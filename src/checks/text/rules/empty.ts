import { defineRule } from "../../kit/rule.ts";
import type { TextInput } from "./input.ts";

/** The answer has no text in it. */
export const empty = defineRule<TextInput>({
  id: "text/empty",
  severity: "critical",
  certainty: "fact",
  docs: { summary: "The answer is empty, or white space alone.", why: "There is nothing to use." },
  good: [{ answer: "[]" }, { answer: "4" }],
  bad: [{ answer: "" }, { answer: " \n\n\t " }],
  run: ({ text }) => (/\S/.test(text) ? [] : [{ message: "the answer is empty" }]),
});
