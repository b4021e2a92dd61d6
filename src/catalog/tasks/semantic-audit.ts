import type { Task } from "../../core/task.ts";

export const SEMANTIC_AUDIT: Task = {
  id: "semantic_audit",
  title: "Semantic audit",
  description: "Find security and logic defects in given smart-contract code, with severity, place and fix.",
  candidates: ["claude-opus-5-5", "gpt-6.2-sol", "claude-sonnet-5-5", "claude-haiku-5-5", "gpt-6.1-sol", "gpt-6-luna"],
  minQuality: 0.95,
  optimize: "quality",
  maxOutputTokens: 8192,
  expectedOutputTokens: 2500,
  // Whether an audit is right and complete no tool tells: it stays unchecked, unless a judge is asked.
  checks: [{ check: "audit" }],
};
