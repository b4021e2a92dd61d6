import type { Clock } from "../../core/ports.ts";

export interface ShelfLimits {
  /** UTF-16 units over all answers. */
  readonly mostChars: number;
  readonly keepMs: number;
}

const LIMITS: ShelfLimits = { mostChars: 16_000_000, keepMs: 3_600_000 };

interface Kept {
  readonly principal: string | null;
  readonly text: string;
  readonly untilMs: number;
}

/** Answers that were too long for a result, in memory alone: for a while, and the newest of them. */
export class AnswerShelf {
  readonly #clock: Clock;
  readonly #limits: ShelfLimits;
  /** In order of time. */
  readonly #kept = new Map<string, Kept>();
  #chars = 0;

  constructor(clock: Clock, limits: ShelfLimits = LIMITS) {
    this.#clock = clock;
    this.#limits = limits;
  }

  keep(routeId: string, principal: string | null, text: string): void {
    this.#forget(routeId);
    if (text.length > this.#limits.mostChars) return;
    const untilMs = this.#clock.monotonicMs() + this.#limits.keepMs;
    this.#kept.set(routeId, { principal, text, untilMs });
    this.#chars += text.length;
    this.#makeRoom();
  }

  /** `null` for an answer that is not kept, not any more, or is somebody else's. */
  get(routeId: string, principal: string | null): string | null {
    this.#makeRoom();
    const kept = this.#kept.get(routeId);
    return kept !== undefined && kept.principal === principal ? kept.text : null;
  }

  /** Newest first. */
  routeIds(principal: string | null): readonly string[] {
    this.#makeRoom();
    return [...this.#kept].flatMap(([routeId, kept]) => (kept.principal === principal ? [routeId] : [])).reverse();
  }

  #makeRoom(): void {
    const nowMs = this.#clock.monotonicMs();
    for (const [routeId, { untilMs }] of this.#kept) {
      if (untilMs > nowMs && this.#chars <= this.#limits.mostChars) break;
      this.#forget(routeId);
    }
  }

  #forget(routeId: string): void {
    this.#chars -= this.#kept.get(routeId)?.text.length ?? 0;
    this.#kept.delete(routeId);
  }
}

/** One shelf for all servers of a process, which share its clock. */
export function shelfOf(clock: Clock): AnswerShelf {
  const existing = shelves.get(clock);
  if (existing !== undefined) return existing;
  const shelf = new AnswerShelf(clock);
  shelves.set(clock, shelf);
  return shelf;
}

const shelves = new WeakMap<Clock, AnswerShelf>();
