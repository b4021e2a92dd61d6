import type { AttemptRecord } from "../../core/attempt.ts";
import type { RequestContext } from "../request-context.ts";
import type { AnswerInQuestion } from "./ask.ts";

/** An answer to the same request by a model of another provider. */
export type OtherAnswer = Pick<AttemptRecord, "model" | "provider"> & { readonly text: string };

/** What models of other providers have answered to the request so far, the latest first. What a fact has failed is left out. */
export function otherAnswers({ started }: AnswerInQuestion, { attempts }: RequestContext): readonly OtherAnswer[] {
  const { provider: own } = started.candidate.model;
  return attempts
    .filter(({ role, provider, verdict }) => isAnswer(role) && provider !== own && verdict?.status !== "failed")
    .flatMap(({ model, provider, text }) => (text === null ? [] : [{ model, provider, text }]))
    .toReversed();
}

function isAnswer(role: AttemptRecord["role"]): boolean {
  return role === "answer" || role === "repair" || role === "agree";
}
