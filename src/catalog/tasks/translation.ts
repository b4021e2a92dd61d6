import type { Task } from "../../core/task.ts";

export const TRANSLATION: Task = {
  id: "translation",
  title: "Translation",
  description: "Put a given text into another language, with its placeholders and figures kept.",
  candidates: [
    "gemini-3.5-flash-lite",
    "claude-haiku-5-5",
    "gpt-6-luna",
    "deepseek-v4-flash",
    "gemini-3.8-flash",
    "deepseek-v4-pro",
    "gpt-6.2-sol",
    "claude-sonnet-5-5",
    "gemini-3.1-pro-preview",
    "claude-opus-5-5",
  ],
  minQuality: 0.7,
  // The list runs from cheap to dear: cheap models translate the common languages well.
  optimize: "quality",
  maxOutputTokens: 4096,
  expectedOutputTokens: 800,
  checks: [{ check: "about_source" }],
};
