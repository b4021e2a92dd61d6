import { fencesOf } from "../../kit/answer/fences.ts";
import { defineRule } from "../../kit/rule.ts";
import type { TextInput } from "./input.ts";

/** A block of code that opens and never closes: the answer ends within it. */
export const cutOff = defineRule<TextInput>({
  id: "text/cut-off",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "A fenced block that says its language is opened and never closed.",
    why: "The answer was cut off in the middle of its code.",
    references: ["https://spec.commonmark.org/0.31.2/#fenced-code-blocks"],
  },
  good: [
    { answer: "Use this:\n```js\nrun();\n```\nThat is all." },
    // A stray mark at the end opens nothing.
    { answer: "Like so:\n```js\nrun();\n```\n```\n" },
    { answer: "Now push the branch:\n```\nThat's it! You have resolved the conflict." },
  ],
  bad: [{ answer: "Use this:\n```js\nfunction run() {\n  const a =" }],
  run({ text }) {
    const open = fencesOf(text).find(({ closed }) => !closed);
    if (open === undefined || open.info === "" || open.content.trim() === "") return [];
    return [{ message: `the code fence opened at line ${open.firstLine - 1} is never closed: the answer was cut off` }];
  },
});
