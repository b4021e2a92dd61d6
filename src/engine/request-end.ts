import type { SeenAnswer } from "../core/learning.ts";
import type { AttemptRecord } from "../core/attempt.ts";
import { callerSaved } from "../core/caller-saving.ts";
import type { Delivery } from "../core/file-output.ts";
import type { RequestErrorCode } from "../core/errors.ts";
import type { Model } from "../core/model.ts";
import { pricesAt } from "../core/price.ts";
import type { RequestEnd, RequestStatus } from "../core/ports.ts";
import type { RequestContext } from "./request-context.ts";
import { costOf, promptTokens } from "../core/usage.ts";
import { answerResult, type Verdict, type VerdictStatus } from "../core/verdict.ts";

interface EndInput {
  readonly status: RequestStatus;
  readonly errorCode: RequestErrorCode | null;
  readonly answer: BestAnswer | null;
  /** What became of an answer that was to be written; `null`: none was. */
  readonly delivery: Delivery | null;
}

/** The ledger's closing line of a request. Only an accepted answer earns a baseline: what the baseline model would cost on its tokens. */
export function requestEnd(context: RequestContext, { status, errorCode, answer, delivery }: EndInput): RequestEnd {
  const { request, attempts, deps } = context;
  const endedAtMs = deps.clock.nowMs();
  const returned = status === "accepted" || status === "below_quality" ? answer : null;
  const accepted = status === "accepted" ? returned : null;
  const saved =
    returned === null ? null : callerSaved(request.readTokens ?? 0, delivery, returned.text, deps.caller, endedAtMs);
  const baseline = deps.baseline.model;
  const baselineNanoUsd = accepted === null ? null : baselineCost(accepted.attempt, baseline);
  return {
    routeId: request.routeId,
    status,
    errorCode,
    attemptId: returned?.attempt.attemptId ?? null,
    verdictStatus: returned?.verdict.status ?? null,
    baselineModel: baselineNanoUsd === null ? null : baseline.id,
    baselineNanoUsd,
    endedAtMs,
    latencyMs: Math.round(context.elapsedMs),
    notes: context.notes,
    ...(delivery?.ok === true ? { written: delivery.written } : {}),
    ...(saved === null ? {} : { callerSaved: saved }),
    seen: seenAnswers(attempts),
  };
}

/**
 * What the answers came to, for what is learned of them, the accepted one last: errors are none. `attempts` in the order in which they
 * began: evidence about an answer is bought after it.
 */
function seenAnswers(attempts: readonly AttemptRecord[]): readonly SeenAnswer[] {
  const turns: { readonly attempt: AttemptRecord; evidenceNanoUsd: number }[] = [];
  for (const attempt of attempts) {
    const about = turns.at(-1);
    if (attempt.role === "answer" || attempt.role === "repair") turns.push({ attempt, evidenceNanoUsd: 0 });
    else if (about !== undefined) about.evidenceNanoUsd += attempt.cost.nanoUsd;
  }
  return turns
    .sort((one, other) => Number(isAccepted(one.attempt)) - Number(isAccepted(other.attempt)))
    .flatMap(({ attempt: { verdict, outcome, model, cost }, evidenceNanoUsd }): readonly SeenAnswer[] =>
      verdict === null
        ? []
        : [{ model, result: answerResult(outcome, verdict), costNanoUsd: cost.nanoUsd, evidenceNanoUsd }],
    );
}

function isAccepted({ outcome }: AttemptRecord): boolean {
  return outcome === "accepted";
}

function baselineCost(attempt: AttemptRecord, model: Model): number | null {
  if (model.prices === "unpriced") return null;
  return (
    costOf(attempt.usage, pricesAt(model.prices, attempt.startedAtMs, promptTokens(attempt.usage) ?? 0))?.nanoUsd ??
    null
  );
}

/** An answer that can be returned. */
export interface BestAnswer {
  readonly attempt: AttemptRecord;
  readonly verdict: Verdict;
  readonly text: string;
}

const RANKS = { verified: 2, unchecked: 1, failed: 0 } as const satisfies Record<VerdictStatus, number>;

/**
 * The better of the best answer so far and what an attempt brought: accepted before rejected, verified before unchecked before
 * failed, then by score; of equals the one that came first.
 */
export function better(best: BestAnswer | null, attempt: AttemptRecord, minQuality: number): BestAnswer | null {
  const { verdict, text } = attempt;
  if (verdict === null || text === null) return best;
  const one = { attempt, verdict, text };
  if (best === null) return one;
  const differences = order(one, minQuality).map((mine, index) => mine - (order(best, minQuality)[index] ?? 0));
  return (differences.find((difference) => difference !== 0) ?? 0) > 0 ? one : best;
}

/** What counts first stands first. */
function order({ attempt, verdict }: BestAnswer, minQuality: number): readonly number[] {
  return [
    attempt.outcome === "accepted" ? 1 : 0,
    RANKS[verdict.status],
    verdict.score ?? unscored(verdict, minQuality),
  ];
}

/** An answer of which nothing is known is better than one that is known to be below the quality asked for, unless it failed. */
function unscored({ status }: Verdict, minQuality: number): number {
  return status === "failed" ? 0 : minQuality;
}
