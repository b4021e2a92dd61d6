import type { AttemptOutcome, AttemptRecord, CallOutcome, Failure } from "../core/attempt.ts";
import { isEvidence } from "../core/attempt.ts";
import type { Plan, Snapshot } from "../core/planning.ts";
import type { AttemptLesson } from "../core/learning.ts";
import type { Model, ModelId } from "../core/model.ts";
import { outageOf, type Outage } from "../core/outage.ts";
import type { HealthNews, RequestEnd, RequestRecord } from "../core/ports.ts";
import type { Request } from "../core/request.ts";
import type { CallOptions, Progress } from "../core/service.ts";
import type { PlanGuide } from "./learned-plan.ts";
import { AccountQueue, refusedBefore } from "./account-queue.ts";
import type { Started, StartOptions } from "./started.ts";
import { callNotes } from "./call-notes.ts";
import { tellProgress } from "./progress.ts";
import { tellAttempt } from "./tell-events.ts";
import type { UsedSoFar } from "../core/candidate-sizing.ts";
import type { Verdict } from "../core/verdict.ts";
import type { WrittenTests } from "../core/written-tests.ts";
import type { EngineDeps, PlannedRequest } from "./engine-deps.ts";
import type { QueueTry } from "./provider-queue.ts";
import { inLine, sizeAndReserve, type ReservationInput, type Held, type Refusal } from "./reserve.ts";
import { isLedgerLocked, isLedgerUnavailable } from "../core/errors.ts";
import { whileLocked } from "./while-locked.ts";

/** One request on its way: its plan, its time, its money, its attempts. Made once the plan is known. */
export class RequestContext {
  readonly request: Request;
  readonly plan: Plan;
  /** Who chooses the rest of the way after each verdict; `null`: the plan's order stands. */
  readonly guide: PlanGuide | null;
  /** What the plan was made on. */
  readonly snapshot: Snapshot;
  /** What the ledger is told about the request with its first reservation. */
  readonly #record: RequestRecord;
  readonly deps: EngineDeps;
  readonly options: CallOptions;
  readonly startedAtMs: number;
  readonly notes: string[];
  /** The tests that this request has asked models for, by writer; a text says why there are none. */
  readonly testsBy = new Map<ModelId, Promise<WrittenTests | string>>();
  readonly #startedMs: number;
  readonly #attempts: AttemptRecord[] = [];
  readonly #queue: AccountQueue;
  /** The account of each attempt. */
  readonly #accounts = new Map<string, string>();
  /** Input tokens of each attempt as counted before its call. */
  readonly #estimated = new Map<string, number>();
  #costNanoUsd = 0;
  /** What the calls that run now may cost at the most. */
  #runningNanoUsd = 0;
  /** Something could not be written yet. */
  #isPending = false;
  #ordinal = 0;

