import type { AttemptOutcome, AttemptRecord } from "../core/attempt.ts";
import { sliceOf } from "../core/deadline.ts";
import type { RenderedPrompt } from "../core/request.ts";
import type { Verdict } from "../core/verdict.ts";
import { callCandidate } from "./attempt.ts";
import type { Bearings, Course, Started } from "./course.ts";
import { judged } from "./judging.ts";
import { verifyInTime } from "./verify.ts";

/** Makes an attempt for which the money is held: calls the model, verifies what it answers, has it judged where the task says so. */
export async function answer(
  started: Started,
  prompt: RenderedPrompt,
  laterCandidates: number,
  course: Course,
  bearings: Bearings,
): Promise<AttemptRecord> {
  const { clock } = course.deps;
  const { model } = started.candidate;
  course.progress(stageOf(started), model.id, 0);
  const called = await callCandidate(
    {
      candidate: started.candidate,
      prompt,
      provider: course.deps.provider(model.provider),
      slice: sliceOf(course.remainingMs, laterCandidates, model.timeoutMs),
      signal: course.options.signal,
      onText: (chars) => course.progress("calling", model.id, Math.ceil(chars / 4)),
    },
    clock,
  );
  course.spend(called.cost.nanoUsd);
  const { result } = called;
  if (!result.ok) return course.record(started, called, "failed", null, result.failure);
  const verdict = await verdictOn(result.answer.text, started, called.cost.nanoUsd, course, bearings);
  return course.record(started, called, outcomeOf(verdict, course), verdict, null);
}

function stageOf({ role, ordinal }: Started): "calling" | "repairing" | "falling_back" {
  return role === "repair" ? "repairing" : ordinal === 1 ? "calling" : "falling_back";
}

async function verdictOn(
  text: string,
  { attemptId, candidate }: Started,
  costNanoUsd: number,
  course: Course,
  bearings: Bearings,
): Promise<Verdict> {
  const { request, deps } = course;
  course.progress("verifying", candidate.model.id, Math.ceil(text.length / 4));
  const verdict = await verifyInTime(text, request, course.remainingMs, deps.verifier, deps.clock);
  return judged(text, verdict, { attemptId, costNanoUsd, provider: candidate.model.provider }, course, bearings);
}

/** An answer that nobody could check is taken, unless the task wants the next candidate asked. */
function outcomeOf(verdict: Verdict, { request }: Course): AttemptOutcome {
  if (verdict.status === "unchecked" && request.task.onUnchecked === "next") return "rejected";
  return verdict.status === "failed" ? "rejected" : "accepted";
}
