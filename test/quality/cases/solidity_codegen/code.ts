import type { AnswerCase } from "../case.ts";

export const HEAD = "// SPDX-License-Identifier: MIT\npragma solidity ^0.8.20;\n\n";

/** A fenced Solidity file with license and pragma. */
export function file(code: string, name = ""): string {
  return `\`\`\`solidity${name === "" ? "" : ` title="${name}"`}\n${HEAD}${code}\n\`\`\``;
}

export type Row = Pick<AnswerCase, "name" | "prompt" | "answer"> & Partial<AnswerCase>;

export const good = (row: Row): AnswerCase => ({ task: "solidity_codegen", expect: "verified", ...row });
export const bad = (by: string, row: Row): AnswerCase => ({ task: "solidity_codegen", expect: "failed", by, ...row });
export const open = (row: Row): AnswerCase => ({ task: "solidity_codegen", expect: "unchecked", ...row });
