import type { Basis } from "../checks/kit/check-result.ts";
import type { ModelId } from "./model.ts";
import type { NanoUsd } from "./money.ts";

/** What an attempt teaches beyond its own record. */
export interface AttemptLesson {
  /** Models whose answers to the same request were rejected before. */
  readonly failedBefore: readonly ModelId[];
  /** Tokens of its prompt as estimated before the call, not corrected by what was learned. */
  readonly inputTokensEstimated: number;
}

/** What one answer of a request came to. `unchecked`: nothing could tell. */
export interface SeenAnswer {
  readonly model: ModelId;
  readonly result: "accepted" | "failed" | "unchecked";
  readonly costNanoUsd: NanoUsd;
  /** What was spent on bought evidence about it. */
  readonly evidenceNanoUsd: NanoUsd;
}

/** A request of the past, as far as a plan learns from it: its answers in order, and what the caller said of the returned one. */
export interface SeenRequest {
  readonly answers: readonly SeenAnswer[];
  /** Probability with which its plan was taken; 1 unless something was tried out. */
  readonly propensity: number;
  /** `null`: the caller has said nothing. */
  readonly outcome: boolean | null;
}

/** Statistics as a ledger keeps them: the key in columns, so that it can be asked for; the figures as JSON. */
export interface StatisticsRow {
  /** `null`: the owner. */
  readonly principal: string | null;
  readonly task: string;
  readonly model: ModelId;
  readonly basis: string | null;
  /** Form of `figures`: rows of another one are left unread. */
  readonly version: number;
  readonly figures: string;
}

/** What callers said of answers that bought evidence had spoken for; the words of late count for more in `recent…`. */
export interface EvidenceRecordRow {
  readonly basis: Basis;
  /** By id, in order. */
  readonly models: readonly ModelId[];
  readonly times: number;
  readonly right: number;
  readonly recentTimes: number;
  readonly recentRight: number;
}

/** All that one principal's requests have taught. */
export interface Lessons {
  /** Grows with every attempt at the task, and by more than a fiftieth of itself with every outcome. */
  readonly revision: number;
  /** Of all tasks. */
  readonly statistics: readonly StatisticsRow[];
  /** Of the task. */
  readonly requests: readonly SeenRequest[];
  /** Of the task. */
  readonly evidence: readonly EvidenceRecordRow[];
  /** Whether the task's running guarantee holds: few accepted answers turned out wrong. */
  readonly guaranteeHolds: boolean;
}

/** What was measured of a model's tokens on a task; enough samples to be believed. */
export interface MeasuredTokens {
  readonly samples: number;
  /** Tokens that are billed as output, thinking included: a tenth of the answers has fewer, half, nine tenths. */
  readonly outputLow: number;
  readonly outputTypical: number;
  readonly outputHigh: number;
  /** Input tokens that the vendor reported, by those estimated; 1 when nothing was reported. */
  readonly inputFactor: number;
}

/** How a request's plan came about, for its record. */
export interface PlanChoice {
  /** Probability with which this plan was taken. */
  readonly propensity: number;
  /** What it is expected to cost beyond the plan that was thought best, where it was tried out; else 0. */
  readonly exploredNanoUsd: NanoUsd;
}
