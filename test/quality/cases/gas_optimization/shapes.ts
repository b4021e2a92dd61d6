import type { VerdictStatus } from "../../../../src/core/verdict.ts";
import type { AnswerCase } from "../case.ts";

export function fence(code: string): string {
  return `\`\`\`solidity\n${code}\n\`\`\``;
}

/** Replaces each text once; a text that is not there is a mistake in the case. */
export function edit(source: string, edits: readonly (readonly [string, string])[]): string {
  return edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`not in the source: ${from}`);
    return text.replace(from, () => to);
  }, source);
}

export function asked(
  name: string,
  original: string,
  answer: string,
  expect: VerdictStatus,
  over: Partial<AnswerCase> = {},
): AnswerCase {
  const prompt = `Optimise the gas usage of this contract. Do not change what it does.\n\n${fence(original)}`;
  return { name, task: "gas_optimization", prompt, answer, expect, ...over };
}
