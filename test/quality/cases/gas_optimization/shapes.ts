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

/** Replaces each text wherever it stands. */
export function editAll(source: string, edits: readonly (readonly [string, string])[]): string {
  return edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`not in the source: ${from}`);
    return text.replaceAll(from, () => to);
  }, source);
}

export const forGas = (rows: readonly Omit<AnswerCase, "task">[]): readonly AnswerCase[] =>
  rows.map((row) => ({ task: "gas_optimization", ...row }));

/** An answer that is not what it claims to be. */
export function worse(by: string, name: string, original: string, better: string): AnswerCase {
  return asked(name, original, `Here is the optimised contract:\n\n${fence(better)}`, "failed", { by });
}
