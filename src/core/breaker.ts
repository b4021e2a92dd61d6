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

/** So many failures in a row open the breaker. */
export const FAILURES_TO_OPEN = 3;
/** How long it stays open after the last failure; doubled with each further failure up to the maximum. */
export const OPEN_MS = 15_000;
export const OPEN_MAX_MS = 240_000;

/**
 * The breaker of a model from its recent attempts, newest first. Pure, so that every process that reads the same ledger
 * comes to the same state.
 */
export function breakerState(newestFirst: readonly PastAttempt[], nowMs: number): BreakerState {
  const firstSuccess = newestFirst.findIndex((attempt) => !attempt.tripped);
  const failures = firstSuccess === -1 ? newestFirst.length : firstSuccess;
  const last = newestFirst[0];
  if (last === undefined || failures < FAILURES_TO_OPEN) return { state: "closed" };
  const openMs = Math.min(OPEN_MAX_MS, OPEN_MS * 2 ** (failures - FAILURES_TO_OPEN));
  const untilMs = last.atMs + openMs;
  return nowMs < untilMs ? { state: "open", untilMs, failures } : { state: "half_open", failures };
}
