import type { Failure } from "../core/attempt.ts";
import { timeShareOf } from "../core/deadline.ts";
import {
  judgePrompt,
  JUDGE_OUTPUT_TOKENS,
  parseJudgement,
  wantsJudge,
  withJudgement,
  withoutJudgement,
} from "../core/judge.ts";
import type { Model } from "../core/model.ts";
import type { Request } from "../core/request.ts";
import type { Verdict } from "../core/verdict.ts";
import { callModel } from "./call-model.ts";
import type { RequestContext } from "./request-context.ts";
import type { Started } from "./started.ts";

/** A judge that does not keep to the form says nothing about the health of its model. */
const NOT_A_JUDGEMENT: Failure = {
  kind: "invalid_response",
  message: "the judge did not answer with the object that was asked for",
  inconclusive: true,
};

/**
 * Asks the first judge of the task that may judge this answer, once. An attempt like any other: reserved, costed and on the
 * receipt. A failure of the judge leaves the verdict as it was, with the reason.
 */
export async function judged(
  text: string,
  verdict: Verdict,
  answer: Started,
  costNanoUsd: number,
  context: RequestContext,
): Promise<Verdict> {
  const { request } = context;
  if (request.task.onUnchecked !== "judge" || !wantsJudge(verdict) || answer.signal.aborted) return verdict;
  const judges = (request.task.judges ?? []).flatMap((name) => context.snapshot.catalogue.find(name) ?? []);
  // A model of the same family shares the blind spots of the answer, and a liking for it.
  const { provider: own } = answer.candidate.model;
  const judge = judges.find(({ provider }) => provider !== own);
  if (judge === undefined)
    return withoutJudgement(verdict, `the task names no judge of another provider than ${own}`, request.minQuality);
  // The judge is paid from what the answer has not used of the money that was held for it.
  await context.answered(answer, costNanoUsd);
  return askJudge(judge, text, verdict, answer.signal, context);
}

async function askJudge(
  judge: Model,
  text: string,
  verdict: Verdict,
  signal: AbortSignal,
  context: RequestContext,
): Promise<Verdict> {
  const { deps, request } = context;
  const asked = judgeRequest(request, text, verdict, deps.ids.next());
  const waitMs = context.remainingMs / 2;
  const held = await context.start(judge, asked, { role: "judge", waitMs, signal });
  if (!held.ok) return withoutJudgement(verdict, `${judge.id} was skipped: ${held.reason}`, request.minQuality);
  context.progress("judging", judge.id, 0);
  const called = await callModel(
    {
      candidate: held.started.candidate,
      prompt: asked.rendered,
      provider: deps.provider(judge.provider, held.started.account),
      slice: timeShareOf(context.remainingMs, held.started.candidate.latency, [], judge),
      signal,
      onText: () => undefined,
    },
    deps.clock,
  );
  context.spend(held.started, called.cost.nanoUsd);
  const { result } = called;
  const judgement = result.ok ? parseJudgement(result.answer.text) : null;
  const failure = !result.ok ? result.failure : judgement === null ? NOT_A_JUDGEMENT : null;
  const attempt = context.record(held.started, called, failure === null ? "accepted" : "failed", null, failure);
  await context.settle(attempt, null);
  return judgement === null
    ? withoutJudgement(verdict, `${judge.id}: ${failure?.message ?? "no judgement"}`, request.minQuality)
    : withJudgement(verdict, judgement, judge.id, request.minQuality);
}

function judgeRequest(request: Request, text: string, verdict: Verdict, mark: string): Request {
  return {
    ...request,
    rendered: judgePrompt(request, text, verdict, mark),
    maxOutputTokens: JUDGE_OUTPUT_TOKENS,
  };
}
