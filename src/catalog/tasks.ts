import type { Task } from "../core/task.ts";
import { SOLIDITY_CODEGEN } from "./tasks/solidity-codegen.ts";
import { GAS_OPTIMIZATION } from "./tasks/gas-optimization.ts";
import { UI_DESIGN } from "./tasks/ui-design.ts";
import { SEMANTIC_AUDIT } from "./tasks/semantic-audit.ts";
import { CODE_GENERATION } from "./tasks/code-generation.ts";
import { PLANNING } from "./tasks/planning.ts";
import { EXTRACTION } from "./tasks/extraction.ts";
import { CLASSIFICATION } from "./tasks/classification.ts";
import { SUMMARIZATION } from "./tasks/summarization.ts";
import { TRANSLATION } from "./tasks/translation.ts";
import { GENERAL } from "./tasks/general.ts";

/**
 * The policy: one row per task. Candidates are first the strong model of each vendor, in the order of preference of the first
 * router, then the cheap ones in the same vendor order, so that a small budget still finds someone. Thresholds are the first
 * router's. The token figures are priors.
 */
export const TASKS: readonly Task[] = [
  SOLIDITY_CODEGEN,
  GAS_OPTIMIZATION,
  UI_DESIGN,
  SEMANTIC_AUDIT,
  PLANNING,
  CODE_GENERATION,
  EXTRACTION,
  CLASSIFICATION,
  SUMMARIZATION,
  TRANSLATION,
  GENERAL,
];

/** The task that takes what no other one claims. */
export const GENERAL_TASK = "general";

/** Every check that a task of the table names, sorted: what a task in the config may name. */
export const TASK_CHECKS: readonly string[] = [
  ...new Set(TASKS.flatMap((task) => task.checks.map(({ check }) => check))),
].sort();
