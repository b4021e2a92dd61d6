import type { Task } from "../core/task.ts";

/**
 * The policy: one row per task. Candidates are first the strong model of each vendor, in the order of preference of the first
 * router, then the cheap ones in the same vendor order, so that a small budget still finds someone. Thresholds are the first
 * router's. The token figures are priors. A check's weight is the share of a full review that it stands for.
 */
export const TASKS: readonly Task[] = [
  {
    id: "solidity_codegen",
    title: "Solidity code generation",
    description: "Write or extend smart contracts in Solidity.",
    candidates: [
      "claude-opus-5-5",
      "gpt-6.2-sol",
      "deepseek-v4-pro",
      "claude-sonnet-5-5",
      "claude-haiku-5-5",
      "gpt-6-luna",
      "glm-5.2",
      "deepseek-v4-flash",
    ],
    minQuality: 0.9,
    optimize: "quality",
    maxOutputTokens: 8192,
    expectedOutputTokens: 2000,
    checks: [{ check: "solidity_parses", weight: 0.4 }],
  },
  {
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
    checks: [
      { check: "solidity_parses", weight: 0.3 },
      { check: "gas_code_changed", weight: 0.1 },
    ],
  },
  {
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
    checks: [
      { check: "markup_parses", weight: 0.2 },
      { check: "ui_structure", weight: 0.4 },
    ],
  },
  {
    id: "semantic_audit",
    title: "Semantic audit",
    description: "Find security and logic defects in given smart-contract code, with severity, place and fix.",
    candidates: [
      "claude-opus-5-5",
      "gpt-6.2-sol",
      "claude-sonnet-5-5",
      "claude-haiku-5-5",
      "gpt-6.1-sol",
      "gpt-6-luna",
    ],
    minQuality: 0.95,
    optimize: "quality",
    maxOutputTokens: 8192,
    expectedOutputTokens: 2500,
    checks: [
      { check: "audit_structure", weight: 0.5 },
      { check: "audit_locations", weight: 0.3 },
    ],
  },
  {
    id: "planning",
    title: "Planning",
    description: "Turn a goal into ordered steps with dependencies and ways to verify them.",
    candidates: [
      "gpt-6.2-sol",
      "claude-opus-5-5",
      "gpt-6.1-sol",
      "gpt-6-luna",
      "claude-sonnet-5-5",
      "claude-haiku-5-5",
    ],
    minQuality: 0.9,
    optimize: "quality",
    maxOutputTokens: 4096,
    expectedOutputTokens: 1500,
    checks: [{ check: "plan_structure", weight: 0.8 }],
  },
  {
    id: "general",
    title: "General",
    description: "Anything else: questions, summaries, translations, code in other languages.",
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
    checks: [],
  },
];

/** The task that takes what no other one claims. */
export const GENERAL_TASK = "general";

/** Every check that a task of the table names, sorted: what a task in the config may name. */
export const TASK_CHECKS: readonly string[] = [
  ...new Set(TASKS.flatMap((task) => task.checks.map(({ check }) => check))),
].sort();
