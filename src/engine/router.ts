import type { AttemptRecord } from "../core/attempt.ts";
import { waitingMs } from "../core/deadline.ts";
import { ERROR_RULES, type RequestErrorCode } from "../core/errors.ts";
import type { Candidate, Plan } from "../core/planning.ts";
import type { RequestEnd } from "../core/ports.ts";
import type { Repair } from "../core/repair.ts";
import type { Request } from "../core/request.ts";
import type { Delivery } from "../core/file-output.ts";
import { answer } from "./attempt.ts";
import { CandidateQueue, queuedOf, type QueuedCandidate } from "./candidate-queue.ts";
import { deliver } from "./deliver.ts";
import { Hedging, type EndedAttempt, type InFlightAttempt } from "./hedging.ts";
import { isCheaperThan, ownRepairCost, repairFrom, withRepair } from "./repair.ts";
import { isOver, nextSteps } from "./replan.ts";
import type { RequestContext } from "./request-context.ts";
import { better, type BestAnswer, requestEnd } from "./request-end.ts";
import { errorOf, type Refused, type RequestError } from "./request-error.ts";
import type { Refusal } from "./reserve.ts";
import { startAttempt } from "./start-attempt.ts";
import { tellEnd, tellPlan } from "./tell-events.ts";
import { uncheckedNote } from "./unchecked-note.ts";

/** How a request came out. `answer` is the attempt whose text is returned, and its verdict. */
export interface Routed {
  readonly request: Request;
  readonly plan: Plan;
  readonly attempts: readonly AttemptRecord[];
  readonly costNanoUsd: number;
  readonly latencyMs: number;
  readonly notes: readonly string[];
  readonly end: RequestEnd;
  readonly answer: BestAnswer | null;
  /** What became of an answer that was to be written; `null`: none was. */
  readonly delivery: Delivery | null;
  readonly error: RequestError | null;
}

/**
 * The way of a planned request. For each candidate: reserve, call, verify, settle; then repair what the checks found, or fall back. A
 * request that prefers latency asks the next candidate as well when the first is late. Returns the first accepted answer, else the best
 * rejected one or a typed failure; never later than the deadline, never above the budget. Throws only when the ledger cannot be used
 * before anything was spent.
 */
export function route(context: RequestContext): Promise<Routed> {
  return new Router(context).run();
}

type NextStep = "done" | "go_on";

/** So many attempts at a time, and only for a request that prefers latency. */
const MOST_AT_A_TIME = 2;

/** Walks the candidates of one request. */
class Router {
  readonly #context: RequestContext;
  readonly #hedging: Hedging;
  readonly #queue: CandidateQueue;
  /** The latest rejected answer that can be repaired. */
  #repair: Repair | null = null;
  #best: BestAnswer | null = null;
  #refusal: Refused | null = null;
  #ended: RequestEnd | null = null;
  #outOfTime = false;
  #delivery: Delivery | null = null;
  /** Candidates that could not be asked beside a running attempt: alone they still have their turn. */
  #refusedBeside: QueuedCandidate[] = [];

  constructor(context: RequestContext) {
    this.#context = context;
    this.#hedging = new Hedging(context.deps.clock);
    this.#queue = new CandidateQueue(context.plan.order, context.plan.spares);
  }

