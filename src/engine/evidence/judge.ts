import { judgeFor } from "../../core/evidence.ts";
import {
  judgePrompt,
  JUDGE_OUTPUT_TOKENS,
  JUDGEMENT_SCHEMA,
  parseJudgement,
  withJudgement,
  withoutJudgement,
  type SecondAnswer,
} from "../../core/judge.ts";
import type { Verdict } from "../../core/verdict.ts";
import type { RequestContext } from "../request-context.ts";
import { askForEvidence, type AnswerInQuestion } from "./ask.ts";
import { precisionOf } from "./precision.ts";
import { otherAnswers } from "./other-answers.ts";

/** Asks a judge about an answer, once. A failure of the judge leaves the verdict as it was, with the reason. */
export async function judged(about: AnswerInQuestion, verdict: Verdict, context: RequestContext): Promise<Verdict> {
  const { request, deps } = context;
  const { provider: own } = about.started.candidate.model;
  const judge = judgeFor(own, request, context.snapshot);
  if (judge === undefined)
    return withoutJudgement(verdict, `the task names no judge of another provider than ${own}`, request.minQuality);
  // A judge would know its own vendor's answer.
  const second: SecondAnswer | undefined = otherAnswers(about, context).find(
    ({ provider }) => provider !== judge.provider,
  );
  const rendered = judgePrompt(request, about.text, verdict, deps.ids.next(), second ?? null);
  const asked = await askForEvidence(
    {
      model: judge,
      role: "judge",
      stage: "judging",
      request: { ...request, rendered, responseSchema: JUDGEMENT_SCHEMA, maxOutputTokens: JUDGE_OUTPUT_TOKENS },
      read: parseJudgement,
      form: "the object that a judge is asked for",
    },
    about,
    context,
  );
  const { share, words } = precisionOf("judge", [judge.id], context);
  return asked.ok
    ? withJudgement(
        verdict,
        asked.value,
        { model: judge.id, record: share === null ? null : words },
        request.minQuality,
      )
    : withoutJudgement(verdict, asked.reason, request.minQuality);
}
