/**
 * `gate`: a defect that no other virtue outweighs; when it fails, the score is capped. `graded`: counts by its weight.
 */
export type CheckKind = "gate" | "graded";

/** One fact about an answer. */
export interface CheckResult {
  readonly name: string;
  readonly kind: CheckKind;
  /** `null`: it could not be checked, and `detail` says why. */
  readonly passed: boolean | null;
  /** 0..1; `null` when it could not be checked. */
  readonly score: number | null;
  /** Share of the task's verdict that this check carries, 0..1. A pure gate weighs 0. */
  readonly weight: number;
  /** The most that the answer can score when this gate has failed. */
  readonly cap?: number;
  /** What was found, so that a person or a model can act on it. */
  readonly detail: string;
  /** Concrete errors for the model that is to mend the answer: compiler output, a failing example. Absent: nothing to mend by. */
  readonly repair?: string;
  /** What was measured, for the receipt: JSON. */
  readonly evidence?: Evidence;
}

/** JSON data of a check's own shape, at most a few thousand characters of it. */
export type Evidence = Readonly<Record<string, unknown>>;

export type VerdictStatus = "verified" | "failed" | "unchecked";

/** What the checks say together about an answer. */
export interface Verdict {
  readonly status: VerdictStatus;
  /** 0..1 over what could be checked; `null` when nothing could. */
  readonly score: number | null;
  /** Weight of what could be checked over everything that a full check of this task would need, 0..1. */
  readonly checkedShare: number;
  readonly checks: readonly CheckResult[];
  /** The model whose judgement is part of it. Absent: the checks alone. */
  readonly judgedBy?: string;
}

/** Under this share of checked weight a passing answer is `unchecked`, not `verified`. */
export const MIN_CHECKED_SHARE = 0.5;

/**
 * Score = the lowest cap of the failed gates, or the weighted mean of what could be checked, whichever is lower.
 * A failed gate, or a score under the threshold over a sufficient share, is `failed`. The weights of a task may sum to less
 * than 1: the remainder is what nobody checks yet, and it counts as unchecked.
 */
export function verdictOf(checks: readonly CheckResult[], minQuality: number): Verdict {
  const failedGates = checks.filter((check) => check.kind === "gate" && check.passed === false);
  const scored = checks.filter((check) => check.score !== null && check.weight > 0);
  const checkedWeight = sum(scored.map((check) => check.weight));
  const checkedShare = Math.min(1, checkedWeight / Math.max(1, sum(checks.map((check) => check.weight))));
  const mean =
    checkedWeight === 0 ? null : sum(scored.map((check) => check.weight * (check.score ?? 0))) / checkedWeight;
  const cap = Math.min(...failedGates.map((gate) => gate.cap ?? 0), 1);
  const score = failedGates.length > 0 ? Math.min(cap, mean ?? cap) : mean;
  return { status: statusOf(failedGates.length > 0, score, checkedShare, minQuality), score, checkedShare, checks };
}

function statusOf(gateFailed: boolean, score: number | null, checkedShare: number, minQuality: number): VerdictStatus {
  if (gateFailed) return "failed";
  if (score === null || checkedShare < MIN_CHECKED_SHARE) return "unchecked";
  return score >= minQuality ? "verified" : "failed";
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