  async run(): Promise<Routed> {
    const context = this.#context;
    tellPlan(context.deps.events, context.request, context.plan, context.startedAtMs);
    try {
      let next: NextStep = "go_on";
      while (next !== "done" && this.#goesOn()) next = await this.#step();
    } catch (error) {
      // After every failure: no call is left running behind the caller's back.
      await this.#hedging.cancelAll().catch(() => undefined);
      throw error;
    }
    // When the request ends early, attempts that still run are ended and settled for what they consumed.
    for (const { attempt } of await this.#hedging.cancelAll()) await context.settle(attempt, null);
    return this.#conclude();
  }

  /** Whether there is a candidate to ask or an attempt to wait for; when all have failed, the last resorts get in line. */
  #goesOn(): boolean {
    if (this.#queue.isEmpty && this.#hedging.size === 0) this.#queue.refill();
    return !this.#queue.isEmpty || this.#hedging.size > 0;
  }

  /** One event: the next candidate is asked, or an attempt ends. */
  async #step(): Promise<NextStep> {
    if (this.#hedging.size === 0 || this.#isLate()) {
      const next = this.#queue.shift();
      if (next !== undefined) return this.#ask(next);
    }
    const ended = await this.#hedging.next(this.#mayHedge() ? this.#hedging.lateAtMs : null);
    return ended === null ? "go_on" : this.#settle(ended);
  }

  #mayHedge(): boolean {
    const { optimize } = this.#context.request;
    const next = this.#queue.first;
    if (optimize !== "latency" || next === undefined || this.#hedging.size >= MOST_AT_A_TIME) return false;
    // To wait for the next candidate would delay the answer of the running one.
    return next.notBeforeMs <= this.#context.deps.clock.monotonicMs();
  }

  #isLate(): boolean {
    return this.#mayHedge() && this.#context.deps.clock.monotonicMs() >= this.#hedging.lateAtMs;
  }