  constructor(
    { request, plan, guide, snapshot }: PlannedRequest,
    deps: EngineDeps,
    options: CallOptions,
    startedMs: number,
  ) {
    this.request = request;
    this.plan = plan;
    this.guide = guide;
    this.snapshot = snapshot;
    this.deps = deps;
    this.options = options;
    this.#startedMs = startedMs;
    this.startedAtMs = deps.clock.nowMs();
    this.notes = [...request.notes, ...plan.notes];
    this.#record = deps.record(request, plan, this.startedAtMs);
    this.#queue = new AccountQueue(deps.accountsOf, snapshot.outages, deps.turns);
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

  /**
   * Sizes a model for a prompt on what is left of money and time, and holds its worst case as soon as its provider has room: for the
   * first of its accounts that is not out by then.
   */
  async start(
    model: Model,
    request: Request,
    options: StartOptions,
  ): Promise<{ readonly ok: true; readonly started: Started } | Refusal> {
    let refusal: Refusal = refusedBefore(model.provider);
    for (const account of this.#queue.take(model, this.deps.clock.nowMs())) {
      const held = await this.#startAs(account, model, request, options);
      if (held.ok || held.why !== "out") return held;
      refusal = held;
    }
    return refusal;
  }

  async #startAs(
    account: string,
    model: Model,
    request: Request,
    options: StartOptions,
  ): Promise<{ readonly ok: true; readonly started: Started } | Refusal> {
    const { snapshot } = this;
    const { clock, ids, limits } = this.deps;
    const attemptId = ids.next();
    const health = snapshot.health.get(model.id);
    const probe = health?.state === "half_open" && options.anyway !== true ? health.probe : null;
    const used = (): UsedSoFar => ({
      spentNanoUsd: this.#costNanoUsd + this.#runningNanoUsd,
      elapsedMs: this.elapsedMs,
    });
    const keys = this.#queue.keysOf(model.id, model.provider, account);
    // Probes and last-resort attempts skip the outage check.
    const outages = health === undefined && options.anyway !== true ? [keys.provider, keys.model] : [];
    const ask: ReservationInput = {
      attemptId,
      role: options.role,
      request,
      record: this.#record,
      snapshot,
      used,
      limits,
      room: this.deps.room(model.provider),
      probe,
      outageKeys: outages,
    };
    const held = await this.#hold(model, ask, options);
    if (!held.ok) return held;
    this.deps.leases.keep(attemptId);
    this.#accounts.set(attemptId, account);
    this.#estimated.set(attemptId, held.candidate.inputTokensEstimated);
    this.#runningNanoUsd += held.candidate.costMaxNanoUsd;
    this.#ordinal += 1;
    const { role, signal } = options;
    const begun = { attemptId, ordinal: this.#ordinal, role, signal, account, startedAtMs: clock.nowMs() };
    return { ok: true, started: { ...begun, candidate: held.candidate } };
  }

  /** Whether another account may do better with the model of a failed attempt. */
  hasAnotherAccount({ candidate, account }: Started, failure: Failure): boolean {
    return this.#queue.failed(candidate.model, account, failure);
  }

  async #hold(model: Model, ask: ReservationInput, { role, waitMs, signal }: StartOptions): Promise<Held> {
    const { clock, ledger, lines } = this.deps;
    const startedMs = this.elapsedMs;
    // Evidence, and a second call beside a running one, hold up an answer that is there: they wait no longer than they may.
    const leftMs = (): number =>
      isEvidence(role) || waitMs === 0 ? startedMs + waitMs - this.elapsedMs : this.remainingMs - model.floorMs;
    const { routeId } = this.request;
    const reserve = async (): Promise<Held> => {
      if (this.#isPending) await this.deps.pending.catchUp(routeId);
      return sizeAndReserve(model, ask, ledger, clock);
    };
    const hold = (): Promise<Held> => whileLocked(reserve, { clock, signal, leftMs });
    try {
      if (ask.room === null) return await hold();
      const tried = async (): Promise<QueueTry<Held>> => {
        const held = await hold();
        if (held.ok || held.why !== "busy") return { busy: false, value: held };
        this.progress("waiting", model.id, 0);
        return { busy: true, value: held, freeAtMs: held.retryAtMs };
      };
      return (await lines.take(model.provider, tried, { waitMs, signal })) ?? inLine(model.provider);
    } catch (error) {
      // Before anything was spent the caller gets the error; afterwards the answer so far is worth more.
      if (!isLedgerUnavailable(error) || this.#ordinal === 0) throw error;
      const retryAtMs = error.retryAfterMs === undefined ? null : clock.nowMs() + error.retryAfterMs;
      return { ok: false, why: "unfit", reason: error.message, heldByOthers: false, retryAtMs };
    }
  }

  /** The call has ended, the verdict is still out: its place at the provider and the money that it did not use are free. */
  async answered({ attemptId, candidate }: Started, costNanoUsd: number): Promise<void> {
    try {
      await this.deps.ledger.answered(attemptId, costNanoUsd);
    } catch (error) {
      // Then it holds more than it needs until it is settled.
      if (!isLedgerUnavailable(error)) throw error;
    }
    this.deps.lines.freed(candidate.model.provider);
  }

  /**
   * Settles an attempt, with what it tells about the health of its model. What the ledger cannot take now is kept and written later.
   * False when the ledger is out of order: then nothing more should be spent.
   */
  async settle(attempt: AttemptRecord, end: RequestEnd | null): Promise<boolean> {
    const { ledger, leases, lines } = this.deps;
    const news = this.#newsOf(attempt);
    const lesson = this.#lessonOf(attempt);
    const stored = this.deps.storeText ? attempt : { ...attempt, text: null };
    // Its lease is kept until it is written, so that no other process takes it for abandoned.
    const over = (): void => leases.drop(attempt.attemptId);
    try {
      return await this.#write(() => ledger.settle(stored, end, news, lesson), over);
    } finally {
      lines.freed(attempt.provider);
    }
  }

  #newsOf({ attemptId, failure, model, provider }: AttemptRecord): HealthNews {
    const keys = this.#queue.keysOf(model, provider, this.#accounts.get(attemptId) ?? provider);
    if (failure === null) return { takesOut: null, clears: [keys.model, keys.provider] };
    const earlier = (key: string): Outage | undefined => this.snapshot.outages.get(key);
    return { takesOut: outageOf(failure, keys, earlier, this.deps.clock.nowMs()), clears: [] };
  }

  /** Models whose answers were rejected by a check, in order; `before` an attempt, or in all. */
  rejectedModels(before = Number.POSITIVE_INFINITY): readonly ModelId[] {
    const rejected = this.attempts.filter(({ ordinal, outcome }) => ordinal < before && outcome === "rejected");
    return [...new Set(rejected.map(({ model }) => model))];
  }

  #lessonOf({ attemptId, ordinal }: AttemptRecord): AttemptLesson | undefined {
    const inputTokensEstimated = this.#estimated.get(attemptId);
    return inputTokensEstimated === undefined
      ? undefined
      : { failedBefore: this.rejectedModels(ordinal), inputTokensEstimated };
  }

  /** Counts what a call has cost, before its answer is verified. */
  spend({ candidate }: Started, costNanoUsd: number): void {
    this.#runningNanoUsd -= candidate.costMaxNanoUsd;
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
    for (const note of callNotes(started.candidate, called)) if (!this.notes.includes(note)) this.notes.push(note);
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
    if (failure !== null) this.#queue.failed(model, started.account, failure);
    tellAttempt(this.deps.events, this.request, started, attempt, this.deps.clock.nowMs());
    return attempt;
  }

  /** Ends a request without an attempt that could end it. Throws when nothing was spent and the ledger is out of order. */
  async finish(end: RequestEnd): Promise<void> {
    const finish = (): Promise<void> => this.deps.ledger.finish(this.#record, end);
    try {
      if (this.#attempts.length === 0) return await finish();
    } catch (error) {
      if (!isLedgerLocked(error)) throw error;
    }
    await this.#write(finish, () => undefined);
  }

  /** A ledger that fails now must not cost the caller the answer: a note says so. False when it is out of order. */
  async #write(write: () => Promise<void>, over: () => void): Promise<boolean> {
    const error = await this.deps.pending.write(this.request.routeId, write, over);
    if (error === null) return true;
    if (!this.#isPending) this.notes.push(`this request is recorded later: ${error.message}`);
    this.#isPending = true;
    return isLedgerLocked(error);
  }

  progress(stage: Progress["stage"], model: string | null, tokens: number): void {
    tellProgress(this.options, stage, model, tokens);
  }
}
