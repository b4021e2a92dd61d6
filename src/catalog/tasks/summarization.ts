import type { Task } from "../../core/task.ts";

export const SUMMARIZATION: Task = {
  id: "summarization",
  title: "Summarization",
  description: "Say the essence of a given text in fewer words.",
  candidates: [
    "claude-haiku-5-5",
    "gpt-6-luna",
    "gemini-3.5-flash-lite",
    "deepseek-v4-flash",
    "gpt-oss-120b",
    "gemini-3.8-flash",
    "deepseek-v4-pro",
    "gpt-6.2-sol",
    "claude-sonnet-5-5",
    "gemini-3.1-pro-preview",
    "claude-opus-5-5",
  ],
  minQuality: 0.7,
  // The list runs from cheap to dear: cheap models summarise well, and long sources make dear ones dearer.
  optimize: "quality",
  maxOutputTokens: 2048,
  expectedOutputTokens: 400,
  checks: [{ check: "about_source" }],
};
