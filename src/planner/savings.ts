import type { NanoUsd } from "../core/money.ts";

/** A request, as far as savings go. */
export interface SavingsRequest {
  readonly accepted: boolean;
  /** Everything that it cost: rejected and failed attempts, repairs, evidence, judges. */
  readonly spentNanoUsd: NanoUsd;
  /** What the baseline model would have cost, estimated for its own output length; `null`: unknown. */
  readonly baselineNanoUsd: NanoUsd | null;
}

/** Signed: a request that failed is pure cost. */
export interface ModelledSavings {
  readonly spentNanoUsd: NanoUsd;
  /** Of accepted answers alone. */
  readonly baselineNanoUsd: NanoUsd;
  readonly savedNanoUsd: NanoUsd;
  /** By the baseline; `null` when there is none. */
  readonly savedShare: number | null;
  /** Requests whose baseline is unknown: their cost counts, and no saving. */
  readonly unknown: number;
}

export function modelledSavings(requests: readonly SavingsRequest[]): ModelledSavings {
  let [spentNanoUsd, baselineNanoUsd, unknown] = [0, 0, 0];
  for (const request of requests) {
    spentNanoUsd += request.spentNanoUsd;
    if (!request.accepted) continue;
    if (request.baselineNanoUsd === null) unknown += 1;
    else baselineNanoUsd += request.baselineNanoUsd;
  }
  const savedNanoUsd = baselineNanoUsd - spentNanoUsd;
  const savedShare = baselineNanoUsd > 0 ? savedNanoUsd / baselineNanoUsd : null;
  return { spentNanoUsd, baselineNanoUsd, savedNanoUsd, savedShare, unknown };
}

/** A request on which the baseline was really asked, beside our plan. */
export interface ShadowRun {
  readonly oursNanoUsd: NanoUsd;
  readonly oursAccepted: boolean;
  readonly baselineNanoUsd: NanoUsd;
}

/** What shadow runs measured, with its 95% interval. */
export interface MeasuredSavings {
  readonly runs: number;
  /** 1 − E[ours] / E[baseline of accepted answers]. */
  readonly savedShare: number;
  readonly low: number;
  readonly high: number;
}

/** Fewer runs than this give no interval that means anything. */
const LEAST_RUNS = 10;
const Z95 = 1.96;

/**
 * A ratio of means with its interval (Fieller), as ours and the baseline move together over requests. `null`: fewer than 10 runs, or a
 * baseline that cannot be told from 0.
 */
export function measuredSavings(runs: readonly ShadowRun[]): MeasuredSavings | null {
  const n = runs.length;
  if (n < LEAST_RUNS) return null;
  const ours = runs.map(({ oursNanoUsd }) => oursNanoUsd);
  const baseline = runs.map(({ baselineNanoUsd, oursAccepted }) => (oursAccepted ? baselineNanoUsd : 0));
  const [a, b] = [average(ours), average(baseline)];
  const [varA, varB, cov] = [covariance(ours, ours), covariance(baseline, baseline), covariance(ours, baseline)].map(
    (value) => value / n,
  ) as [number, number, number];
  // The ratios r for which a − r b is not further from 0 than Z95 standard errors.
  const [p, q, r] = [b * b - Z95 ** 2 * varB, a * b - Z95 ** 2 * cov, a * a - Z95 ** 2 * varA];
  if (p <= 0) return null;
  const root = Math.sqrt(Math.max(0, q * q - p * r));
  return { runs: n, savedShare: 1 - a / b, low: 1 - (q + root) / p, high: 1 - (q - root) / p };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function covariance(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [average(a), average(b)];
  return a.reduce((sum, value, index) => sum + (value - meanA) * ((b[index] ?? 0) - meanB), 0) / (a.length - 1);
}
