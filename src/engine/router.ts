import type { AttemptRecord } from "../core/attempt.ts";
import type { BudgetLimit } from "../core/budget.ts";
import type { Candidate, Plan, Snapshot } from "../core/candidate.ts";
import { sliceOf } from "../core/deadline.ts";
import { ERROR_RULES, SignalboxError, type RequestErrorCode } from "../core/errors.ts";
import type { ProviderId } from "../core/model.ts";
import { plan } from "../core/plan.ts";
import type { Clock, Ids, Ledger, Provider, RequestEnd, RequestRecord, Verifier } from "../core/ports.ts";
import type { Request } from "../core/request.ts";
import type { CallOptions, Progress } from "../core/service.ts";
import type { Verdict } from "../core/verdict.ts";
import { callCandidate } from "./attempt.ts";
import { sizeAndReserve } from "./reserve.ts";
import { verifyInTime } from "./verify.ts";
import { requestEnd, type Baseline } from "./ending.ts";
import { errorOf, type RequestError } from "./failing.ts";

/** Waited before the same model is asked again when the vendor names no time. */
const RETRY_PAUSE_MS = 200;

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

/** How a request came out. `answer` is the attempt whose text is returned, and its verdict. */
export interface Routed {
  readonly request: Request;
  readonly plan: Plan;
  readonly attempts: readonly AttemptRecord[];
  readonly costNanoUsd: number;
  readonly latencyMs: number;
  readonly notes: readonly string[];
  readonly end: RequestEnd;
  readonly answer: { readonly attempt: AttemptRecord; readonly verdict: Verdict; readonly text: string } | null;
  readonly error: RequestError | null;
}

/**
 * The way of a request: plan; then for each candidate reserve, call, verify, settle; return the first accepted answer, else the
 * best rejected one or a typed failure. Never later than the deadline, never above the budget. Throws only when the ledger
 * cannot be used before anything was spent.
 */
export async function route(
  request: Request,
  deps: EngineDeps,
  options: CallOptions,
  startedMs: number,
): Promise<Routed> {
  return new Router(request, deps, options, startedMs).run();
}

type Next = "done" | "go_on";

/** The state of one request on its way. */
class Router {
  readonly #request: Request;
  readonly #deps: EngineDeps;
  readonly #options: CallOptions;
  readonly #startedMs: number;
  readonly #startedAtMs: number;
  readonly #attempts: AttemptRecord[] = [];
  readonly #notes: string[];
  readonly #retried = new Set<string>();
  #costNanoUsd = 0;
  #best: Routed["answer"] = null;
  #refusal: { message: string; heldByOthers: boolean } | null = null;
  #ended: RequestEnd | null = null;
  #outOfTime = false;

  constructor(request: Request, deps: EngineDeps, options: CallOptions, startedMs: number) {
    this.#request = request;
    this.#deps = deps;
    this.#options = options;
    this.#startedMs = startedMs;
    this.#startedAtMs = deps.clock.nowMs();
    this.#notes = [...request.notes];
  }

