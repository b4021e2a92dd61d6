import type { TaskScript } from "./answer.ts";

const GOOD = `/**
 * The median of a list of numbers; null when it is empty. The list stays as it is. (Scripted answer of the Signalbox sandbox.)
 */
function median(numbers) {
  if (numbers.length === 0) return null;
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
`;

/** A function with examples. The bad answer sorts numbers as text and forgets that an even list has two middles. */
export const code: TaskScript = {
  task: "code_generation",
  matches: /\bjavascript\b|\btypescript\b/i,
  prompt:
    "Write a JavaScript function `median(numbers)` that returns the median of a list of numbers, and null for an empty one. " +
    "It must not change the list.\n\nExamples:\n\n```js\nmedian([3, 1, 2]) // 2\nmedian([10, 9, 2, 1]) // 5.5\nmedian([]) // null\n```",
  good: `\`\`\`js\n${GOOD}\`\`\`\n`,
  bad: `\`\`\`js
// sandbox: a deliberately wrong answer
function median(numbers) {
  const sorted = [...numbers].sort();
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
\`\`\`
`,
  tests: [
    { call: "median([3, 1, 2])", equals: 2 },
    { call: "median([10, 9, 2, 1])", equals: 5.5 },
    { call: "median([])", equals: null },
  ],
};
