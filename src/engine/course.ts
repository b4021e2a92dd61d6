import type { AttemptOutcome, AttemptRecord, AttemptRole, CallOutcome } from "../core/attempt.ts";
import type { BudgetLimit } from "../core/budget.ts";
import type { Candidate, Plan, Snapshot } from "../core/candidate.ts";
import { SignalboxError } from "../core/errors.ts";
import type { Model, ProviderId } from "../core/model.ts";
import type { Clock, Ids, Ledger, Provider, RequestRecord, Verifier } from "../core/ports.ts";
import type { Request } from "../core/request.ts";
import type { CallOptions, Progress } from "../core/service.ts";
import type { Verdict } from "../core/verdict.ts";
import type { Baseline } from "./ending.ts";
import { sizeAndReserve, type Held } from "./reserve.ts";

/** What the engine needs of the world. */
export interface EngineDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly ledger: Ledger;
  readonly verifier: Verifier;
  readonly limits: readonly BudgetLimit[];
  readonly baseline: Baseline;
  readonly storeText: boolean;
  provider(id: ProviderId): Provider;
  snapshot(): Promise<Snapshot>;
  record(request: Request, plan: Plan, startedAtMs: number): RequestRecord;
}

/** An attempt that holds its money and is about to be made. */
export interface Started {
  readonly attemptId: string;
  readonly ordinal: number;
  readonly role: AttemptRole;
  readonly candidate: Candidate;
  readonly startedAtMs: number;
}

/** What was planned: known once the ledger has been read. */
export interface Bearings {
  readonly plan: Plan;
  readonly snapshot: Snapshot;
  readonly record: RequestRecord;
}

/** One request on its way: its time, its money, its attempts. Everything that several steps of the way need. */
export class Course {
  readonly request: Request;
  readonly deps: EngineDeps;
  readonly options: CallOptions;
  readonly startedAtMs: number;
  readonly notes: string[];
  readonly #startedMs: number;
  readonly #attempts: AttemptRecord[] = [];
  #costNanoUsd = 0;
  #ordinal = 0;

  constructor(request: Request, deps: EngineDeps, options: CallOptions, startedMs: number) {
    this.request = request;
    this.deps = deps;
    this.options = options;
    this.#startedMs = startedMs;
    this.startedAtMs = deps.clock.nowMs();
    this.notes = [...request.notes];
  }

  get cancelled(): boolean {
    return this.options.signal.aborted;
  }

  /** In the order in which they were begun. */
  get attempts(): readonly AttemptRecord[] {
    return this.#attempts.toSorted((a, b) => a.ordinal - b.ordinal);
  }

  get costNanoUsd(): number {
    return this.#costNanoUsd;
  }

  get elapsedMs(): number {
    return this.deps.clock.monotonicMs() - this.#startedMs;
  }

  get remainingMs(): number {
    return Math.max(0, this.request.deadlineMs - this.elapsedMs);
  }

  /** Sizes a model for a prompt on what is left of money and time, and holds its worst case. */
  async start(
    model: Model,
    role: AttemptRole,
    request: Request,
    { snapshot, record }: Bearings,
  ): Promise<{ readonly ok: true; readonly started: Started } | Extract<Held, { ok: false }>> {
    const { clock, ids, limits, ledger } = this.deps;
    const attemptId = ids.next();
    const used = { spentNanoUsd: this.#costNanoUsd, elapsedMs: this.elapsedMs };
    const held = await sizeAndReserve(
      model,
      { attemptId, request, record, snapshot, used, limits, nowMs: clock.nowMs() },
      ledger,
    );
    if (!held.ok) return held;
    this.#ordinal += 1;
    const { candidate } = held;
    return { ok: true, started: { attemptId, ordinal: this.#ordinal, role, candidate, startedAtMs: clock.nowMs() } };
  }

  /** Counts what a call has cost, before anybody knows what its answer is worth. */
  spend(costNanoUsd: number): void {
    this.#costNanoUsd += costNanoUsd;
  }

  /** Puts an attempt, now that all of it is known, among those of the request. */
  record(
    started: Started,
    called: CallOutcome,
    outcome: AttemptOutcome,
    verdict: Verdict | null,
    failure: AttemptRecord["failure"],
  ): AttemptRecord {
    const { model } = started.candidate;
    const attempt: AttemptRecord = {
      attemptId: started.attemptId,
      routeId: this.request.routeId,
      ordinal: started.ordinal,
      role: started.role,
      model: model.id,
      provider: model.provider,
      outcome,
      failure,
      verdict,
      usage: called.usage,
      cost: called.cost,
      startedAtMs: started.startedAtMs,
      latencyMs: Math.round(called.latencyMs),
      firstTokenMs: called.firstTokenMs === null ? null : Math.round(called.firstTokenMs),
      text: called.result.ok ? called.result.answer.text : null,
    };
    this.#attempts.push(attempt);
    return attempt;
  }

  /** An attempt as the ledger may keep it. */
  stored(attempt: AttemptRecord): AttemptRecord {
    return this.deps.storeText ? attempt : { ...attempt, text: null };
  }

  /** After money was spent, a ledger that fails must not cost the caller the answer: it is said, and nothing more is spent. */
  async guarded(write: () => Promise<void>): Promise<boolean> {
    try {
      await write();
      return true;
    } catch (error) {
      if (!isLedgerTrouble(error)) throw error;
      this.notes.push(`this request is not fully recorded: ${error.message}`);
      return false;
    }
  }

  progress(stage: Progress["stage"], model: string | null, tokens: number): void {
    if (this.options.onProgress === undefined) return;
    const soFar = tokens > 0 ? `, ${tokens} tokens` : "";
    const message = `${stage.replace("_", " ")}${model === null ? "" : ` ${model}`}${soFar}`;
    try {
      this.options.onProgress({ stage, model, tokens, message });
    } catch {
      // A listener that fails must cost the caller neither the answer nor the money that is held.
    }
  }
}

/** True for the error that the ledger throws when its file cannot be used. */
export function isLedgerTrouble(error: unknown): error is SignalboxError<"ledger_unavailable"> {
  return error instanceof SignalboxError && error.kind === "ledger_unavailable";
}
