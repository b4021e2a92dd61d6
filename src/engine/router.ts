import type { AttemptRecord } from "../core/attempt.ts";
import type { Candidate } from "../core/candidate.ts";
import { waitingMs } from "../core/deadline.ts";
import { ERROR_RULES, type RequestErrorCode } from "../core/errors.ts";
import type { Mend } from "../core/mend.ts";
import { plan } from "../core/plan.ts";
import type { Plan } from "../core/candidate.ts";
import type { RequestEnd } from "../core/ports.ts";
import type { Request } from "../core/request.ts";
import type { CallOptions } from "../core/service.ts";
import { isBelow } from "../core/verdict.ts";
import { answer } from "./answering.ts";
import { better, type BestAnswer } from "./best.ts";
import { Course, type Bearings, type EngineDeps } from "./course.ts";
import { requestEnd } from "./ending.ts";
import { errorOf, type Refused, type RequestError } from "./failing.ts";
import { mended, mendFrom, sameModelMends } from "./mending.ts";
import { Race, type Ended, type Run } from "./race.ts";
import type { Refusal } from "./reserve.ts";
import { Resorts, turnOf, type Turn } from "./resorts.ts";
import { startTurn } from "./turn.ts";

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
  readonly error: RequestError | null;
}

/**
 * The way of a request: plan; then for each candidate reserve, call, verify, settle; mend what the checks found, or fall back,
 * or ask the next one as well when the first is late and the request is in a hurry; return the first accepted answer, else the best rejected one or a typed failure. Never later than the deadline, never above
 * the budget. Throws only when the ledger cannot be used before anything was spent.
 */
export async function route(
  request: Request,
  deps: EngineDeps,
  options: CallOptions,
  startedMs: number,
): Promise<Routed> {
  return new Router(new Course(request, deps, options, startedMs)).run();
}

type Next = "done" | "go_on";

/** So many candidates at a time, and only for a request that would rather pay twice than wait. */
const MOST_AT_A_TIME = 2;

/** Walks the candidates of one request. */
class Router {
  readonly #course: Course;
  readonly #race: Race;
  readonly #queue: Turn[] = [];
  readonly #resorts = new Resorts();
  /** The latest rejected answer that can be mended. */
  #mend: Mend | null = null;
  #best: BestAnswer | null = null;
  #refusal: Refused | null = null;
  #ended: RequestEnd | null = null;
  #outOfTime = false;
  /** Those who could not be asked beside one that runs: alone they still have their turn. */
  #refusedBeside: Turn[] = [];

  constructor(course: Course) {
    this.#course = course;
    this.#race = new Race(course.deps.clock);
  }

  async run(): Promise<Routed> {
    const course = this.#course;
    const { deps, request } = course;
    course.progress("planning", null, 0);
    const snapshot = await deps.snapshot(request);
    const made = plan(request, snapshot);
    course.notes.push(...made.notes);
    const bearings: Bearings = { plan: made, snapshot, record: deps.record(request, made, course.startedAtMs) };
    this.#queue.push(...made.order.map(turnOf));
    this.#resorts.spare(made.spares);
    try {
      let next: Next = "go_on";
      while (next !== "done" && this.#goesOn()) next = await this.#step(bearings);
    } catch (error) {
      // Whatever broke: nobody is left running behind the caller's back.
      await this.#race.callOff().catch(() => undefined);
      throw error;
    }
    // When it ends early, whoever still runs is ended too, and settled for what was consumed.
    for (const { attempt } of await this.#race.callOff()) await course.settle(attempt, null, bearings);
    return this.#conclude(bearings);
  }

  /** Whether there is anybody to ask or to wait for; when all have failed, those are who may do better the second time. */
  #goesOn(): boolean {
    if (this.#queue.length === 0 && this.#race.size === 0) this.#queue.push(...this.#resorts.next());
    return this.#queue.length > 0 || this.#race.size > 0;
  }

  /** One thing that happens: the next candidate is asked, or an attempt ends. */
  async #step(bearings: Bearings): Promise<Next> {
    if (this.#race.size === 0 || this.#isLate()) {
      const turn = this.#queue.shift();
      if (turn !== undefined) return this.#launch(turn, bearings);
    }
    const ended = await this.#race.next(this.#mayHedge() ? this.#race.lateAtMs : null);
    return ended === null ? "go_on" : this.#settle(ended, bearings);
  }

  #mayHedge(): boolean {
    const { optimize } = this.#course.request;
    const next = this.#queue[0];
    if (optimize !== "latency" || next === undefined || this.#race.size >= MOST_AT_A_TIME) return false;
    // Who must be waited for would keep the one that runs from being heard.
    return next.notBeforeMs <= this.#course.deps.clock.monotonicMs();
  }

  #isLate(): boolean {
    return this.#mayHedge() && this.#course.deps.clock.monotonicMs() >= this.#race.lateAtMs;
  }

