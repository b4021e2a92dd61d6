import type { Task } from "../../core/task.ts";

export const CLASSIFICATION: Task = {
  id: "classification",
  title: "Classification",
  description: "Choose one or more of given labels for a text: sentiment, intent, topic, priority.",
  candidates: [
    "gpt-6-luna",
    "claude-haiku-5-5",
    "deepseek-v4-flash",
    "gpt-oss-120b",
    "gemini-3.5-flash-lite",
    "gemini-3.8-flash",
    "deepseek-v4-pro",
    "gpt-6.2-sol",
    "claude-sonnet-5-5",
    "claude-opus-5-5",
  ],
  minQuality: 0.8,
  // The list runs from cheap to dear: a checked cheap answer is worth trying first.
  optimize: "quality",
  maxOutputTokens: 1024,
  expectedOutputTokens: 60,
  checks: [{ check: "labels" }],
};
