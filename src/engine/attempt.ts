import type { AttemptOutcome, AttemptRecord } from "../core/attempt.ts";
import { timeShareOf, verificationMs } from "../core/deadline.ts";
import type { LatencyEstimate } from "../core/latency.ts";
import type { RenderedPrompt } from "../core/request.ts";
import { isBelow, type Verdict } from "../core/verdict.ts";
import { asksNext } from "../core/unchecked.ts";
import { callModel, whyCancelled } from "./call-model.ts";
import type { RequestContext } from "./request-context.ts";
import type { Started } from "./started.ts";
import { withBoughtEvidence } from "./evidence/buy.ts";
import { verifyInTime } from "./verify.ts";

/**
 * Makes an attempt for which the money is held: calls the model, verifies what it answers, has it judged where the task says so.
 * `later`: how long those take who can still be asked after it.
 */
export async function answer(
  started: Started,
  prompt: RenderedPrompt,
  later: readonly LatencyEstimate[],
  context: RequestContext,
): Promise<AttemptRecord> {
  const { clock } = context.deps;
  const { signal, candidate } = started;
  const { model, latency } = candidate;
  context.progress(stageOf(started), model.id, 0);
  if (started.ordinal === 1) context.deps.verifier.warmUp?.(context.request);
  const called = await callModel(
    {
      candidate,
      prompt,
      prefix: context.request.prefix,
      provider: context.deps.provider(model.provider, started.account),
      slice: timeShareOf(context.remainingMs, latency, later, model),
      signal,
      onText: (chars) => context.progress("calling", model.id, Math.ceil(chars / 4)),
    },
    clock,
  );
  context.spend(started, called.cost.nanoUsd);
  context.deps.prefixes.answered(context.request.prefix, model.id, called.usage);
  const { result } = called;
  if (!result.ok) return context.record(started, called, "failed", null, result.failure);
  if (context.deps.room(model.provider) !== null) await context.answered(started, called.cost.nanoUsd);
  const verdict = await verdictOn(result.answer.text, started, called.cost.nanoUsd, later, context);
  // This verdict is not needed any more, and it may have been cut short.
  if (signal.aborted) {
    return context.record(started, called, "failed", null, { kind: "cancelled", message: whyCancelled(signal) });
  }
  return context.record(started, called, outcomeOf(verdict, context), verdict, null);
}

function stageOf({ role, ordinal }: Started): "calling" | "repairing" | "falling_back" {
  return role === "repair" ? "repairing" : ordinal === 1 ? "calling" : "falling_back";
}

async function verdictOn(
  text: string,
  started: Started,
  costNanoUsd: number,
  later: readonly LatencyEstimate[],
  context: RequestContext,
): Promise<Verdict> {
  const { request, deps, remainingMs } = context;
  context.progress("verifying", started.candidate.model.id, Math.ceil(text.length / 4));
  // Where an answer that could not be checked in time is not taken, the next candidate must still have its chance.
  const next = asksNext(request.onUnchecked) ? later[0] : undefined;
  const limitMs = verificationMs(remainingMs, next);
  const verdict = await verifyInTime(text, request, limitMs, started.signal, deps.verifier, deps.clock);
  return withBoughtEvidence(text, verdict, started, costNanoUsd, later, context);
}

/**
 * A failed answer is rejected, and so is one that evidence scores below the quality that was asked for. An answer that could not be
 * checked is taken, unless the task wants the next candidate asked.
 */
function outcomeOf(verdict: Verdict, { request }: RequestContext): AttemptOutcome {
  if (verdict.status === "unchecked" && asksNext(request.onUnchecked)) return "rejected";
  return verdict.status === "failed" || isBelow(verdict, request.minQuality) ? "rejected" : "accepted";
}
