import type { Task } from "../../core/task.ts";

export const SOLIDITY_CODEGEN: Task = {
  id: "solidity_codegen",
  title: "Solidity code generation",
  description: "Write or extend smart contracts in Solidity.",
  candidates: [
    "claude-opus-5-5",
    "gpt-6.2-sol",
    "deepseek-v4-pro",
    "claude-sonnet-5-5",
    "claude-haiku-5-5",
    "gpt-6-luna",
    "glm-5.2",
    "deepseek-v4-flash",
  ],
  minQuality: 0.9,
  optimize: "quality",
  maxOutputTokens: 8192,
  expectedOutputTokens: 2000,
  answerForm: "Give the code in one fenced block, tagged with its language, and explanations outside of it.",
  // A cheap answer is held against tests before a dearer model is asked.
  onUncheckedForCost: ["tests", "next"],
  checks: [{ check: "solidity" }, { check: "solidity_behaviour" }],
};
