import { asksNext } from "../../core/unchecked.ts";
import { mayBeVerified, wantsEvidence, withEvidence } from "../../core/bought-evidence.ts";
import { verificationMs } from "../../core/deadline.ts";
import type { LatencyEstimate } from "../../core/latency.ts";
import type { Verdict } from "../../core/verdict.ts";
import type { RequestContext } from "../request-context.ts";
import type { Started } from "../started.ts";
import { agreed } from "./agree.ts";
import type { AnswerInQuestion } from "./ask.ts";
import { judged } from "./judge.ts";
import { tested } from "./tests.ts";

/** Buys the evidence that the request wants of an unchecked answer, step by step, until there is some. */
export async function withBoughtEvidence(
  text: string,
  verdict: Verdict,
  started: Started,
  costNanoUsd: number,
  later: readonly LatencyEstimate[],
  context: RequestContext,
): Promise<Verdict> {
  const { onUnchecked, minQuality } = context.request;
  // Where an answer that stays unchecked is not taken, the next candidate must still have its chance.
  const waiting = asksNext(onUnchecked) ? later : [];
  const about: AnswerInQuestion = { text, started, costNanoUsd, later: waiting };
  const verifyMs = (): number => verificationMs(context.remainingMs, waiting[0]);
  let now = verdict;
  for (const step of onUnchecked) {
    if (!wantsEvidence(now) || started.signal.aborted) return now;
    if (step !== "judge" && !mayBeVerified(now)) continue;
    switch (step) {
      case "tests":
        now = withEvidence(now, await tested(about, verifyMs, context), minQuality);
        break;
      case "agree":
        now = withEvidence(now, await agreed(about, verifyMs, context), minQuality);
        break;
      case "judge":
        now = await judged(about, now, context);
        break;
      case "accept":
      case "next":
        return now;
    }
  }
  return now;
}
