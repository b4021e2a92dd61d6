import type { OwnCriterion } from "../checks/kit/criterion.ts";
import type { ModelId } from "./model.ts";

/** What a plan prefers among the candidates that fit: the task's own order, the lowest expected cost, or the shortest expected time. */
export type Optimize = "quality" | "cost" | "latency";

export type TaskId = string;

/** A check by name. */
export interface TaskCheck {
  readonly check: string;
  /** What the config wants tested, for the check named `own_test` alone. */
  readonly own?: OwnCriterion;
  /** False: what it finds is only told. Of own tests alone. */
  readonly gate?: boolean;
}

/**
 * What may become of an unchecked answer. It is taken as it is (`accept`), or the next candidate is asked (`next`). Or evidence about it is
 * bought first: a grade of a `judge`, a second answer that may `agree`, or `tests` that another model writes from the prompt.
 */
export const UNCHECKED_STEPS = ["accept", "next", "judge", "agree", "tests"] as const;
export type UncheckedStep = (typeof UNCHECKED_STEPS)[number];

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
  /** On top of the checks that hold for every task. */
  readonly checks: readonly TaskCheck[];
  /** The form that the model is told to give its answer in, as a sentence; not with a response schema. */
  readonly answerForm?: string;
  /** What becomes of an unchecked answer, step by step; the last one is `accept` or `next`. Default `accept`. */
  readonly onUnchecked?: readonly UncheckedStep[];
  /** The same when the least cost is wanted, and neither the caller nor the config says what becomes of an unchecked answer. */
  readonly onUncheckedForCost?: readonly UncheckedStep[];
  /** Whether a model may repair its own answer by what the checks found. Default true. */
  readonly repair?: boolean;
  /** What an expert looks at, for a judge. */
  readonly rubric?: string;
  /** Phrases of which one in a prompt, in whole words, makes it this task for `task: "auto"`. From the config. */
  readonly when?: readonly string[];
  /** Models that may judge an answer of this task, in order of preference. Without them: the best that fits. */
  readonly judges?: readonly ModelId[];
  /** Models that may write tests for an answer of this task, in order of preference. Without them: the cheapest that fits. */
  readonly testWriters?: readonly ModelId[];
}
