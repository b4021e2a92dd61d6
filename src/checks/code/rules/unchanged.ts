import { withoutBlocks } from "../../kit/answer/blocks.ts";
import { defineRule } from "../../kit/rule.ts";
import type { CodeAnswer } from "../read/code-answer.ts";

/** Says that something about given code has to change. */
const TO_MEND =
  /\b(?:fix|debug|repair|correct)\b[^.?!\n]{0,40}\b(?:bugs?|errors?|issues?|problems?|function|code|program|script|this|it)\b/i;

export const unchangedRule = defineRule<CodeAnswer>({
  id: "code/unchanged",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "The request gives code that has to be repaired, and all the code of the answer is that code as it was.",
    why: "Nothing has been changed.",
  },
  good: [
    {
      prompt: "Fix the bug in this function:\n\n```js\nconst twice = (n) => n + 2;\n```",
      answer: "```js\nconst twice = (n) => n * 2;\n```",
    },
    {
      prompt: "Explain:\n\n```js\nconst twice = (n) => n + 2;\n```",
      answer: "```js\nconst twice = (n) => n + 2;\n```\nIt adds 2.",
    },
  ],
  bad: [
    {
      prompt: "Fix the bug in this function:\n\n```js\nconst twice = (n) => n + 2;\n```",
      answer: "Here it is:\n\n```js\nconst twice = (n) => n + 2;\n```",
    },
  ],
  run({ blocks, given, prompt }) {
    if (!TO_MEND.test(prompt) || !isUnchanged({ blocks, given })) return [];
    return [{ message: "the code is the one that was given, unchanged" }];
  },
});

/** All the code of the answer is code that the request gave. */
export function isUnchanged({ blocks, given }: Pick<CodeAnswer, "blocks" | "given">): boolean {
  const known = new Set(given.map(withoutSpace));
  return blocks.length > 0 && blocks.every(({ content }) => known.has(withoutSpace(content)));
}

function withoutSpace(code: string): string {
  return withoutBlocks(code, /\/\*|\/\/[^\n]*|#[^\n]*/).replace(/[\s;]+/g, "");
}
