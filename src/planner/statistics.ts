import type { ErrorKind } from "../core/errors.ts";
import type { ModelId } from "../core/model.ts";
import type { NanoUsd } from "../core/money.ts";
import type { TaskId } from "../core/task.ts";
import type { Verdict } from "../core/verdict.ts";
import { addSample, EMPTY_SKETCH, type QuantileSketch } from "./quantile-sketch.ts";

/** What statistics are kept by. No input of one principal moves another's. */
export interface StatisticsKey {
  /** `null`: the owner. */
  readonly principal: string | null;
  readonly task: TaskId;
  readonly model: ModelId;
  /** The kind of evidence that verdicts stood on; `null`: nothing could verify. */
  readonly basis: Verdict["basis"];
}

/** How often something happened: ever, and lately (older observations count less and less). */
export interface Tally {
  readonly raw: number;
  readonly recent: number;
}

/** A sum of measurements with their number, ever and lately. */
export interface RunningMean {
  readonly rawCount: number;
  readonly recentCount: number;
  readonly recentSum: number;
}

/** What is known of one model on one task under one kind of evidence. Plain data; changed by {@link observe} and {@link observeOutcome}. */
export interface ModelStatistics {
  readonly key: StatisticsKey;
  readonly accepted: Tally;
  readonly failed: Tally;
  readonly unchecked: Tally;
  readonly errors: Readonly<Partial<Record<ErrorKind, Tally>>>;
  /** How it did on requests on which these models had failed before, one entry a model. */
  readonly afterFailure: Readonly<Record<ModelId, PassCounts>>;
  /** What callers said later of answers that were accepted: the check's own record. Volunteered, mostly on failure: biased. */
  readonly outcomes: { readonly right: Tally; readonly wrong: Tally };
  readonly latencyMs: QuantileSketch;
  readonly outputTokens: QuantileSketch;
  readonly costNanoUsd: RunningMean;
  /** Logarithm of (tokens that the vendor reported / tokens estimated): 0 when estimates are right. */
  readonly tokenErrorLog: RunningMean;
}

export interface PassCounts {
  readonly accepted: Tally;
  readonly failed: Tally;
}

/** What an attempt came to. `error`: there was no answer. */
export interface AttemptObservation {
  readonly result: "accepted" | "failed" | "unchecked" | { readonly error: ErrorKind };
  /** Models whose answers to this request had failed before. */
  readonly failedBefore: readonly ModelId[];
  readonly latencyMs: number | null;
  readonly outputTokens: number | null;
  readonly costNanoUsd: NanoUsd;
  readonly inputTokensEstimated: number;
  /** As the vendor reported them; `null`: not told. */
  readonly inputTokensReported: number | null;
}

/** Share of an observation that is left after one more: some 100 observations count. */
export const FORGETTING = 0.99;

const NONE: Tally = { raw: 0, recent: 0 };
const NO_MEAN: RunningMean = { rawCount: 0, recentCount: 0, recentSum: 0 };
export const NO_PASSES: PassCounts = { accepted: NONE, failed: NONE };

export function emptyStatistics(key: StatisticsKey): ModelStatistics {
  return {
    key,
    accepted: NONE,
    failed: NONE,
    unchecked: NONE,
    errors: {},
    afterFailure: {},
    outcomes: { right: NONE, wrong: NONE },
    latencyMs: EMPTY_SKETCH,
    outputTokens: EMPTY_SKETCH,
    costNanoUsd: NO_MEAN,
    tokenErrorLog: NO_MEAN,
  };
}

/** With one attempt more. An error counts as no verdict: it says nothing of how right the model's answers are. */
export function observe(before: ModelStatistics, attempt: AttemptObservation, keep = FORGETTING): ModelStatistics {
  const { result } = attempt;
  const kind = typeof result === "string" ? null : result.error;
  const errors = mapValues(before.errors, (tally) => tallyNext(tally, 0, keep));
  if (kind !== null) errors[kind] = tallyNext(before.errors[kind] ?? NONE, 1, keep);
  const estimated = Math.max(1, attempt.inputTokensEstimated);
  const reported = attempt.inputTokensReported;
  return {
    ...before,
    accepted: tallyNext(before.accepted, result === "accepted" ? 1 : 0, keep),
    failed: tallyNext(before.failed, result === "failed" ? 1 : 0, keep),
    unchecked: tallyNext(before.unchecked, result === "unchecked" ? 1 : 0, keep),
    errors,
    afterFailure: afterFailureNext(before.afterFailure, attempt, keep),
    latencyMs: attempt.latencyMs === null ? before.latencyMs : addSample(before.latencyMs, attempt.latencyMs, keep),
    outputTokens:
      attempt.outputTokens === null ? before.outputTokens : addSample(before.outputTokens, attempt.outputTokens, keep),
    costNanoUsd: meanNext(before.costNanoUsd, attempt.costNanoUsd, keep),
    tokenErrorLog:
      reported === null || reported <= 0
        ? before.tokenErrorLog
        : meanNext(before.tokenErrorLog, Math.log(reported / estimated), keep),
  };
}