  async run(): Promise<Routed> {
    this.#progress("planning", null, 0);
    const snapshot = await this.#deps.snapshot();
    const made = plan(this.#request, snapshot);
    this.#notes.push(...made.notes);
    const record = this.#deps.record(this.#request, made, this.#startedAtMs);
    const queue = [...made.order];
    for (let candidate = queue.shift(); candidate !== undefined; candidate = queue.shift()) {
      const next = await this.#tryCandidate(candidate, queue, snapshot, record);
      if (next === "done") break;
    }
    return this.#conclude(made, record);
  }

  async #tryCandidate(
    planned: Candidate,
    queue: Candidate[],
    snapshot: Snapshot,
    record: RequestRecord,
  ): Promise<Next> {
    const { clock, ids, limits, ledger } = this.#deps;
    if (this.#options.signal.aborted) return "done";
    const attemptId = ids.next();
    const used = { spentNanoUsd: this.#costNanoUsd, elapsedMs: this.#elapsedMs() };
    const ask = { attemptId, request: this.#request, record, snapshot, used, limits, nowMs: clock.nowMs() };
    const held = await sizeAndReserve(planned.model, ask, ledger);
    if (!held.ok) {
      this.#outOfTime ||= held.outOfTime;
      this.#passOver(planned.model.id, held.reason, held.heldByOthers);
      return "go_on";
    }
    const { candidate } = held;
    const attempt = await this.#attempt(attemptId, candidate, queue.length);
    this.#costNanoUsd += attempt.cost.nanoUsd;
    this.#attempts.push(attempt);
    this.#keepBest(attempt);
    if (attempt.outcome === "accepted") this.#ended = this.#end("accepted", null);
    const settled = await this.#guarded(() => this.#deps.ledger.settle(this.#stored(attempt), this.#ended));
    return attempt.outcome === "accepted" || !settled ? "done" : this.#afterwards(attempt, candidate, queue);
  }

  async #attempt(attemptId: string, candidate: Candidate, laterCandidates: number): Promise<AttemptRecord> {
    const { clock } = this.#deps;
    const { model } = candidate;
    const startedAtMs = clock.nowMs();
    this.#progress(this.#attempts.length === 0 ? "calling" : "falling_back", model.id, 0);
    const called = await callCandidate(
      {
        candidate,
        prompt: this.#request.rendered,
        provider: this.#deps.provider(model.provider),
        slice: sliceOf(this.#remainingMs(), laterCandidates, model.timeoutMs),
        signal: this.#options.signal,
        onText: (chars) => this.#progress("calling", model.id, Math.ceil(chars / 4)),
      },
      clock,
    );
    const { result } = called;
    if (result.ok) this.#progress("verifying", model.id, Math.ceil(result.answer.text.length / 4));
    const verdict = result.ok
      ? await verifyInTime(result.answer.text, this.#request, this.#remainingMs(), this.#deps.verifier, clock)
      : null;
    return {
      attemptId,
      routeId: this.#request.routeId,
      ordinal: this.#attempts.length + 1,
      model: model.id,
      provider: model.provider,
      outcome: verdict === null ? "failed" : verdict.status === "failed" ? "rejected" : "accepted",
      failure: result.ok ? null : result.failure,
      verdict,
      usage: called.usage,
      cost: called.cost,
      startedAtMs,
      latencyMs: Math.round(called.latencyMs),
      firstTokenMs: called.firstTokenMs === null ? null : Math.round(called.firstTokenMs),
      text: result.ok ? result.answer.text : null,
    };
  }

  /** The error table's word on what follows a failed attempt. A rejected answer always goes on to the next candidate. */
  async #afterwards(attempt: AttemptRecord, candidate: Candidate, queue: Candidate[]): Promise<Next> {
    if (attempt.failure === null) return "go_on";
    const { action } = ERROR_RULES[attempt.failure.kind];
    if (action === "stop") return "done";
    // Asking the same model again beats falling back only when there is nobody to fall back to and nothing to return.
    if (action === "same" && queue.length === 0 && this.#best === null && !this.#retried.has(candidate.model.id)) {
      const pauseMs = attempt.failure.retryAfterMs ?? RETRY_PAUSE_MS;
      if (pauseMs + candidate.model.floorMs < this.#remainingMs()) {
        this.#retried.add(candidate.model.id);
        await this.#deps.clock.sleep(pauseMs, this.#options.signal);
        queue.push(candidate);
      }
    }
    return "go_on";
  }

  async #conclude(made: Plan, record: RequestRecord): Promise<Routed> {
    const answer = this.#best;
    const accepted = answer?.attempt.outcome === "accepted";
    const error = accepted
      ? null
      : errorOf({
          request: this.#request,
          plan: made,
          attempts: this.#attempts,
          best: answer,
          cancelled: this.#options.signal.aborted,
          elapsedMs: this.#elapsedMs(),
          outOfTime: this.#outOfTime,
          refusal: this.#refusal,
        });
    if (this.#ended === null) {
      const status = error === null ? "below_quality" : error.code === "cancelled" ? "cancelled" : "failed";
      this.#ended = this.#end(status, error?.code ?? null);
      const ended = this.#ended;
      if (this.#attempts.length === 0) await this.#deps.ledger.finish(record, ended);
      else await this.#guarded(() => this.#deps.ledger.finish(record, ended));
    }
    return {
      request: this.#request,
      plan: made,
      attempts: this.#attempts,
      costNanoUsd: this.#costNanoUsd,
      latencyMs: this.#ended.latencyMs,
      notes: this.#notes,
      end: this.#ended,
      answer,
      error,
    };
  }

  /** After money was spent, a ledger that fails must not cost the caller the answer: it is said, and nothing more is spent. */
  async #guarded(write: () => Promise<void>): Promise<boolean> {
    try {
      await write();
      return true;
    } catch (error) {
      if (!isLedgerTrouble(error)) throw error;
      this.#notes.push(`this request is not fully recorded: ${error.message}`);
      return false;
    }
  }

  #keepBest(attempt: AttemptRecord): void {
    if (attempt.verdict === null || attempt.text === null) return;
    const score = attempt.verdict.score ?? 0;
    if (attempt.outcome === "accepted" || this.#best === null || score > (this.#best.verdict.score ?? 0)) {
      this.#best = { attempt, verdict: attempt.verdict, text: attempt.text };
    }
  }

  #passOver(model: string, reason: string, heldByOthers: boolean): void {
    this.#refusal = { message: `${model}: ${reason}`, heldByOthers };
    this.#notes.push(`${model} was passed over: ${reason}`);
  }

  #stored(attempt: AttemptRecord): AttemptRecord {
    return this.#deps.storeText ? attempt : { ...attempt, text: null };
  }

  #end(status: RequestEnd["status"], errorCode: RequestErrorCode | null): RequestEnd {
    return requestEnd(
      {
        status,
        errorCode,
        routeId: this.#request.routeId,
        answer: this.#best,
        attempts: this.#attempts,
        notes: this.#notes,
        endedAtMs: this.#deps.clock.nowMs(),
        latencyMs: Math.round(this.#elapsedMs()),
      },
      this.#deps.baseline,
    );
  }

  #elapsedMs(): number {
    return this.#deps.clock.monotonicMs() - this.#startedMs;
  }

  #remainingMs(): number {
    return Math.max(0, this.#request.deadlineMs - this.#elapsedMs());
  }

  #progress(stage: Progress["stage"], model: string | null, tokens: number): void {
    if (this.#options.onProgress === undefined) return;
    const soFar = tokens > 0 ? `, ${tokens} tokens` : "";
    const message = `${stage.replace("_", " ")}${model === null ? "" : ` ${model}`}${soFar}`;
    try {
      this.#options.onProgress({ stage, model, tokens, message });
    } catch {
      // A listener that fails must cost the caller neither the answer nor the money that is held.
    }
  }
}

/** True for the error that the ledger throws when its file cannot be used. */
export function isLedgerTrouble(error: unknown): error is SignalboxError<"ledger_unavailable"> {
  return error instanceof SignalboxError && error.kind === "ledger_unavailable";
}
