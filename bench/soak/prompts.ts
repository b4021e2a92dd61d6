import type { RouteInput } from "../../src/core/contract.ts";
import { WORST_ANSWERS, type WorstAnswer } from "./worst-answers.ts";

const MODELS = ["gpt-6-luna"];
const WORST = "Give the worst answer number";

/** What the hostile caller asks, over and over. */
export function hostileInput(index: number): RouteInput {
  const number = index % WORST_ANSWERS.length;
  const { task } = WORST_ANSWERS[number] ?? { task: "general" };
  const labels = task === "classification" ? "\n\nLabels: a, b, c" : "";
  return { task, prompt: `${WORST} ${number}.${labels}`, models: MODELS, repair: false, max_output_tokens: 100_000 };
}

export function worstOf(prompt: string): WorstAnswer | undefined {
  const number = new RegExp(`${WORST} (\\d+)`).exec(prompt)?.[1];
  return number === undefined ? undefined : WORST_ANSWERS[Number(number)];
}

/** What the other caller asks: an ordinary function, checked by running it. */
export const ORDINARY: RouteInput = {
  task: "code_generation",
  prompt: "Write a JavaScript function add(a, b) that returns the sum of two numbers.",
  accept: [{ assert: "add(1, 2) === 3" }, { assert: "add(-1, 1) === 0" }],
  models: MODELS,
};
export const GOOD_ANSWER = "```js\nfunction add(a, b) {\n  return a + b;\n}\n```\n";
