import type { Task } from "../../core/task.ts";

export const GENERAL: Task = {
  id: "general",
  title: "General",
  description: "Anything else: questions, explanations, letters and other prose.",
  candidates: [
    "gpt-6-luna",
    "claude-haiku-5-5",
    "deepseek-v4-flash",
    "gpt-oss-120b",
    "gemini-3.5-flash-lite",
    "llama-3.3-70b",
    "gemini-3.8-flash",
    "deepseek-v4-pro",
    "gpt-6.2-sol",
    "claude-sonnet-5-5",
    "gemini-3.1-pro-preview",
    "claude-opus-5-5",
  ],
  minQuality: 0.6,
  // The list runs from cheap to dear; the order of preference is the order of price.
  optimize: "quality",
  maxOutputTokens: 4096,
  expectedOutputTokens: 800,
  // No tool can check free prose: what holds for every text is looked at, and the rest stays unchecked.
  checks: [],
};
