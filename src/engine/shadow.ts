import { timeShareOf } from "../core/deadline.ts";
import { isLedgerUnavailable } from "../core/errors.ts";
import type { AttemptRecord } from "../core/attempt.ts";
import type { NanoUsd } from "../core/money.ts";
import type { RequestEnd, ShadowRunRecord } from "../core/ports.ts";
import type { Request } from "../core/request.ts";
import { callModel } from "./call-model.ts";
import type { RequestContext } from "./request-context.ts";
import { verifyInTime } from "./verify.ts";

/**
 * Measures, on a request that is over, what the baseline model costs on it: an attempt like any other (reserved, settled, on the receipt),
 * whose answer is not returned. Nothing is asked where the baseline has answered itself, or where no answer was accepted: that earns no
 * baseline. `ceilingNanoUsd`: what the request may cost in all; a shadow that does not fit is left out. Never throws for the ledger.
 */
export async function shadowRun(
  context: RequestContext,
  end: RequestEnd,
  ceilingNanoUsd: NanoUsd | null,
  signal: AbortSignal,
): Promise<void> {
  const { deps, request, startedAtMs } = context;
  const { model } = deps.baseline;
  const { principal, task } = request;
  const oursNanoUsd = context.costNanoUsd;
  const record = (run: Pick<ShadowRunRecord, "accepted" | "baselineNanoUsd" | "shadowNanoUsd">): Promise<void> =>
    deps.ledger.recordShadowRun({ principal, task: task.id, startedAtMs, oursNanoUsd, ...run });
  try {
    if (signal.aborted) return;
    if (end.status !== "accepted") return await record({ accepted: false, baselineNanoUsd: 0, shadowNanoUsd: 0 });
    const own = context.attempts.find(
      (each) => each.role === "answer" && each.model === model.id && each.text !== null,
    );
    if (own !== undefined) {
      return await record({ accepted: true, baselineNanoUsd: own.cost.nanoUsd, shadowNanoUsd: 0 });
    }
    const attempt = await ask(context, { ...request, budgetNanoUsd: ceilingNanoUsd }, signal);
    if (attempt === null) return;
    await context.settle(attempt, end);
    const { nanoUsd } = attempt.cost;
    if (attempt.failure === null) await record({ accepted: true, baselineNanoUsd: nanoUsd, shadowNanoUsd: nanoUsd });
  } catch (error) {
    // Then this request is not among those that were measured.
    if (!isLedgerUnavailable(error)) throw error;
  }
}

/** The baseline's attempt with its verdict, or `null` when there was no room, money or health for it. */
async function ask(context: RequestContext, request: Request, signal: AbortSignal): Promise<AttemptRecord | null> {
  const { deps } = context;
  const { model } = deps.baseline;
  if (context.snapshot.health.has(model.id)) return null;
  // The request is over: the shadow has a time of its own, and waits for no room at its provider.
  const timed = { ...request, deadlineMs: context.elapsedMs + model.timeoutMs };
  const held = await context.start(model, timed, { role: "shadow", waitMs: 0, signal });
  if (!held.ok) return null;
  const { started } = held;
  const called = await callModel(
    {
      candidate: started.candidate,
      prompt: request.rendered,
      provider: deps.provider(model.provider, started.account),
      slice: timeShareOf(model.timeoutMs, started.candidate.latency, [], model),
      signal,
      onText: () => undefined,
    },
    deps.clock,
  );
  context.spend(started, called.cost.nanoUsd);
  const { result } = called;
  if (!result.ok) return context.record(started, called, "failed", null, result.failure);
  await context.answered(started, called.cost.nanoUsd);
  const { text } = result.answer;
  const verdict = await verifyInTime(text, request, model.timeoutMs, signal, deps.verifier, deps.clock);
  return context.record(started, called, verdict.status === "failed" ? "rejected" : "accepted", verdict, null);
}
