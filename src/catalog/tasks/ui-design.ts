import type { Task } from "../../core/task.ts";

export const UI_DESIGN: Task = {
  id: "ui_design",
  title: "UI design",
  description: "Design or build a user interface: pages, components, styles.",
  candidates: [
    "gemini-3.1-pro-preview",
    "gpt-6.2-sol",
    "gemini-3.8-flash",
    "gemini-3.5-flash-lite",
    "gpt-6.1-sol",
    "gpt-6-luna",
  ],
  minQuality: 0.85,
  optimize: "quality",
  maxOutputTokens: 8192,
  expectedOutputTokens: 2500,
  checks: [{ check: "page" }, { check: "page_in_browser" }],
};
