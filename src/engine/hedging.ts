import type { AttemptRecord } from "../core/attempt.ts";
import type { Clock } from "../core/ports.ts";
import type { Started } from "./request-context.ts";

/** An attempt that is under way. */
export interface Run {
  readonly started: Started;
  /** Whether it is for the sake of its model's own rejected answer. */
  readonly again: boolean;
  /** From then on it is later than its model is used to, monotonic milliseconds. */
  readonly lateAtMs: number;
  /** Ends it when another answer was accepted; `null` when it never runs beside another. */
  readonly control: AbortController | null;
  readonly done: Promise<AttemptRecord>;
}

export interface Ended {
  readonly run: Run;
  readonly attempt: AttemptRecord;
}

/** The reason by which an attempt is ended when another one has won. */
export const OVERTAKEN = new Error("another candidate's answer was accepted first");

/** The attempts of one request that are under way: one, or two when the first is late and the request is in a hurry. */
export class Race {
  readonly #clock: Clock;
  readonly #running = new Set<Run>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#running.size;
  }

  get models(): readonly string[] {
    return [...this.#running].map(({ started }) => started.candidate.model.id);
  }

  /** From then on somebody is late. */
  get lateAtMs(): number {
    return Math.min(...[...this.#running].map((run) => run.lateAtMs));
  }

  enter(run: Run): void {
    this.#running.add(run);
    // Whoever waits for the next one hears of it; until then nobody may.
    void run.done.catch(() => undefined);
  }

  /** The next attempt that ends; `null` when `untilMs` (monotonic) comes first. */
  async next(untilMs: number | null): Promise<Ended | null> {
    const over = new AbortController();
    const ends: Promise<Ended | null>[] = [...this.#running].map((run) => this.#end(run));
    if (untilMs !== null) {
      ends.push(this.#clock.sleep(untilMs - this.#clock.monotonicMs(), over.signal).then(() => null));
    }
    try {
      const ended = await Promise.race(ends);
      if (ended !== null) this.#running.delete(ended.run);
      return ended;
    } finally {
      over.abort(OVERTAKEN);
    }
  }

  /** Ends whatever still runs, and tells what it came to. */
  async callOff(): Promise<readonly Ended[]> {
    const rest = [...this.#running];
    this.#running.clear();
    for (const { control } of rest) control?.abort(OVERTAKEN);
    return Promise.all(rest.map((run) => this.#end(run)));
  }

  async #end(run: Run): Promise<Ended> {
    return { run, attempt: await run.done };
  }
}