  async #ask(queued: QueuedCandidate): Promise<NextStep> {
    const context = this.#context;
    const { clock } = context.deps;
    const { candidate: planned, again, notBeforeMs } = queued;
    const { model } = planned;
    const pauseMs = notBeforeMs - clock.monotonicMs();
    if (pauseMs > 0 && pauseMs + model.floorMs >= context.remainingMs) return "go_on";
    if (pauseMs > 0) await clock.sleep(pauseMs, context.options.signal);
    if (context.cancelled) return "done";
    const late = this.#hedging.models;
    const request = withRepair(context.request, this.#repair);
    const later = this.#queue.left().map(({ candidate }) => candidate.latency);
    const control = context.request.optimize === "latency" ? new AbortController() : null;
    const { signal: callers } = context.options;
    const held = await startAttempt(model, request, context, {
      role: this.#repair === null ? "answer" : "repair",
      // Waiting in line would delay the answer of an attempt that runs.
      waitMs: late.length > 0 ? 0 : waitingMs(context.remainingMs, planned.latency, later, model.floorMs),
      signal: control === null ? callers : AbortSignal.any([callers, control.signal]),
      isBeside: late.length > 0,
      ...(queued.anyway === undefined ? {} : { anyway: queued.anyway }),
      isLast: later.length === 0 && late.length === 0 && context.attempts.length === 0,
    });
    if (!held.ok) return this.#refused(queued, held, late);
    const { started } = held;
    if (late.length > 0) context.notes.push(`${late.join(", ")} was late; ${model.id} was asked as well`);
    this.#hedging.add({
      started,
      again,
      control,
      lateAtMs: clock.monotonicMs() + started.candidate.latency.p95Ms,
      done: answer(started, request.rendered, later, context),
    });
    return "go_on";
  }

  async #refused(queued: QueuedCandidate, refusal: Refusal, late: readonly string[]): Promise<NextStep> {
    const { candidate, again, anyway } = queued;
    if (late.length > 0) {
      this.#refusedBeside.push(queued);
      this.#context.notes.push(`${candidate.model.id} was not asked beside ${late.join(", ")}: ${refusal.reason}`);
      return "go_on";
    }
    // A model whose window or budget does not hold the findings as well may still do the task from the start.
    if (this.#repair !== null && !again) {
      this.#repair = null;
      return this.#ask(queuedOf(candidate));
    }
    if (refusal.why === "out" && anyway !== true && refusal.isFinal !== true) this.#deferToLast(queued, refusal);
    this.#skip(candidate.model.id, refusal);
    return "go_on";
  }

  async #settle({ inFlight, attempt }: EndedAttempt): Promise<NextStep> {
    const context = this.#context;
    const accepted = attempt.outcome === "accepted";
    this.#queue.unshift(...this.#refusedBeside.splice(0));
    this.#take(attempt);
    if (accepted) {
      for (const other of await this.#hedging.cancelAll()) {
        this.#take(other.attempt);
        await context.settle(other.attempt, null);
      }
      this.#delivery = await deliver(this.#context, this.#best);
      this.#ended = this.#end("accepted", null);
    }
    const settled = await context.settle(attempt, this.#ended);
    if (accepted || !settled) return "done";
    return this.#afterwards(attempt, inFlight);
  }

  #take(attempt: AttemptRecord): void {
    this.#best = better(this.#best, attempt, this.#context.request.minQuality);
    const note = uncheckedNote(attempt, this.#context.request);
    if (note !== null) this.#context.notes.push(note);
  }

  /** What follows an attempt that brought no accepted answer. */
  #afterwards(attempt: AttemptRecord, { started, again }: InFlightAttempt): NextStep {
    const context = this.#context;
    if (attempt.failure === null) {
      this.#repairOrGoOn(attempt, started.candidate, again);
      return "go_on";
    }
    if (context.hasAnotherAccount(started, attempt.failure)) {
      this.#queue.unshift({ ...queuedOf(started.candidate), again });
      return "go_on";
    }
    const { action } = ERROR_RULES[attempt.failure.kind];
    if (action === "stop") return "done";
    const nowMs = context.deps.clock.monotonicMs();
    if (action === "same") this.#queue.failed(started.candidate, again, attempt.failure.retryAfterMs, nowMs);
    return "go_on";
  }

  /**
   * After a rejected answer what was learned chooses the next steps. The same model may repair its answer once, where that is the better
   * way: by what was learned, else when it is not dearer. The next model gets the findings as well.
   */
  #repairOrGoOn(attempt: AttemptRecord, candidate: Candidate, again: boolean): void {
    const context = this.#context;
    const repair = repairFrom(attempt, context.request);
    const ownNanoUsd = repair === null || again ? null : ownRepairCost(attempt, candidate, repair, context);
    const planned = nextSteps(context, ownNanoUsd !== null);
    if (planned !== null && isOver(planned)) this.#queue.clear();
    else if (planned !== null) this.#queue.prefer(planned.models);
    if (repair === null) return;
    this.#repair = repair;
    if (ownNanoUsd === null) return;
    const next = this.#queue.first?.candidate;
    if (planned?.repairs ?? isCheaperThan(next, ownNanoUsd, repair, context)) {
      this.#queue.unshift({ ...queuedOf(candidate), again: true });
    }
  }

  async #conclude(): Promise<Routed> {
    const context = this.#context;
    const { attempts, request, plan } = context;
    const accepted = this.#best?.attempt.outcome === "accepted";
    const error = accepted
      ? null
      : errorOf({
          request,
          plan,
          snapshot: context.snapshot,
          attempts,
          best: this.#best,
          cancelled: context.cancelled,
          elapsedMs: context.elapsedMs,
          nowMs: context.deps.clock.nowMs(),
          outOfTime: this.#outOfTime,
          refusal: this.#refusal,
        });
    if (this.#ended === null) {
      const status = error === null ? "below_quality" : error.code === "cancelled" ? "cancelled" : "failed";
      this.#ended = this.#end(status, error?.code ?? null);
      await context.finish(this.#ended);
    }
    tellEnd(context.deps.events, request, this.#ended, attempts, context.costNanoUsd);
    return {
      request,
      plan,
      attempts,
      costNanoUsd: context.costNanoUsd,
      latencyMs: this.#ended.latencyMs,
      notes: context.notes,
      end: this.#ended,
      answer: this.#best,
      delivery: this.#delivery,
      error,
    };
  }

  #deferToLast(queued: QueuedCandidate, { askedToWait, retryAtMs }: Refusal): void {
    const { clock } = this.#context.deps;
    const waitMs = askedToWait === true && retryAtMs !== null ? retryAtMs - clock.nowMs() : 0;
    this.#queue.deferToLast({ ...queued, notBeforeMs: clock.monotonicMs() + waitMs });
  }

  #skip(model: string, { why, reason, heldByOthers, retryAtMs }: Refusal): void {
    this.#outOfTime ||= why === "no_time";
    this.#refusal = { message: `${model}: ${reason}`, why, heldByOthers, retryAtMs };
    this.#context.notes.push(`${model} was skipped: ${reason}`);
  }

  #end(status: RequestEnd["status"], errorCode: RequestErrorCode | null): RequestEnd {
    return requestEnd(this.#context, { status, errorCode, answer: this.#best, delivery: this.#delivery });
  }
}
