/** Sums over requests on which the baseline was really asked, beside our plan. Money in any one unit. */
export interface ShadowMoments {
  readonly runs: number;
  /** Everything that a request cost: rejected and failed attempts, repairs, evidence, judges. */
  readonly ours: number;
  /** What the baseline's own answers cost; 0 for a request of ours that was not accepted: it is pure cost. */
  readonly baseline: number;
  readonly oursSquared: number;
  readonly baselineSquared: number;
  readonly product: number;
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
export function measuredSavings(moments: ShadowMoments): MeasuredSavings | null {
  const { runs: n } = moments;
  if (n < LEAST_RUNS) return null;
  const [a, b] = [moments.ours / n, moments.baseline / n];
  // Variances and covariance of the means.
  const ofMeans = (products: number, one: number, other: number): number => (products - n * one * other) / (n - 1) / n;
  const varA = Math.max(0, ofMeans(moments.oursSquared, a, a));
  const varB = Math.max(0, ofMeans(moments.baselineSquared, b, b));
  const cov = ofMeans(moments.product, a, b);
  // The ratios r for which a − r b is not further from 0 than Z95 standard errors.
  const [p, q, r] = [b * b - Z95 ** 2 * varB, a * b - Z95 ** 2 * cov, a * a - Z95 ** 2 * varA];
  if (p <= 0) return null;
  const root = Math.sqrt(Math.max(0, q * q - p * r));
  return { runs: n, savedShare: 1 - a / b, low: 1 - (q + root) / p, high: 1 - (q - root) / p };
}
