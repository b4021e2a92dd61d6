import type { AttemptRecord } from "../core/attempt.ts";
import type { Candidate } from "../core/candidate.ts";
import { ERROR_RULES, type RequestErrorCode } from "../core/errors.ts";
import type { Mend } from "../core/mend.ts";
import { plan } from "../core/plan.ts";
import type { Plan } from "../core/candidate.ts";
import type { RequestEnd } from "../core/ports.ts";
import type { Request } from "../core/request.ts";
import type { CallOptions } from "../core/service.ts";
import { answer } from "./answering.ts";
import { better, type BestAnswer } from "./best.ts";
import { Course, type Bearings, type EngineDeps } from "./course.ts";
import { requestEnd } from "./ending.ts";
import { errorOf, type RequestError } from "./failing.ts";
import { mended, mendFrom, sameModelMends } from "./mending.ts";

/** Waited before the same model is asked again when the vendor names no time. */
const RETRY_PAUSE_MS = 200;

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
 * The way of a request: plan; then for each candidate reserve, call, verify, settle; mend what the checks found, or fall back;
 * return the first accepted answer, else the best rejected one or a typed failure. Never later than the deadline, never above
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

/** Who is asked next, and whether it is for the sake of its own rejected answer. */
interface Turn {
  readonly candidate: Candidate;
  readonly again: boolean;
}

/** Walks the candidates of one request. */
class Router {
  readonly #course: Course;
  readonly #queue: Turn[] = [];
  readonly #retried = new Set<string>();
  /** The latest rejected answer that can be mended. */
  #mend: Mend | null = null;
  #best: BestAnswer | null = null;
  #refusal: { message: string; heldByOthers: boolean } | null = null;
  #ended: RequestEnd | null = null;
  #outOfTime = false;

  constructor(course: Course) {
    this.#course = course;
  }

  async run(): Promise<Routed> {
    const course = this.#course;
    const { deps, request } = course;
    course.progress("planning", null, 0);
    const snapshot = await deps.snapshot();
    const made = plan(request, snapshot);
    course.notes.push(...made.notes);
    const bearings: Bearings = { plan: made, snapshot, record: deps.record(request, made, course.startedAtMs) };
    this.#queue.push(...made.order.map((candidate) => ({ candidate, again: false })));
    for (let turn = this.#queue.shift(); turn !== undefined; turn = this.#queue.shift()) {
      const next = await this.#take(turn, bearings);
      if (next === "done") break;
    }
    return this.#conclude(bearings);
  }

  async #take({ candidate: planned, again }: Turn, bearings: Bearings): Promise<Next> {
    const course = this.#course;
    if (course.cancelled) return "done";
    const asked = mended(course.request, this.#mend);
    const held = await course.start(planned.model, this.#mend === null ? "answer" : "repair", asked, bearings);
    if (!held.ok) {
      // What cannot carry the findings as well may still do the task from the start.
      if (this.#mend !== null && !again) return this.#withoutFindings(planned, bearings);
      this.#passOver(planned.model.id, held);
      return "go_on";
    }
    const attempt = await answer(held.started, asked.rendered, this.#queue.length, course, bearings);
    this.#best = better(this.#best, attempt);
    this.#sayUnchecked(attempt);
    if (attempt.outcome === "accepted") this.#ended = this.#end("accepted", null);
    const settled = await course.guarded(() => course.deps.ledger.settle(course.stored(attempt), this.#ended));
    if (attempt.outcome === "accepted" || !settled) return "done";
    return this.#afterwards(attempt, held.started.candidate, again, bearings);
  }

  async #withoutFindings(planned: Candidate, bearings: Bearings): Promise<Next> {
    this.#mend = null;
    return this.#take({ candidate: planned, again: false }, bearings);
  }

  /** What follows an attempt that brought no accepted answer. */
  async #afterwards(attempt: AttemptRecord, candidate: Candidate, again: boolean, bearings: Bearings): Promise<Next> {
    if (attempt.failure === null) {
      this.#mendOrGoOn(attempt, candidate, again, bearings);
      return "go_on";
    }
    const { action } = ERROR_RULES[attempt.failure.kind];
    if (action === "stop") return "done";
    if (action === "same") await this.#retryWhenAlone(attempt.failure.retryAfterMs, candidate, again);
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
      this.#queue.unshift({ candidate, again: true });
    }
  }

  /** Asking the same model again beats falling back only when there is nobody to fall back to and nothing to return. */
  async #retryWhenAlone(retryAfterMs: number | undefined, candidate: Candidate, again: boolean): Promise<void> {
    const { deps, options, remainingMs } = this.#course;
    const { model } = candidate;
    if (this.#queue.length > 0 || this.#best !== null || this.#retried.has(model.id)) return;
    const pauseMs = retryAfterMs ?? RETRY_PAUSE_MS;
    if (pauseMs + model.floorMs >= remainingMs) return;
    this.#retried.add(model.id);
    await deps.clock.sleep(pauseMs, options.signal);
    this.#queue.push({ candidate, again });
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
    const { task } = this.#course.request;
    const what = outcome === "accepted" ? "is taken as it is" : "was not taken";
    this.#course.notes.push(`nobody could check this answer; it ${what} (on_unchecked of task ${task.id})`);
  }

  #passOver(model: string, held: { reason: string; heldByOthers: boolean; outOfTime: boolean }): void {
    this.#outOfTime ||= held.outOfTime;
    this.#refusal = { message: `${model}: ${held.reason}`, heldByOthers: held.heldByOthers };
    this.#course.notes.push(`${model} was passed over: ${held.reason}`);
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
