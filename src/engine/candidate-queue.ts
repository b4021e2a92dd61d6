import type { Candidate } from "../core/planning.ts";

/** A candidate that waits to be asked. */
export interface QueuedCandidate {
  readonly candidate: Candidate;
  /** It is asked a second time: to repair its own rejected answer, or after a failure that can pass. */
  readonly again: boolean;
  /** Not before this, monotonic milliseconds. */
  readonly notBeforeMs: number;
  /** Asked although its vendor refused another call since the plan was made: a last resort. */
  readonly anyway?: true;
}

/** A candidate that is asked for the first time. */
export function queuedOf(candidate: Candidate): QueuedCandidate {
  return { candidate, again: false, notBeforeMs: 0 };
}

/** Waited before the same model is asked again when the vendor names no time. */
const RETRY_PAUSE_MS = 200;

/**
 * The candidates of a request that can still be asked: those of the plan in order; when all have failed, those that the plan skipped for
 * their health alone; then, once, those whose failure can pass.
 */
export class CandidateQueue {
  readonly #planned: QueuedCandidate[];
  #skipped: readonly QueuedCandidate[];
  readonly #failed = new Map<string, QueuedCandidate>();
  #retriesAreOver = false;

  constructor(order: readonly Candidate[], skipped: readonly Candidate[]) {
    this.#planned = order.map(queuedOf);
    this.#skipped = skipped.map(queuedOf);
  }

  /** The next candidate, if one is in line now. */
  get first(): QueuedCandidate | undefined {
    return this.#planned[0];
  }

  get isEmpty(): boolean {
    return this.#planned.length === 0;
  }

  shift(): QueuedCandidate | undefined {
    return this.#planned.shift();
  }

  /** Puts candidates before all others. */
  unshift(...candidates: readonly QueuedCandidate[]): void {
    this.#planned.unshift(...candidates);
  }

  /** Puts the candidates of these models before all others that are asked for the first time, in this order. */
  prefer(models: readonly string[]): void {
    const place = ({ candidate, again }: QueuedCandidate): number => {
      const index = models.indexOf(candidate.model.id);
      return again ? -1 : index === -1 ? models.length : index;
    };
    this.#planned.sort((one, other) => place(one) - place(other));
  }

  /** Nothing more is asked. */
  clear(): void {
    this.#planned.length = 0;
    this.#skipped = [];
    this.#failed.clear();
  }

  /** Keeps a candidate whose vendor refused another call since the plan was made as a last resort. */
  deferToLast(candidate: QueuedCandidate): void {
    if (!this.#retriesAreOver) this.#skipped = [...this.#skipped, { ...candidate, anyway: true }];
  }

  /** Keeps a model that failed in a way that can pass for a second try. */
  failed(candidate: Candidate, again: boolean, retryAfterMs: number | undefined, nowMs: number): void {
    if (this.#retriesAreOver) return;
    this.#failed.set(candidate.model.id, { candidate, again, notBeforeMs: nowMs + (retryAfterMs ?? RETRY_PAUSE_MS) });
  }

  /** Every candidate that may yet be asked. */
  left(): readonly QueuedCandidate[] {
    return [...this.#planned, ...this.#skipped, ...this.#failed.values()];
  }

  /** Puts the last resorts in line, now that no other candidate is left. */
  refill(): void {
    if (this.#skipped.length > 0) {
      this.#planned.push(...this.#skipped);
      this.#skipped = [];
      return;
    }
    this.#retriesAreOver = true;
    this.#planned.push(...[...this.#failed.values()].sort((one, other) => one.notBeforeMs - other.notBeforeMs));
    this.#failed.clear();
  }
}
