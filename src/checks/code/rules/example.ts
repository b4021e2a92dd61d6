import { defineRule } from "../../kit/rule.ts";
import type { ExamplesRun } from "../run/run-examples.ts";

export const exampleRule = defineRule<{ readonly run: ExamplesRun }>({
  id: "code/example",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "An example that the request gives of its function does not hold when the code is run.",
    why: "The request says what the call comes to. Of several versions the last one counts; that an earlier one fails is a hint.",
  },
  good: [
    {
      prompt: "Write a JavaScript function twice(n). twice(3) // 6",
      answer: "```js\nconst twice = (n) => 2 * n;\n```",
    },
    {
      prompt: "Write a Python function twice(n).\n>>> twice(3)\n6",
      answer: "```python\ndef twice(n):\n    return 2 * n\n```",
    },
    {
      prompt: "Write a JavaScript function left(a, b, c).\nleft(9, 2, 3) -> 9 - 2 - 3 = 4",
      answer: "```js\nconst left = (a, b, c) => a - b - c;\n```",
    },
  ],
  bad: [
    {
      prompt: "Write a JavaScript function twice(n). twice(3) // 6",
      answer: "```js\nconst twice = (n) => n + 2;\n```",
    },
    {
      prompt: "Write a Python function twice(n).\n>>> twice(3)\n6",
      answer: "```python\ndef twice(n):\n    return n + 2\n```",
    },
    {
      prompt: "Write a JavaScript function twice(n). twice(3) // 6",
      answer: "```js\nconst double = (n) => 2 * n;\n```",
    },
  ],
  run({ run }) {
    if (run.kind === "undefined") return [{ message: `the examples call ${run.name}, which the code does not define` }];
    if (run.kind === "nothing") return [];
    return run.versions.flatMap(({ ran }, at) => {
      const isLast = at === run.versions.length - 1;
      const load = ran.loadError === null ? [] : [`when it is loaded, the code ${ran.loadError}`];
      const failed = ran.results.flatMap((result) => (result.kind === "fails" ? [result.problem] : []));
      // What Python does at its top beside defining was left out: that it stops there says nothing of the functions.
      const isStopped = ran.loadError !== null && ran.lacks === null && run.language === "javascript";
      const problems = failed.length === 0 && !isStopped ? [] : [...load, ...failed];
      if (isLast) return problems.map((message) => ({ message }));
      return problems
        .slice(0, 1)
        .map((message) => ({ message: `in an earlier version, ${message}`, certainty: "hint" as const }));
    });
  },
});
