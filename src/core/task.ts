import type { ModelId } from "./model.ts";

/** What a plan prefers among the candidates that fit: the task's own order, the lowest expected cost, or the shortest expected time. */
export type Optimize = "quality" | "cost" | "latency";

export type TaskId = string;

/** A check by name and the share of the verdict that it carries (0 for a pure gate). */
export interface TaskCheck {
  readonly check: string;
  readonly weight: number;
}

/** A row of the policy. */
export interface Task {
  readonly id: TaskId;
  readonly title: string;
  /** One sentence for people and for `task: "auto"`. */
  readonly description: string;
  /** In order of preference. */
  readonly candidates: readonly ModelId[];
  /** Threshold of the verdict's score, 0..1. */
  readonly minQuality: number;
  readonly optimize: Optimize;
  /** Tokens of the answer itself (thinking not counted in) when the caller names no limit. */
  readonly maxOutputTokens: number;
  /** A typical answer, for the expected cost. A prior. */
  readonly expectedOutputTokens: number;
  /** On top of the checks that hold for every task. Weights sum to 1 or less; what is missing to 1 counts as unchecked. */
  readonly checks: readonly TaskCheck[];
}
