import type { AttemptOutcome, AttemptRecord } from "../core/attempt.ts";
import { sliceOf, verificationMs } from "../core/deadline.ts";
import type { Pace } from "../core/pace.ts";
import type { RenderedPrompt } from "../core/request.ts";
import { isBelow, type Verdict } from "../core/verdict.ts";
import { callCandidate, whyCancelled } from "./attempt.ts";
import type { Bearings, Course, Started } from "./course.ts";
import { judged } from "./judging.ts";
import { verifyInTime } from "./verify.ts";

/**
 * Makes an attempt for which the money is held: calls the model, verifies what it answers, has it judged where the task says so.
 * `later`: how long those take who can still be asked after it.
 */
export async function answer(
  started: Started,
  prompt: RenderedPrompt,
  later: readonly Pace[],
  course: Course,
  bearings: Bearings,
): Promise<AttemptRecord> {
  const { clock } = course.deps;
  const { signal, candidate } = started;
  const { model, pace } = candidate;
  course.progress(stageOf(started), model.id, 0);
  const called = await callCandidate(
    {
      candidate,
      prompt,
      provider: course.deps.provider(model.provider),
      slice: sliceOf(course.remainingMs, pace, later, model.timeoutMs),
      signal,
      onText: (chars) => course.progress("calling", model.id, Math.ceil(chars / 4)),
    },
    clock,
  );
  course.spend(started, called.cost.nanoUsd);
  const { result } = called;
  if (!result.ok) return course.record(started, called, "failed", null, result.failure);
  if (course.deps.room(model.provider) !== null) await course.answered(started, called.cost.nanoUsd);
  const verdict = await verdictOn(result.answer.text, started, called.cost.nanoUsd, later, course, bearings);
  // Nobody waits for this verdict any more, and it may have been cut short.
  if (signal.aborted) {
    return course.record(started, called, "failed", null, { kind: "cancelled", message: whyCancelled(signal) });
  }
  return course.record(started, called, outcomeOf(verdict, course), verdict, null);
}

function stageOf({ role, ordinal }: Started): "calling" | "repairing" | "falling_back" {
  return role === "repair" ? "repairing" : ordinal === 1 ? "calling" : "falling_back";
}

async function verdictOn(
  text: string,
  started: Started,
  costNanoUsd: number,
  later: readonly Pace[],
  course: Course,
  bearings: Bearings,
): Promise<Verdict> {
  const { request, deps, remainingMs } = course;
  course.progress("verifying", started.candidate.model.id, Math.ceil(text.length / 4));
  // Where an answer that could not be checked in time is not taken, the next candidate must still have its chance.
  const next = request.task.onUnchecked === "next" ? later[0] : undefined;
  const limitMs = verificationMs(remainingMs, next);
  const verdict = await verifyInTime(text, request, limitMs, started.signal, deps.verifier, deps.clock);
  return judged(text, verdict, started, costNanoUsd, course, bearings);
}

/**
 * A failed answer is rejected, and so is one that evidence scores below the quality that was asked for. An answer that could not be
 * checked is taken, unless the task wants the next candidate asked.
 */
function outcomeOf(verdict: Verdict, { request }: Course): AttemptOutcome {
  if (verdict.status === "unchecked" && request.task.onUnchecked === "next") return "rejected";
  return verdict.status === "failed" || isBelow(verdict, request.minQuality) ? "rejected" : "accepted";
}
