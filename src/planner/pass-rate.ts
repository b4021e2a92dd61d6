import type { ModelId } from "../core/model.ts";
import type { PassCounts } from "./statistics.ts";

/** A share with the mass of evidence behind it: a Beta distribution by mean and mass. */
export interface BetaBelief {
  readonly mean: number;
  readonly mass: number;
}

/** Observations that a prior is worth. */
export const PRIOR_MASS = 10;

/** How often answers passed, as verdicts count them lately. */
export interface PassTotals {
  readonly passed: number;
  readonly failed: number;
}

/** What is known of a model, from the nearest to the farthest: on this task, on tasks of its tier, on all tasks. */
export interface PassEvidence {
  readonly modelOnTask: PassTotals;
  readonly modelOnTier: PassTotals;
  readonly modelOnAll: PassTotals;
  /** The catalogue's quality, 0..1. */
  readonly priorQuality: number;
}

/**
 * P(an answer passes), backed off: the catalogue's prior is worth 10 observations on all tasks, that estimate 10 on tasks of the tier, and
 * that 10 on the task.
 */
export function passRate({ modelOnTask, modelOnTier, modelOnAll, priorQuality }: PassEvidence): BetaBelief {
  const model = shrink(modelOnAll, { mean: clamp(priorQuality), mass: PRIOR_MASS });
  const tier = shrink(modelOnTier, { mean: model.mean, mass: PRIOR_MASS });
  return shrink(modelOnTask, { mean: tier.mean, mass: PRIOR_MASS });
}

/** A belief after some observations. */
export function shrink({ passed, failed }: PassTotals, prior: BetaBelief): BetaBelief {
  const mass = passed + failed + prior.mass;
  return { mean: (passed + prior.mean * prior.mass) / mass, mass };
}

/** What a failure of another model says of this one before anything was observed: its odds are divided by this. */
const ODDS_AFTER_FAILURE = 4;
/** The same model again: it mostly makes the same mistake again. */
const ODDS_AFTER_OWN_FAILURE = 20;

/**
 * P(an answer passes | these models failed before). Failures go together: a request that one model fails is harder for all others. Each
 * failed model counts by what was observed after its failures, shrunk to a prior of lower odds; the lowest of them holds.
 */
export function passRateAfter(
  alone: BetaBelief,
  model: ModelId,
  failedBefore: readonly ModelId[],
  afterFailure: Readonly<Record<ModelId, PassCounts>>,
): BetaBelief {
  const beliefs = failedBefore.map((other) => {
    const counts = afterFailure[other];
    const divisor = other === model ? ODDS_AFTER_OWN_FAILURE : ODDS_AFTER_FAILURE;
    const odds = clamp(alone.mean) / (1 - clamp(alone.mean)) / divisor;
    const observed = { passed: counts?.accepted.recent ?? 0, failed: counts?.failed.recent ?? 0 };
    return shrink(observed, { mean: odds / (1 + odds), mass: PRIOR_MASS });
  });
  return beliefs.reduce((lowest, belief) => (belief.mean < lowest.mean ? belief : lowest), alone);
}

/** Kept off 0 and 1, where odds end. */
function clamp(share: number): number {
  return Math.min(0.995, Math.max(0.005, share));
}
