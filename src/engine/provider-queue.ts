import type { ProviderId } from "../core/model.ts";
import type { Clock } from "../core/ports.ts";

/** How often the first in line looks whether another process has made room, milliseconds. */
const LOOK_EVERY_MS = 50;

/** What a try came to: something, or no room yet. `freeAtMs`: when there will be, epoch milliseconds, where that is known. */
export type QueueTry<T> =
  | { readonly busy: false; readonly value: T }
  | { readonly busy: true; readonly value: T; readonly freeAtMs: number | null };

export interface Patience {
  /** Longest wait, milliseconds. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

/**
 * Those of this process who wait for room at a provider: first come, first served, each until its patience is over. Between
 * processes there is no line: the first that looks after a place was freed gets it.
 */
export class ProviderQueue {
  readonly #clock: Clock;
  readonly #last = new Map<ProviderId, Promise<void>>();
  readonly #naps = new Map<ProviderId, AbortController>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Tries when it is this caller's turn, again and again until there is room; `null` when its turn never came. */
  async take<T>(provider: ProviderId, attempt: () => Promise<QueueTry<T>>, patience: Patience): Promise<T | null> {
    const before = this.#last.get(provider) ?? Promise.resolve();
    const { promise: mine, resolve: leave } = Promise.withResolvers<void>();
    // A caller that gives up early leaves the order of the others as it is.
    const gone = before.then(() => mine);
    this.#last.set(provider, gone);
    const untilMs = this.#clock.monotonicMs() + patience.waitMs;
    try {
      if (!(await this.#reached(before, patience))) return null;
      for (;;) {
        if (patience.signal.aborted) return null;
        const tried = await attempt();
        const leftMs = untilMs - this.#clock.monotonicMs();
        if (!tried.busy || leftMs <= 0) return tried.value;
        await this.#nap(provider, Math.min(leftMs, this.#pauseMs(tried.freeAtMs)), patience.signal);
      }
    } finally {
      leave();
      if (this.#last.get(provider) === gone) this.#last.delete(provider);
    }
  }

  /** A call has ended: the first in line need not sleep on. */
  freed(provider: ProviderId): void {
    this.#naps.get(provider)?.abort(FREED);
  }

  async #reached(before: Promise<void>, { waitMs, signal }: Patience): Promise<boolean> {
    const waited = new AbortController();
    const gaveUp = this.#clock.sleep(waitMs, AbortSignal.any([waited.signal, signal])).then(() => false);
    const reached = await Promise.race([before.then(() => true), gaveUp]);
    waited.abort(FREED);
    return reached;
  }

  async #nap(provider: ProviderId, ms: number, signal: AbortSignal): Promise<void> {
    const nap = new AbortController();
    this.#naps.set(provider, nap);
    await this.#clock.sleep(ms, AbortSignal.any([nap.signal, signal]));
    this.#naps.delete(provider);
  }

  #pauseMs(freeAtMs: number | null): number {
    return freeAtMs === null ? LOOK_EVERY_MS : Math.max(1, freeAtMs - this.#clock.nowMs());
  }
}

/** The reason of every abort, made once. */
const FREED = new Error("there may be room now");
