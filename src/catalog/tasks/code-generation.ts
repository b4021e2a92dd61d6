import type { Task } from "../../core/task.ts";

export const CODE_GENERATION: Task = {
  id: "code_generation",
  title: "Code generation",
  description:
    "Write functions and programs in general languages; JavaScript, TypeScript and Python are run against the examples of the prompt.",
  candidates: [
    "gpt-6-luna",
    "claude-haiku-5-5",
    "deepseek-v4-flash",
    "gemini-3.8-flash",
    "deepseek-v4-pro",
    "gpt-6.2-sol",
    "claude-sonnet-5-5",
    "claude-opus-5-5",
  ],
  minQuality: 0.85,
  // A check that runs the answer makes cheap models worth trying first (see the routing evidence on cascades).
  optimize: "quality",
  maxOutputTokens: 8192,
  expectedOutputTokens: 1200,
  answerForm: "Give the code in one fenced block, tagged with its language, and explanations outside of it.",
  // A cheap answer is held against tests before a dearer model is asked.
  onUncheckedForCost: ["tests", "next"],
  checks: [{ check: "code" }, { check: "code_examples" }],
};
