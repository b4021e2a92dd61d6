import type { AttemptRole, Failure } from "../../core/attempt.ts";
import { timeShareOf } from "../../core/deadline.ts";
import type { LatencyEstimate } from "../../core/latency.ts";
import type { Model } from "../../core/model.ts";
import type { Request } from "../../core/request.ts";
import type { Progress } from "../../core/service.ts";
import { callModel } from "../call-model.ts";
import type { RequestContext } from "../request-context.ts";
import type { Started } from "../started.ts";

/** An answer that evidence is bought about. */
export interface AnswerInQuestion {
  readonly text: string;
  readonly started: Started;
  /** What it cost. */
  readonly costNanoUsd: number;
  /** How long those take who must still have their chance if it is not taken. */
  readonly later: readonly LatencyEstimate[];
}

/** A question to a model that gives evidence. */
export interface EvidenceQuestion<T> {
  readonly model: Model;
  readonly role: AttemptRole;
  readonly stage: Progress["stage"];
  /** What it is asked, and how long its answer may be. */
  readonly request: Request;
  /** Reads what it says; `null`: it did not keep to the form. */
  read(text: string): T | null;
  /** What it did not answer with. */
  readonly form: string;
}

export type EvidenceAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

/**
 * Asks a model for evidence: an attempt like any other, reserved, costed and on the receipt. It is paid from what the answer has not used of
 * the money that was held for it.
 */
export async function askForEvidence<T>(
  question: EvidenceQuestion<T>,
  about: AnswerInQuestion,
  context: RequestContext,
): Promise<EvidenceAnswer<T>> {
  const { model, role, request } = question;
  const { signal } = about.started;
  await context.answered(about.started, about.costNanoUsd);
  const held = await context.start(model, request, { role, waitMs: context.remainingMs / 2, signal });
  if (!held.ok) return { ok: false, reason: `${model.id} was skipped: ${held.reason}` };
  const { candidate, account } = held.started;
  context.progress(question.stage, model.id, 0);
  const called = await callModel(
    {
      candidate,
      prompt: request.rendered,
      provider: context.deps.provider(model.provider, account),
      slice: timeShareOf(context.remainingMs, candidate.latency, about.later, model),
      signal,
      onText: () => undefined,
    },
    context.deps.clock,
  );
  context.spend(held.started, called.cost.nanoUsd);
  const { result } = called;
  const value = result.ok ? question.read(result.answer.text) : null;
  const failure = !result.ok ? result.failure : value === null ? offForm(question.form) : null;
  const attempt = context.record(held.started, called, failure === null ? "accepted" : "failed", null, failure);
  await context.settle(attempt, null);
  return value === null
    ? { ok: false, reason: `${model.id}: ${failure?.message ?? "no answer"}` }
    : { ok: true, value };
}

/** A model that does not keep to the form of evidence says nothing about its health. */
function offForm(form: string): Failure {
  return { kind: "invalid_response", message: `it did not answer with ${form}`, inconclusive: true };
}
