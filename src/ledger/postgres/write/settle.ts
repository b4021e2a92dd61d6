import type { CheckResult } from "../../../checks/kit/check-result.ts";
import type { AttemptRecord } from "../../../core/attempt.ts";
import type { AttemptLesson } from "../../../core/learning.ts";
import type { HealthNews, RequestEnd } from "../../../core/ports.ts";
import { billedOutputTokens, promptTokens, type Usage } from "../../../core/usage.ts";
import type { Verdict } from "../../../core/verdict.ts";
import { samplesOf, shortened } from "../../common/attempt-facts.ts";
import { MOST_OUTAGE_CHARS, NEWEST, RECENT_MS } from "../../common/bounds.ts";
import { keptOf } from "../../common/check-record.ts";
import { evidenceOf, observationOf } from "../../common/lessons.ts";
import { checkedAmount, dayNumberAt, wholeMs, wholeMsOrNull } from "../../units.ts";
import type { LessonEvent } from "./lessons.ts";
import { endArgument } from "./requests.ts";

/** What of an attempt stands in one JSON column. */
export interface StoredAttempt {
  readonly failure: AttemptRecord["failure"];
  /** Without its summary, which follows from the rest. */
  readonly verdict: { readonly checks: readonly CheckResult[]; readonly judgedBy?: string } | null;
  readonly exact: boolean;
  readonly usage: Usage;
  readonly startedAtMs: number;
  readonly firstTokenMs: number | null;
}

/** What the function `settle` takes. Throws RangeError on a cost that is no amount of money. */
export function settleArgument(
  attempt: AttemptRecord,
  end: RequestEnd | null,
  storeText: boolean,
  news?: HealthNews,
  lesson?: AttemptLesson,
): object {
  return {
    routeId: attempt.routeId,
    attempt: attemptArgument(attempt, storeText),
    end: end === null ? null : endArgument(end),
    news: news === undefined ? null : newsArgument(news, attempt),
    lesson: lesson === undefined ? null : lessonArgument(attempt, lesson),
  };
}

function attemptArgument(attempt: AttemptRecord, storeText: boolean): object {
  const { failure, verdict, usage } = attempt;
  const samples = samplesOf(attempt);
  return {
    attemptId: attempt.attemptId,
    ordinal: attempt.ordinal,
    role: attempt.role,
    model: attempt.model,
    provider: attempt.provider,
    outcome: attempt.outcome,
    latencyMs: wholeMs(attempt.latencyMs),
    costNanoUsd: checkedAmount(attempt.cost.nanoUsd, "The cost of an attempt"),
    inputTokens: promptTokens(usage) ?? 0,
    outputTokens: billedOutputTokens(usage) ?? 0,
    verdictStatus: verdict?.status ?? null,
    score: verdict?.score ?? null,
    basis: verdict?.basis ?? null,
    errorKind: failure?.kind ?? null,
    text: storeText ? attempt.text : null,
    startDay: dayNumberAt(attempt.startedAtMs),
    samples: samples === null ? [] : sampleRows(samples),
    forgetOwnBeforeMs: samples?.isOwn === true ? samples.atMs - RECENT_MS : null,
    record: storedAttempt(attempt),
  };
}

export function storedAttempt(attempt: AttemptRecord): StoredAttempt {
  const { failure, verdict, usage } = attempt;
  return {
    failure:
      failure === null
        ? null
        : {
            kind: failure.kind,
            message: shortened(failure.message),
            ...(failure.status === undefined ? {} : { status: failure.status }),
            ...(failure.retryAfterMs === undefined ? {} : { retryAfterMs: wholeMs(failure.retryAfterMs) }),
          },
    verdict: verdict === null ? null : storedVerdict(verdict),
    exact: attempt.cost.exact,
    usage,
    startedAtMs: wholeMs(attempt.startedAtMs),
    firstTokenMs: wholeMsOrNull(attempt.firstTokenMs),
  };
}

function sampleRows({ atMs, tripped, isOwn, latencyMs }: NonNullable<ReturnType<typeof samplesOf>>): readonly object[] {
  const value = tripped ? 1 : 0;
  if (isOwn) return [{ kind: 3, atMs, value, size: NEWEST.own }];
  const health = { kind: 0, atMs, value, size: NEWEST.health };
  if (latencyMs === null) return [health];
  return [
    health,
    { kind: 1, atMs, value: latencyMs, size: NEWEST.latency },
    { kind: 2, atMs, value: latencyMs, size: NEWEST.latencyOfTask },
  ];
}

function storedVerdict({ checks, judgedBy }: Verdict): StoredAttempt["verdict"] {
  const kept = checks.map((check): CheckResult => ({
    name: check.name,
    ...(check.criterion === true ? { criterion: true } : {}),
    passed: check.passed,
    detail: check.detail,
    findings: [],
    evidence: [],
    ...keptOf(check),
  }));
  return { checks: kept, ...(judgedBy === undefined ? {} : { judgedBy }) };
}

function newsArgument({ takesOut, clears }: HealthNews, attempt: AttemptRecord): object {
  return {
    startedAtMs: wholeMs(attempt.startedAtMs),
    clears: [...clears].sort(),
    takesOut:
      takesOut === null
        ? null
        : {
            ...takesOut,
            message: takesOut.message.slice(0, MOST_OUTAGE_CHARS),
            sinceMs: wholeMs(takesOut.sinceMs),
            untilMs: wholeMs(takesOut.untilMs),
          },
  };
}

function lessonArgument(attempt: AttemptRecord, lesson: AttemptLesson): object | null {
  const observation = observationOf(attempt, lesson);
  if (observation === null) return null;
  const { verdict } = attempt;
  const basis = observation.result === "failed" ? evidenceOf(verdict) : (verdict?.basis ?? null);
  const event: LessonEvent = { type: "attempt", observation };
  return { basis: basis ?? "", event };
}
