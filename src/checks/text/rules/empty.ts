import { defineRule } from "../../kit/rule.ts";
import type { TextInput } from "./input.ts";

/** Characters of a text without words: white space (also zero-width), Markdown marks, and dots. */
const NOTHING = /^(?:[\s\u200b-\u200d\ufeff`~*_#>.…-])*$/;

/** The answer has nothing in it. */
export const empty = defineRule<TextInput>({
  id: "text/empty",
  severity: "critical",
  certainty: "fact",
  docs: { summary: "The answer is empty, or white space and marks alone.", why: "There is nothing to use." },
  good: [{ answer: "[]" }, { answer: "4" }, { answer: "好" }],
  bad: [{ answer: "" }, { answer: " \n\n\t " }, { answer: "```\n```" }],
  run: ({ text }) => (NOTHING.test(text) ? [{ message: "the answer is empty", repair: null }] : []),
});
