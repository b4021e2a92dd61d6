import type { Candidate } from "../core/planning.ts";

/** Who is asked next, and whether it is for the sake of its own rejected answer. */
export interface Turn {
  readonly candidate: Candidate;
  readonly again: boolean;
  /** Not before this, monotonic milliseconds. */
  readonly notBeforeMs: number;
  /** Asked although its vendor has said no to somebody meanwhile: it is the last resort. */
  readonly anyway?: true;
}

/** A candidate's ordinary turn. */
export function turnOf(candidate: Candidate): Turn {
  return { candidate, again: false, notBeforeMs: 0 };
}

/** Waited before the same model is asked again when the vendor names no time. */
const RETRY_PAUSE_MS = 200;

/**
 * Who can still be asked when every candidate has failed: first those that were left out for their health alone, then, once, those
 * whose failure can pass.
 */
export class Resorts {
  #spares: readonly Turn[] = [];
  readonly #failed = new Map<string, Turn>();
  #isOver = false;

  spare(candidates: readonly Candidate[]): void {
    this.#spares = candidates.map(turnOf);
  }

  /** A candidate was refused because its vendor said no after the plan was made. */
  putOff(turn: Turn): void {
    if (!this.#isOver) this.#spares = [...this.#spares, { ...turn, anyway: true }];
  }

  /** A model failed in a way that can pass. */
  failed(candidate: Candidate, again: boolean, retryAfterMs: number | undefined, nowMs: number): void {
    if (!this.#isOver) {
      this.#failed.set(candidate.model.id, { candidate, again, notBeforeMs: nowMs + (retryAfterMs ?? RETRY_PAUSE_MS) });
    }
  }

  /** Those who may yet be asked. */
  left(): readonly Turn[] {
    return [...this.#spares, ...this.#failed.values()];
  }

  /** Those who are asked now; none when there is nobody left. */
  next(): readonly Turn[] {
    if (this.#spares.length > 0) {
      const spares = this.#spares;
      this.#spares = [];
      return spares;
    }
    this.#isOver = true;
    const turns = [...this.#failed.values()].sort((one, other) => one.notBeforeMs - other.notBeforeMs);
    this.#failed.clear();
    return turns;
  }
}
