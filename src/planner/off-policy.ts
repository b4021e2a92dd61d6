import { effectiveSize } from "./plan-table.ts";

/** One recorded decision: what was done, with which probability, and what came of it. */
export interface LoggedDecision {
  readonly action: string;
  /** With which probability it was taken then, 0 (excluded) to 1. */
  readonly probability: number;
  readonly reward: number;
  /** With which probability the new policy takes each action on this request. */
  readonly target: Readonly<Record<string, number>>;
  /** What a model of the rewards expects of each action that either policy may take; for the doubly robust estimate. */
  readonly expected: Readonly<Record<string, number>>;
  /** What came of actions that were all recorded on this request: those can simply be replayed. */
  readonly recorded?: Readonly<Record<string, number>>;
}

/** An estimate of the mean reward under the new policy, with its 95% interval. */
export interface PolicyEstimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** `refused`: the log says nothing of what the new policy would do; `reason` says of what. */
export type PolicyEvaluation =
  | {
      readonly kind: "estimated";
      /** Requests that were replayed: all that the new policy may do was recorded there. */
      readonly replayed: number;
      readonly requests: number;
      /** Equally weighted requests that the estimate is worth. */
      readonly effectiveRequests: number;
      readonly ips: PolicyEstimate;
      readonly snips: PolicyEstimate;
      readonly doublyRobust: PolicyEstimate;
    }
  | { readonly kind: "refused"; readonly reason: string };

/** Under this an estimate means nothing. */
const LEAST_EFFECTIVE = 30;
/** The new policy may do what the log hardly ever holds on so large a share of its decisions at most. */
const MOST_OUTSIDE = 0.01;
const Z95 = 1.96;

/** What the new policy would have come to on recorded requests. */
export function evaluatePolicy(decisions: readonly LoggedDecision[]): PolicyEvaluation {
  if (decisions.length === 0) return { kind: "refused", reason: "nothing was recorded" };
  const invalid = decisions.find(({ probability }) => !(probability > 0 && probability <= 1));
  if (invalid !== undefined) {
    return { kind: "refused", reason: `a probability of ${invalid.probability} was recorded for ${invalid.action}` };
  }
  const outside = outsideSupport(decisions);
  if (outside !== null) return { kind: "refused", reason: outside };
  const terms = decisions.map(termOf);
  const weights = terms.map(({ weight }) => weight);
  const effectiveRequests = effectiveSize(weights);
  if (effectiveRequests < LEAST_EFFECTIVE) {
    const reason = `the log is worth ${effectiveRequests.toFixed(0)} requests under the new policy; ${LEAST_EFFECTIVE} are needed`;
    return { kind: "refused", reason };
  }
  const weightMean = average(weights);
  const snips = average(terms.map(({ weight, reward }) => weight * reward)) / weightMean;
  const snipsErrors = terms.map(({ weight, reward }) => (weight * (reward - snips)) / weightMean);
  return {
    kind: "estimated",
    replayed: terms.filter(({ replayed }) => replayed).length,
    requests: decisions.length,
    effectiveRequests,
    ips: withInterval(terms.map(({ weight, reward }) => weight * reward)),
    snips: { ...withInterval(snipsErrors, snips) },
    doublyRobust: withInterval(
      terms.map(({ direct, weight, reward, expected }) => direct + weight * (reward - expected)),
    ),
  };
}

interface Term {
  readonly weight: number;
  readonly reward: number;
  /** What the model of rewards expects of the action taken, and of the new policy. */
  readonly expected: number;
  readonly direct: number;
  readonly replayed: boolean;
}

function termOf(decision: LoggedDecision): Term {
  const { action, probability, reward, target, expected, recorded } = decision;
  const actions = Object.entries(target).filter(([, share]) => share > 0);
  if (recorded !== undefined && actions.every(([name]) => recorded[name] !== undefined)) {
    const value = actions.reduce((sum, [name, share]) => sum + share * (recorded[name] ?? 0), 0);
    return { weight: 1, reward: value, expected: value, direct: value, replayed: true };
  }
  const direct = actions.reduce((sum, [name, share]) => sum + share * (expected[name] ?? 0), 0);
  const weight = (target[action] ?? 0) / probability;
  return { weight, reward, expected: expected[action] ?? 0, direct, replayed: false };
}

/** Actions of the new policy that were never taken: no weight can make up for them. */
function outsideSupport(decisions: readonly LoggedDecision[]): string | null {
  const taken = new Set(decisions.map(({ action }) => action));
  const wanted = new Map<string, number>();
  for (const { target, recorded } of decisions) {
    for (const [name, share] of Object.entries(target)) {
      if (share > 0 && !taken.has(name) && recorded?.[name] === undefined) {
        wanted.set(name, (wanted.get(name) ?? 0) + share);
      }
    }
  }
  const shares = [...wanted].map(([name, sum]) => [name, sum / decisions.length] as const);
  const outside = shares.reduce((sum, [, share]) => sum + share, 0);
  if (outside <= MOST_OUTSIDE) return null;
  const names = shares.map(([name]) => name).join(", ");
  return `the new policy does what was never recorded on ${(100 * outside).toFixed(0)}% of requests: ${names}`;
}

/** The mean with its interval; `value`: the mean is known, and the terms are deviations from it. */
function withInterval(terms: readonly number[], value?: number): PolicyEstimate {
  const mean = average(terms);
  const variance = terms.reduce((sum, term) => sum + (term - mean) ** 2, 0) / Math.max(1, terms.length - 1);
  const half = Z95 * Math.sqrt(variance / terms.length);
  const middle = value ?? mean;
  return { value: middle, low: middle - half, high: middle + half };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
