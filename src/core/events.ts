import type { BudgetState } from "./budget.ts";
import type { AttemptOutcome, AttemptRole } from "./attempt.ts";
import type { ErrorKind } from "./errors.ts";
import type { ModelId, ProviderId } from "./model.ts";
import type { NanoUsd } from "./money.ts";
import type { RequestStatus } from "./ports.ts";
import type { Usage } from "./usage.ts";
import type { VerdictStatus } from "./verdict.ts";

/** Which request an event belongs to. `atMs`: epoch milliseconds. */
interface OfRequest {
  readonly atMs: number;
  readonly routeId: string;
  /** Who asked; `null`: the owner. */
  readonly principal: string | null;
  readonly task: string;
}

/** The plan of a request is made: nothing was asked yet. */
export interface PlanEvent extends OfRequest {
  readonly type: "plan";
  readonly order: readonly ModelId[];
  /** Models that are not asked. */
  readonly rejectedCount: number;
  readonly budgetNanoUsd: NanoUsd | null;
  readonly deadlineMs: number;
  readonly optimize: string;
}

/** A call of a model is over. */
export interface AttemptEvent extends OfRequest {
  readonly type: "attempt";
  readonly attemptId: string;
  readonly ordinal: number;
  readonly role: AttemptRole;
  readonly model: ModelId;
  /** The vendor's own id of the model. */
  readonly wireId: string;
  readonly provider: ProviderId;
  readonly outcome: AttemptOutcome;
  readonly errorKind: ErrorKind | null;
  /** HTTP status of a failure, where there was one. */
  readonly httpStatus: number | null;
  readonly outputLimitTokens: number;
  readonly usage: Usage;
  readonly costNanoUsd: NanoUsd;
  readonly costIsExact: boolean;
  readonly startedAtMs: number;
  readonly latencyMs: number;
  readonly firstTokenMs: number | null;
}

/** An answer was checked. */
export interface VerdictEvent extends OfRequest {
  readonly type: "verdict";
  readonly attemptId: string;
  readonly model: ModelId;
  readonly status: VerdictStatus;
  readonly basis: string | null;
  readonly score: number | null;
  /** Names of the checks that failed the answer. */
  readonly failedChecks: readonly string[];
}

/** A request is over. */
export interface EndEvent extends OfRequest {
  readonly type: "end";
  readonly status: RequestStatus;
  readonly errorCode: string | null;
  readonly verdict: string | null;
  /** Whose answer was returned. */
  readonly model: ModelId | null;
  readonly attempts: number;
  readonly costNanoUsd: NanoUsd;
  readonly baselineNanoUsd: NanoUsd | null;
  readonly latencyMs: number;
}

/** A model is skipped from now on, or no longer. */
export interface BreakerEvent {
  readonly type: "breaker";
  readonly atMs: number;
  readonly model: ModelId;
  readonly provider: ProviderId;
  readonly state: "open" | "half_open" | "closed";
  /** Until when it is skipped at least, epoch milliseconds; only while it is open. */
  readonly untilMs: number | null;
}

/** What a budget has come to, after requests have drawn on it. */
export interface BudgetEvent {
  readonly type: "budget";
  readonly atMs: number;
  readonly budget: BudgetState;
}

/**
 * What happens to requests, for logs, metrics and messages. No event holds a text of a caller, a model or a vendor: only ids, figures and
 * words of closed sets.
 */
export type RouteEvent = PlanEvent | AttemptEvent | VerdictEvent | EndEvent | BreakerEvent | BudgetEvent;

/** Hears of events. Returns at once; what it throws is lost. */
export type EventObserver = (event: RouteEvent) => void;

/** Where the engine tells its events. */
export interface EventSink {
  /** False while no one listens: then no event needs to be made. */
  readonly isHeard: boolean;
  tell(event: RouteEvent): void;
}

/** Hands each event to all who listen. One that fails costs neither the request nor the others anything. */
export class EventHub implements EventSink {
  readonly #observers = new Set<EventObserver>();

  get isHeard(): boolean {
    return this.#observers.size > 0;
  }

  tell(event: RouteEvent): void {
    for (const observer of this.#observers) {
      try {
        observer(event);
      } catch {
        // An observer looks on: it must not change what happens.
      }
    }
  }

  /** Returns the way to stop listening. */
  add(observer: EventObserver): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }
}
