import type { AccountsOf } from "../core/accounts.ts";
import type { AttemptOutcome, AttemptRecord, CallOutcome, Failure } from "../core/attempt.ts";
import type { BudgetLimit } from "../core/budget.ts";
import type { Plan, Snapshot } from "../core/planning.ts";
import type { Model, ProviderId } from "../core/model.ts";
import { outageOf } from "../core/outage.ts";
import type {
  Clock,
  HealthNews,
  Ids,
  Ledger,
  Provider,
  ProviderCapacity,
  RequestEnd,
  RequestRecord,
  Verifier,
} from "../core/ports.ts";
import type { Request } from "../core/request.ts";
import type { CallOptions, Progress } from "../core/service.ts";
import { AccountQueue, refusedBefore, type AccountTurns } from "./account-queue.ts";
import type { Started, StartOptions } from "./started.ts";
import { tellProgress } from "./progress.ts";
import type { UsedSoFar } from "../core/candidate-sizing.ts";
import type { Verdict } from "../core/verdict.ts";
import type { Baseline } from "./request-end.ts";
import type { Leases } from "./lease-heartbeat.ts";
import type { ProviderQueue, QueueTry } from "./provider-queue.ts";
import { sizeAndReserve, type ReservationInput, type Held, type Refusal } from "./reserve.ts";
import { isLedgerUnavailable } from "../core/errors.ts";

/** What the engine needs of the world. */
export interface EngineDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly ledger: Ledger;
  readonly leases: Leases;
  readonly lines: ProviderQueue;
  readonly verifier: Verifier;
  readonly limits: readonly BudgetLimit[];
  readonly baseline: Baseline;
  readonly storeText: boolean;
  /** A provider, spoken to as one of its accounts. */
  provider(id: ProviderId, account: string): Provider;
  /** A provider's limits from the config. */
  room(id: ProviderId): ProviderCapacity | null;
  readonly accountsOf: AccountsOf;
  readonly turns: AccountTurns;
  record(request: Request, plan: Plan, startedAtMs: number): RequestRecord;
}

/** A request and the plan for it, with the snapshot of the ledger that the plan was made on. */
export interface PlannedRequest {
  readonly request: Request;
  readonly plan: Plan;
  readonly snapshot: Snapshot;
}

/** One request on its way: its plan, its time, its money, its attempts. Made once the plan is known. */
export class RequestContext {
  readonly request: Request;
  readonly plan: Plan;
  /** What the plan was made on. */
  readonly snapshot: Snapshot;
  /** What the ledger is told about the request with its first reservation. */
  readonly #record: RequestRecord;
  readonly deps: EngineDeps;
  readonly options: CallOptions;
  readonly startedAtMs: number;
  readonly notes: string[];
  readonly #startedMs: number;
  readonly #attempts: AttemptRecord[] = [];
  readonly #queue: AccountQueue;
  /** The account of each attempt. */
  readonly #accounts = new Map<string, string>();
  #costNanoUsd = 0;
  /** What the calls that run now may cost at the most. */
  #runningNanoUsd = 0;
  /** The ledger has failed after money was spent. */
  #isUnrecorded = false;
  #ordinal = 0;

  constructor({ request, plan, snapshot }: PlannedRequest, deps: EngineDeps, options: CallOptions, startedMs: number) {
    this.request = request;
    this.plan = plan;
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

  async #hold(model: Model, ask: ReservationInput, { waitMs, signal }: StartOptions): Promise<Held> {
    const { clock, ledger, lines } = this.deps;
    const hold = (): Promise<Held> => sizeAndReserve(model, ask, ledger, clock);
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
      return { ok: false, why: "unfit", reason: error.message, heldByOthers: false, retryAtMs: null };
    }
  }

  /** The call has ended, the verdict is still out: its place at the provider and the money that it did not use are free. */
  async answered({ attemptId, candidate }: Started, costNanoUsd: number): Promise<void> {
    const { ledger, lines } = this.deps;
    await this.#guarded(() => ledger.answered(attemptId, costNanoUsd));
    lines.freed(candidate.model.provider);
  }

  /** Settles an attempt, with what it tells about the health of its model; false when the ledger could not be written. */
  async settle(attempt: AttemptRecord, end: RequestEnd | null): Promise<boolean> {
    const { snapshot } = this;
    const { ledger, leases, lines, clock } = this.deps;
    const account = this.#accounts.get(attempt.attemptId) ?? attempt.provider;
    const keys = this.#queue.keysOf(attempt.model, attempt.provider, account);
    const news: HealthNews =
      attempt.failure === null
        ? { takesOut: null, clears: [keys.model, keys.provider] }
        : { takesOut: outageOf(attempt.failure, keys, (key) => snapshot.outages.get(key), clock.nowMs()), clears: [] };
    try {
      return await this.#guarded(() => ledger.settle(this.#stored(attempt), end, news));
    } finally {
      leases.drop(attempt.attemptId);
      lines.freed(attempt.provider);
    }
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
    return attempt;
  }

  /** Ends a request without an attempt that could end it. Throws when nothing was spent and the ledger cannot be written. */
  async finish(end: RequestEnd): Promise<void> {
    const finish = (): Promise<void> => this.deps.ledger.finish(this.#record, end);
    if (this.#attempts.length === 0) await finish();
    else await this.#guarded(finish);
  }

  /** An attempt as the ledger may keep it. */
  #stored(attempt: AttemptRecord): AttemptRecord {
    return this.deps.storeText ? attempt : { ...attempt, text: null };
  }

  /**
   * After money was spent, a ledger that fails must not cost the caller the answer: a note says so, and nothing more is spent. One
   * try is enough: the next process settles what is open, and the deadline does not wait for a locked file.
   */
  async #guarded(write: () => Promise<void>): Promise<boolean> {
    if (this.#isUnrecorded) return false;
    try {
      await write();
      return true;
    } catch (error) {
      if (!isLedgerUnavailable(error)) throw error;
      this.#isUnrecorded = true;
      this.notes.push(`this request is not fully recorded: ${error.message}`);
      return false;
    }
  }

  progress(stage: Progress["stage"], model: string | null, tokens: number): void {
    tellProgress(this.options, stage, model, tokens);
  }
}

function inLine(provider: ProviderId): Refusal {
  const reason = `provider ${provider} is at its limit, and others were waiting for it before`;
  return { ok: false, why: "busy", reason, heldByOthers: false, retryAtMs: null };
}
