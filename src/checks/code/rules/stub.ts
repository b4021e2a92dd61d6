import { defineRule } from "../../kit/rule.ts";
import type { CodeAnswer } from "../read/code-answer.ts";
import { topFunctionsOf } from "../read/stubs.ts";

export const stubRule = defineRule<CodeAnswer>({
  id: "code/stub",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "Every function of the answer's code is empty but for a note, `pass` or an error that says so.",
    why: "Nothing of what was asked for is written. Single empty functions can be meant: hooks, abstract methods, overloads.",
  },
  good: [
    {
      prompt: "Write a Python function.",
      answer: "```python\ndef hook():\n    pass\n\ndef run():\n    hook()\n    return 1\n```",
    },
    { prompt: "Write a Python class.", answer: "```python\nclass Shape:\n    def area(self):\n        pass\n```" },
    { prompt: "Write a JavaScript function that does nothing.", answer: "```js\nconst noop = () => {};\n```" },
  ],
  bad: [
    {
      prompt: "Write a Python function that sorts.",
      answer: "```python\ndef order(items):\n    # your code here\n    pass\n```",
    },
    { prompt: "Write a JavaScript function.", answer: "```js\nfunction order(items) {\n  // TODO\n}\n```" },
  ],
  async run({ blocks }) {
    const tops = await Promise.all(blocks.map(topFunctionsOf));
    const functions = tops.flatMap((each) => each ?? []);
    if (tops.some((each) => each === null) || functions.length === 0) return [];
    if (!functions.every(({ isStub }) => isStub)) return [];
    return [
      {
        message: `${functions.map(({ name }) => name).join(", ")} ${functions.length === 1 ? "has" : "have"} nothing in it`,
      },
    ];
  },
});
