import type { Task } from "../../core/task.ts";

export const GAS_OPTIMIZATION: Task = {
  id: "gas_optimization",
  title: "Gas optimisation",
  description: "Make given Solidity code cheaper in gas without changing what it does.",
  candidates: [
    "deepseek-v4-pro",
    "claude-opus-5-5",
    "glm-5.2",
    "deepseek-v4-flash",
    "claude-sonnet-5-5",
    "claude-haiku-5-5",
  ],
  minQuality: 0.8,
  optimize: "quality",
  maxOutputTokens: 8192,
  expectedOutputTokens: 2000,
  checks: [{ check: "gas" }],
};
