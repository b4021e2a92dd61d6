import type { Task } from "../../core/task.ts";

export const EXTRACTION: Task = {
  id: "extraction",
  title: "Extraction",
  description: "Pull fields, names, dates or figures out of a given text, as JSON, a list or a table.",
  candidates: [
    "gpt-6-luna",
    "claude-haiku-5-5",
    "deepseek-v4-flash",
    "gemini-3.5-flash-lite",
    "gpt-oss-120b",
    "gemini-3.8-flash",
    "deepseek-v4-pro",
    "gpt-6.2-sol",
    "claude-sonnet-5-5",
    "claude-opus-5-5",
  ],
  minQuality: 0.85,
  // The list runs from cheap to dear: a checked cheap answer is worth trying first.
  optimize: "quality",
  maxOutputTokens: 4096,
  expectedOutputTokens: 500,
  checks: [{ check: "values" }],
};
