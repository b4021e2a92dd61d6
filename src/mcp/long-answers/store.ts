import type { Clock } from "../../core/ports.ts";
import type { Awaitable, SharedState } from "../../core/shared-state.ts";

export interface ShelfLimits {
  /** UTF-16 units over all answers. */
  readonly mostChars: number;
  readonly keepMs: number;
}

const LIMITS: ShelfLimits = { mostChars: 16_000_000, keepMs: 3_600_000 };
/** No principal but the owner may take more than this share of the shelf: it is for all of them. */
const PRINCIPAL_SHARE = 0.25;

interface Kept {
  readonly principal: string | null;
  readonly text: string;
  readonly untilMs: number;
}

/** Keeps answers that were too long for a result, for a while: in this process, or for all instances that share a ledger. */
export interface LongAnswers {
  keep(routeId: string, principal: string | null, text: string): Awaitable<void>;
  /** `null` for an answer that is not kept, not any more, or belongs to another principal. */
  get(routeId: string, principal: string | null): Awaitable<string | null>;
  /** Newest first. */
  routeIds(principal: string | null): Awaitable<readonly string[]>;
}

/** Of all instances. */
export function sharedAnswers(shared: SharedState): LongAnswers {
  return {
    keep: (routeId, principal, text) => shared.keepAnswer(routeId, principal, text),
    get: (routeId, principal) => shared.answer(routeId, principal),
    routeIds: (principal) => shared.answerIds(principal),
  };
}

/** Answers that were too long for a result, in memory alone: for a while, and the newest of them. */
export class LongAnswerStore implements LongAnswers {
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
    const share = this.#limits.mostChars * (principal === null ? 1 : PRINCIPAL_SHARE);
    if (text.length > share) return;
    if (principal !== null) this.#makeRoomFor(principal, share - text.length);
    const untilMs = this.#clock.monotonicMs() + this.#limits.keepMs;
    this.#kept.set(routeId, { principal, text, untilMs });
    this.#chars += text.length;
    this.#makeRoom();
  }

  get(routeId: string, principal: string | null): string | null {
    this.#makeRoom();
    const kept = this.#kept.get(routeId);
    return kept !== undefined && kept.principal === principal ? kept.text : null;
  }

  routeIds(principal: string | null): readonly string[] {
    this.#makeRoom();
    return [...this.#kept].flatMap(([routeId, kept]) => (kept.principal === principal ? [routeId] : [])).reverse();
  }

  /** Lets go of the principal's oldest answers until what it has is no more than `mostChars`. */
  #makeRoomFor(principal: string, mostChars: number): void {
    const own = [...this.#kept].filter(([, kept]) => kept.principal === principal);
    let chars = own.reduce((sum, [, { text }]) => sum + text.length, 0);
    for (const [routeId, { text }] of own) {
      if (chars <= mostChars) break;
      chars -= text.length;
      this.#forget(routeId);
    }
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
export function longAnswersOf(clock: Clock): LongAnswerStore {
  const existing = shelves.get(clock);
  if (existing !== undefined) return existing;
  const longAnswers = new LongAnswerStore(clock);
  shelves.set(clock, longAnswers);
  return longAnswers;
}

const shelves = new WeakMap<Clock, LongAnswerStore>();
