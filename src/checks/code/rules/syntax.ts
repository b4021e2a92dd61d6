import { defineRule } from "../../kit/rule.ts";
import type { CodeAnswer } from "../read/code-answer.ts";

export const syntaxRule = defineRule<CodeAnswer>({
  id: "code/syntax",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "Code in the language that was asked for does not get through that language's parser or compiler.",
    why: "It cannot be run. Where the answer is made of several pieces it is a hint: a piece need not be whole.",
  },
  good: [
    { prompt: "Write a JavaScript function.", answer: "```js\nconst twice = (n) => 2 * n;\n```" },
    { prompt: "Write a Python function.", answer: "```python\ndef twice(n):\n    return 2 * n\n```" },
    { prompt: "Write a Python function.", answer: "```python\n>>> twice(2)\n4\n```" },
  ],
  bad: [
    { prompt: "Write a JavaScript function.", answer: "```js\nconst twice = (n) => (2 * n;\n```" },
    { prompt: "Write a Python function.", answer: "```python\ndef twice(n)\n    return 2 * n\n```" },
  ],
  run: ({ parsed, isWhole }) =>
    parsed.flatMap(({ place, syntax }) => {
      if (syntax.problem === null) return [];
      const message = `${place} does not get through ${syntax.tool}: ${syntax.problem}`;
      return [{ message, ...(isWhole ? {} : { certainty: "hint" as const }) }];
    }),
});