  async #launch(turn: Turn, bearings: Bearings): Promise<Next> {
    const course = this.#course;
    const { candidate: planned, again, notBeforeMs } = turn;
    const { model } = planned;
    const pauseMs = notBeforeMs - course.deps.clock.monotonicMs();
    if (pauseMs > 0 && pauseMs + model.floorMs >= course.remainingMs) return "go_on";
    if (pauseMs > 0) await course.deps.clock.sleep(pauseMs, course.options.signal);
    if (course.cancelled) return "done";
    const late = this.#race.models;
    const asked = mended(course.request, this.#mend);
    const later = [...this.#queue, ...this.#resorts.left()].map(({ candidate }) => candidate.pace);
    const control = course.request.optimize === "latency" ? new AbortController() : null;
    const signal = control === null ? course.options.signal : AbortSignal.any([course.options.signal, control.signal]);
    const held = await startTurn(model, asked, course, bearings, {
      role: this.#mend === null ? "answer" : "repair",
      // Who is asked beside another does not keep the one that runs from being heard.
      waitMs: late.length > 0 ? 0 : waitingMs(course.remainingMs, planned.pace, later, model.floorMs),
      signal,
      isBeside: late.length > 0,
      ...(turn.anyway === undefined ? {} : { anyway: turn.anyway }),
      isLast: later.length === 0 && late.length === 0 && course.attempts.length === 0,
    });
    if (!held.ok && late.length > 0) {
      this.#refusedBeside.push(turn);
      course.notes.push(`${model.id} was not asked beside ${late.join(", ")}: ${held.reason}`);
      return "go_on";
    }
    if (!held.ok) {
      // What cannot carry the findings as well may still do the task from the start.
      if (this.#mend !== null && !again) {
        this.#mend = null;
        return this.#launch(turnOf(planned), bearings);
      }
      if (held.why === "out" && turn.anyway !== true) this.#putOff(turn, held);
      this.#passOver(model.id, held);
      return "go_on";
    }
    const { started } = held;
    if (late.length > 0) course.notes.push(`${late.join(", ")} was late; ${model.id} was asked as well`);
    this.#race.enter({
      started,
      again,
      control,
      lateAtMs: course.deps.clock.monotonicMs() + started.candidate.pace.lateMs,
      done: answer(started, asked.rendered, later, course, bearings),
    });
    return "go_on";
  }

  async #settle({ run, attempt }: Ended, bearings: Bearings): Promise<Next> {
    const course = this.#course;
    const accepted = attempt.outcome === "accepted";
    this.#queue.unshift(...this.#refusedBeside.splice(0));
    this.#take(attempt);
    if (accepted) {
      for (const other of await this.#race.callOff()) {
        this.#take(other.attempt);
        await course.settle(other.attempt, null, bearings);
      }
      this.#ended = this.#end("accepted", null);
    }
    const settled = await course.settle(attempt, this.#ended, bearings);
    if (accepted || !settled) return "done";
    return this.#afterwards(attempt, run, bearings);
  }

  #take(attempt: AttemptRecord): void {
    this.#best = better(this.#best, attempt, this.#course.request.minQuality);
    this.#sayUnchecked(attempt);
  }

  /** What follows an attempt that brought no accepted answer. */
  async #afterwards(attempt: AttemptRecord, { started, again }: Run, bearings: Bearings): Promise<Next> {
    if (attempt.failure === null) {
      this.#mendOrGoOn(attempt, started.candidate, again, bearings);
      return "go_on";
    }
    const { action } = ERROR_RULES[attempt.failure.kind];
    if (action === "stop") return "done";
    const nowMs = this.#course.deps.clock.monotonicMs();
    if (action === "same") this.#resorts.failed(started.candidate, again, attempt.failure.retryAfterMs, nowMs);
    return "go_on";
  }

  /** The same model gets one turn to mend its answer where that is the better way; whoever comes next gets the findings. */
  #mendOrGoOn(attempt: AttemptRecord, candidate: Candidate, again: boolean, { snapshot }: Bearings): void {
    const course = this.#course;
    const mend = mendFrom(attempt, course.request);
    if (mend === null) return;
    this.#mend = mend;
    const next = this.#queue[0]?.candidate;
    if (!again && sameModelMends(attempt, candidate, next, mend, course, snapshot)) {
      this.#queue.unshift({ ...turnOf(candidate), again: true });
    }
  }

  async #conclude({ plan: made, record }: Bearings): Promise<Routed> {
    const course = this.#course;
    const { attempts, request } = course;
    const accepted = this.#best?.attempt.outcome === "accepted";
    const error = accepted
      ? null
      : errorOf({
          request,
          plan: made,
          attempts,
          best: this.#best,
          cancelled: course.cancelled,
          elapsedMs: course.elapsedMs,
          nowMs: course.deps.clock.nowMs(),
          outOfTime: this.#outOfTime,
          refusal: this.#refusal,
        });
    if (this.#ended === null) {
      const status = error === null ? "below_quality" : error.code === "cancelled" ? "cancelled" : "failed";
      const ended = this.#end(status, error?.code ?? null);
      this.#ended = ended;
      if (attempts.length === 0) await course.deps.ledger.finish(record, ended);
      else await course.guarded(() => course.deps.ledger.finish(record, ended));
    }
    return {
      request,
      plan: made,
      attempts,
      costNanoUsd: course.costNanoUsd,
      latencyMs: this.#ended.latencyMs,
      notes: course.notes,
      end: this.#ended,
      answer: this.#best,
      error,
    };
  }

  #sayUnchecked({ verdict, outcome }: AttemptRecord): void {
    if (verdict?.status !== "unchecked") return;
    const { task, minQuality } = this.#course.request;
    if (isBelow(verdict, minQuality)) {
      this.#course.notes.push(`this answer was not taken: ${verdict.summary}`);
      return;
    }
    const what = outcome === "accepted" ? "is taken as it is" : "was not taken";
    this.#course.notes.push(`nobody could check this answer; it ${what} (on_unchecked of task ${task.id})`);
  }

  #putOff(turn: Turn, { askedToWait, retryAtMs }: Refusal): void {
    const { clock } = this.#course.deps;
    const waitMs = askedToWait === true && retryAtMs !== null ? retryAtMs - clock.nowMs() : 0;
    this.#resorts.putOff({ ...turn, notBeforeMs: clock.monotonicMs() + waitMs });
  }

  #passOver(model: string, { why, reason, heldByOthers, retryAtMs }: Refusal): void {
    this.#outOfTime ||= why === "no_time";
    this.#refusal = { message: `${model}: ${reason}`, why, heldByOthers, retryAtMs };
    this.#course.notes.push(`${model} was passed over: ${reason}`);
  }

  #end(status: RequestEnd["status"], errorCode: RequestErrorCode | null): RequestEnd {
    const course = this.#course;
    return requestEnd(
      {
        status,
        errorCode,
        routeId: course.request.routeId,
        answer: this.#best,
        attempts: course.attempts,
        notes: course.notes,
        endedAtMs: course.deps.clock.nowMs(),
        latencyMs: Math.round(course.elapsedMs),
      },
      course.deps.baseline,
    );
  }
}
