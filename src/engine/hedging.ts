import type { AttemptRecord } from "../core/attempt.ts";
import type { Clock } from "../core/ports.ts";
import type { Started } from "./started.ts";

/** An attempt that is under way. */
export interface InFlightAttempt {
  readonly started: Started;
  /** See `QueuedCandidate.again`. */
  readonly again: boolean;
  /** From then on it is later than its model usually is, monotonic milliseconds. */
  readonly lateAtMs: number;
  /** Ends it when another answer was accepted; `null` when it never runs beside another. */
  readonly control: AbortController | null;
  readonly done: Promise<AttemptRecord>;
}

/** An attempt that has ended. */
export interface EndedAttempt {
  readonly inFlight: InFlightAttempt;
  readonly attempt: AttemptRecord;
}

/** The reason by which an attempt is ended when another answer was accepted. */
export const SUPERSEDED = new Error("another candidate's answer was accepted first");

/** The attempts of one request that are under way: one, or two when the first is late and the request prefers latency. */
export class Hedging {
  readonly #clock: Clock;
  readonly #inFlight = new Set<InFlightAttempt>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#inFlight.size;
  }

  get models(): readonly string[] {
    return [...this.#inFlight].map(({ started }) => started.candidate.model.id);
  }

  /** When the first of them is late, monotonic milliseconds. */
  get lateAtMs(): number {
    return Math.min(...[...this.#inFlight].map((each) => each.lateAtMs));
  }

  add(attempt: InFlightAttempt): void {
    this.#inFlight.add(attempt);
    // `next` tells of an error; until it is called the error must not end the process.
    void attempt.done.catch(() => undefined);
  }

  /** The next attempt that ends; `null` when `untilMs` (monotonic) comes first. */
  async next(untilMs: number | null): Promise<EndedAttempt | null> {
    const over = new AbortController();
    const ends: Promise<EndedAttempt | null>[] = [...this.#inFlight].map(endOf);
    if (untilMs !== null) {
      ends.push(this.#clock.sleep(untilMs - this.#clock.monotonicMs(), over.signal).then(() => null));
    }
    try {
      const ended = await Promise.race(ends);
      if (ended !== null) this.#inFlight.delete(ended.inFlight);
      return ended;
    } finally {
      over.abort(SUPERSEDED);
    }
  }

  /** Ends every attempt that still runs, and tells what it came to. */
  async cancelAll(): Promise<readonly EndedAttempt[]> {
    const rest = [...this.#inFlight];
    this.#inFlight.clear();
    for (const { control } of rest) control?.abort(SUPERSEDED);
    return Promise.all(rest.map(endOf));
  }
}

async function endOf(inFlight: InFlightAttempt): Promise<EndedAttempt> {
  return { inFlight, attempt: await inFlight.done };
}
