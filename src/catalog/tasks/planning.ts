import type { Task } from "../../core/task.ts";

export const PLANNING: Task = {
  id: "planning",
  title: "Planning",
  description: "Turn a goal into ordered steps with dependencies and ways to verify them.",
  candidates: ["gpt-6.2-sol", "claude-opus-5-5", "gpt-6.1-sol", "gpt-6-luna", "claude-sonnet-5-5", "claude-haiku-5-5"],
  minQuality: 0.9,
  optimize: "quality",
  maxOutputTokens: 4096,
  expectedOutputTokens: 1500,
  checks: [{ check: "plan" }],
};
