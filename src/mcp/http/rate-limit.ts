import type { Clock } from "../../core/ports.ts";
import type { Awaitable, SharedState } from "../../core/shared-state.ts";

/** So many callers are remembered; then those who have not used their share are forgotten, which costs them nothing. */
const MOST_REMEMBERED = 10_000;
const MINUTE_MS = 60_000;

/** A share of requests for each caller. */
export interface Rates {
  /** Takes one request of a caller's share: 0, or how long the caller must wait for the next one, milliseconds. */
  take(caller: string): Awaitable<number>;
}

/**
 * One share over all instances. While the database is away each instance counts for itself: nothing that costs money goes on without it
 * anyway.
 */
export function sharedRates(shared: SharedState, perMinute: number, alone: Rates): Rates {
  return {
    take: (caller) => shared.takeShare(caller, perMinute).catch(() => alone.take(caller)),
  };
}

/** A share for each caller that fills up again evenly: `perMinute` requests at once, and as many each minute. */
export class RateLimit implements Rates {
  readonly #perMinute: number;
  readonly #clock: Clock;
  readonly #shares = new Map<string, { left: number; atMs: number }>();

  constructor(perMinute: number, clock: Clock) {
    this.#perMinute = perMinute;
    this.#clock = clock;
  }

  take(caller: string): number {
    const nowMs = this.#clock.monotonicMs();
    const share = this.#shares.get(caller) ?? { left: this.#perMinute, atMs: nowMs };
    const left = Math.min(this.#perMinute, share.left + ((nowMs - share.atMs) * this.#perMinute) / MINUTE_MS);
    const waitMs = left >= 1 ? 0 : ((1 - left) * MINUTE_MS) / this.#perMinute;
    this.#shares.set(caller, { left: left >= 1 ? left - 1 : left, atMs: nowMs });
    if (this.#shares.size > MOST_REMEMBERED) this.#forget(nowMs);
    return waitMs;
  }

  #forget(nowMs: number): void {
    for (const [caller, { atMs }] of this.#shares) if (nowMs - atMs >= MINUTE_MS) this.#shares.delete(caller);
  }
}
