/** One past attempt of a model, as far as its health goes. */
export interface PastAttempt {
  readonly atMs: number;
  /** Whether it failed in a way that trips the breaker (see `ERROR_RULES`). */
  readonly tripped: boolean;
}

/** `open`: skipped until `untilMs`. `half_open`: one attempt may probe whether it is well again. */
export type BreakerState =
  | { readonly state: "closed" }
  | { readonly state: "open"; readonly untilMs: number; readonly failures: number }
  | { readonly state: "half_open"; readonly failures: number };

/** So many failures in a row open the breaker of a model. */
export const FAILURES_TO_OPEN = 3;
/** So many in a row, of two models at least, open the breaker of their provider. */
export const PROVIDER_FAILURES_TO_OPEN = 5;
/** How long it stays open after the last failure; doubled with each further failure up to the maximum. */
export const OPEN_MS = 15_000;
export const OPEN_MAX_MS = 240_000;

/**
 * The breaker of a model from its recent attempts, newest first. Pure, so that every process that reads the same ledger
 * comes to the same state.
 */
export function breakerState(
  newestFirst: readonly PastAttempt[],
  nowMs: number,
  failuresToOpen: number = FAILURES_TO_OPEN,
): BreakerState {
  const firstSuccess = newestFirst.findIndex((attempt) => !attempt.tripped);
  const failures = firstSuccess === -1 ? newestFirst.length : firstSuccess;
  const last = newestFirst[0];
  if (last === undefined || failures < failuresToOpen) return { state: "closed" };
  const openMs = Math.min(OPEN_MAX_MS, OPEN_MS * 2 ** (failures - failuresToOpen));
  const untilMs = last.atMs + openMs;
  return nowMs < untilMs ? { state: "open", untilMs, failures } : { state: "half_open", failures };
}

/**
 * The breaker of a provider, from the recent attempts of each of its models, newest first. One model that is down is not its
 * provider: only failures in a row of several models open it.
 */
export function providerBreakerState(byModel: readonly (readonly PastAttempt[])[], nowMs: number): BreakerState {
  const all = byModel.flatMap((attempts, model) => attempts.map((attempt) => ({ ...attempt, model })));
  const newestFirst = all.sort((a, b) => b.atMs - a.atMs);
  const firstSuccess = newestFirst.findIndex((attempt) => !attempt.tripped);
  const failing = firstSuccess === -1 ? newestFirst : newestFirst.slice(0, firstSuccess);
  if (new Set(failing.map(({ model }) => model)).size < 2) return { state: "closed" };
  return breakerState(newestFirst, nowMs, PROVIDER_FAILURES_TO_OPEN);
}
