import type { CheckResult } from "../../checks/kit/check-result.ts";
import { AGREEMENT_CHECK, agreementRow, noAgreementRow } from "../../core/agreement.ts";
import { secondFor } from "../../core/evidence.ts";
import type { Request } from "../../core/request.ts";
import type { RequestContext } from "../request-context.ts";
import { verifyInTime } from "../verify.ts";
import { askForEvidence, type AnswerInQuestion } from "./ask.ts";
import { otherAnswers, type OtherAnswer } from "./other-answers.ts";
import { precisionOf } from "./precision.ts";
import { keptTests } from "./tests.ts";

/** Compares an answer with one by a model of another provider: one that is there already, else one that is bought. */
export async function agreed(
  about: AnswerInQuestion,
  verifyMs: () => number,
  context: RequestContext,
): Promise<CheckResult> {
  const { request, deps } = context;
  const { model } = about.started.candidate;
  const other = otherAnswers(about, context)[0] ?? (await secondAnswer(about, context));
  if (typeof other === "string") return noAgreementRow(other);
  const calls = keptTests(model.provider, context).flatMap((each) => (each.kind === "call" ? [each.call] : []));
  const compareWith = { kind: "agreement", name: AGREEMENT_CHECK, other: other.text, calls } as const;
  // The comparison alone: the other checks have been made.
  const only: Request = {
    ...request,
    accept: [],
    responseSchema: null,
    compareWith,
    task: { ...request.task, checks: [] },
  };
  const { signal } = about.started;
  const verdict = await verifyInTime(about.text, only, verifyMs(), signal, deps.verifier, deps.clock);
  const { isEnough, share, words } = precisionOf("agreement", [model.id, other.model], context);
  return agreementRow(
    verdict.checks.find(({ name }) => name === AGREEMENT_CHECK),
    { own: model.id, other: other.model },
    { score: isEnough ? share : null, words },
  );
}

/** A text says why there is none. */
async function secondAnswer(about: AnswerInQuestion, context: RequestContext): Promise<OtherAnswer | string> {
  const { provider: own } = about.started.candidate.model;
  const { request } = context;
  const second = secondFor(own, request, context.snapshot);
  if (second === undefined) return `there is no model of another provider than ${own} that could answer as well`;
  const asked = await askForEvidence(
    { model: second, role: "agree", stage: "asking_second", request, read: (text) => text, form: "a text" },
    about,
    context,
  );
  return asked.ok ? { model: second.id, provider: second.provider, text: asked.value } : asked.reason;
}