/** What a caller's word counts against a check's, in verdicts. */
const OUTCOME_WEIGHT = 5;

/**
 * With a caller's word on an answer that had been accepted. It counts more than a check: a wrong one takes back the acceptance and counts
 * as so many failures.
 */
export function observeOutcome(before: ModelStatistics, right: boolean, keep = FORGETTING): ModelStatistics {
  const { outcomes } = before;
  const counted = {
    right: tallyNext(outcomes.right, right ? 1 : 0, keep),
    wrong: tallyNext(outcomes.wrong, right ? 0 : 1, keep),
  };
  if (right) {
    return { ...before, outcomes: counted, accepted: plus(before.accepted, OUTCOME_WEIGHT - 1) };
  }
  return {
    ...before,
    outcomes: counted,
    accepted: plus(before.accepted, -1),
    failed: plus(before.failed, OUTCOME_WEIGHT),
  };
}

/** Takes a caller's word back that was counted before: it has changed its mind. What was forgotten since stays forgotten. */
export function withdrawOutcome(before: ModelStatistics, right: boolean): ModelStatistics {
  const { outcomes } = before;
  const less = ({ raw, recent }: Tally): Tally => ({ raw: Math.max(0, raw - 1), recent: Math.max(0, recent - 1) });
  if (right) {
    return {
      ...before,
      outcomes: { ...outcomes, right: less(outcomes.right) },
      accepted: plus(before.accepted, 1 - OUTCOME_WEIGHT),
    };
  }
  return {
    ...before,
    outcomes: { ...outcomes, wrong: less(outcomes.wrong) },
    accepted: plus(before.accepted, 1),
    failed: plus(before.failed, -OUTCOME_WEIGHT),
  };
}

/** Mean of what was measured lately; `null` when nothing was. */
export function meanOf({ recentCount, recentSum }: RunningMean): number | null {
  return recentCount > 0 ? recentSum / recentCount : null;
}

function afterFailureNext(
  before: ModelStatistics["afterFailure"],
  { result, failedBefore }: AttemptObservation,
  keep: number,
): ModelStatistics["afterFailure"] {
  if (result !== "accepted" && result !== "failed") return before;
  const next: Record<ModelId, PassCounts> = { ...before };
  for (const model of new Set(failedBefore)) {
    const counts = before[model] ?? NO_PASSES;
    next[model] = {
      accepted: tallyNext(counts.accepted, result === "accepted" ? 1 : 0, keep),
      failed: tallyNext(counts.failed, result === "failed" ? 1 : 0, keep),
    };
  }
  return next;
}

function tallyNext({ raw, recent }: Tally, by: 0 | 1, keep: number): Tally {
  return { raw: raw + by, recent: recent * keep + by };
}

/** Raw counts stay counts of events; only what is counted lately is weighed. */
function plus({ raw, recent }: Tally, by: number): Tally {
  return { raw, recent: Math.max(0, recent + by) };
}

function meanNext({ rawCount, recentCount, recentSum }: RunningMean, value: number, keep: number): RunningMean {
  return { rawCount: rawCount + 1, recentCount: recentCount * keep + 1, recentSum: recentSum * keep + value };
}

function mapValues<K extends string>(
  record: Readonly<Partial<Record<K, Tally>>>,
  change: (tally: Tally) => Tally,
): Partial<Record<K, Tally>> {
  const entries = Object.entries(record) as [K, Tally][];
  return Object.fromEntries(entries.map(([key, tally]) => [key, change(tally)])) as Partial<Record<K, Tally>>;
}
