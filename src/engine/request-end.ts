import type { AttemptRecord } from "../core/attempt.ts";
import type { RequestErrorCode } from "../core/errors.ts";
import type { Model } from "../core/model.ts";
import { pricesAt } from "../core/price.ts";
import type { RequestEnd, RequestStatus } from "../core/ports.ts";
import { costOf, promptTokens } from "../core/usage.ts";
import type { Verdict } from "../core/verdict.ts";

/** The model that a user would otherwise use for everything. */
export interface Baseline {
  readonly model: Model;
}

interface EndInput {
  readonly routeId: string;
  readonly status: RequestStatus;
  readonly errorCode: RequestErrorCode | null;
  readonly answer: { readonly attempt: AttemptRecord; readonly verdict: Verdict } | null;
  readonly attempts: readonly AttemptRecord[];
  readonly notes: readonly string[];
  readonly endedAtMs: number;
  readonly latencyMs: number;
}

/** The ledger's closing line of a request, with what the baseline would have cost on the tokens of the answer that is returned. */
export function requestEnd(input: EndInput, baseline: Baseline): RequestEnd {
  const returned = input.status === "accepted" || input.status === "below_quality" ? input.answer : null;
  const baselineNanoUsd = returned === null ? null : baselineCost(returned.attempt, baseline.model);
  return {
    routeId: input.routeId,
    status: input.status,
    errorCode: input.errorCode,
    attemptId: returned?.attempt.attemptId ?? null,
    verdictStatus: returned?.verdict.status ?? null,
    baselineModel: baselineNanoUsd === null ? null : baseline.model.id,
    baselineNanoUsd,
    endedAtMs: input.endedAtMs,
    latencyMs: input.latencyMs,
    notes: input.notes,
  };
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

/** The better of the best answer so far and what an attempt brought: accepted before unchecked before failed, then by score. */
export function better(best: BestAnswer | null, attempt: AttemptRecord): BestAnswer | null {
  const { verdict, text } = attempt;
  if (verdict === null || text === null) return best;
  const one = { attempt, verdict, text };
  if (best === null) return one;
  const byRank = rank(one) - rank(best);
  const byScore = (verdict.score ?? 0) - (best.verdict.score ?? 0);
  return byRank > 0 || (byRank === 0 && byScore > 0) ? one : best;
}

function rank({ attempt, verdict }: BestAnswer): number {
  if (attempt.outcome === "accepted") return 2;
  return verdict.status === "unchecked" ? 1 : 0;
}
