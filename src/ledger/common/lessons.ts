import { BASES } from "../../checks/kit/check-result.ts";
import type { AttemptRecord } from "../../core/attempt.ts";
import type { AttemptLesson, SeenAnswer } from "../../core/learning.ts";
import { billedOutputTokens, promptTokens } from "../../core/usage.ts";
import { answerResult, type Verdict } from "../../core/verdict.ts";
import { NEW_GUARANTEE, type Guarantee } from "../../planner/guarantee.ts";
import type { AttemptObservation } from "../../planner/statistics.ts";

/** So many of the latest requests of a task are kept for each model that was asked first, at most. */
export const KEPT_REQUESTS = 300;

/** Lessons are read again when this share of them is new: an outcome counts as so much, so that it is heard at once. */
export const NEWS_SHARE = 50;

/** An answer of a kept request, its model by name or number. The last is missing where it was kept before evidence was counted. */
export type StoredAnswer<Model> = readonly [
  model: Model,
  result: SeenAnswer["result"],
  costNanoUsd: number,
  evidenceNanoUsd?: number,
];

/** Share of wrong accepted answers that is allowed: what the request leaves open, within these. */
const LEAST_WRONG = 0.05;
const MOST_WRONG = 0.5;

export function allowedWrong(minQuality: number): number {
  return Math.min(MOST_WRONG, Math.max(LEAST_WRONG, 1 - minQuality));
}

/** A running guarantee as it is stored; a new one when nothing, or nothing legible, is. */
export function guaranteeOf(text: string | null): Guarantee {
  if (text === null) return NEW_GUARANTEE;
  const stored = JSON.parse(text) as Partial<Guarantee>;
  return typeof stored.holds === "boolean" && Array.isArray(stored.against) ? (stored as Guarantee) : NEW_GUARANTEE;
}

/** What an attempt says of its model's answers; `null`: nothing. A judge's attempts and those that were cancelled say nothing. */
export function observationOf(attempt: AttemptRecord, lesson: AttemptLesson): AttemptObservation | null {
  const { role, failure, verdict, usage, cost } = attempt;
  if (role !== "answer" && role !== "repair") return null;
  if (failure !== null && (failure.kind === "cancelled" || failure.inconclusive === true)) return null;
  const answered = failure === null;
  return {
    result: failure === null ? answerResult(attempt.outcome, verdict) : { error: failure.kind },
    failedBefore: lesson.failedBefore,
    latencyMs: answered && attempt.cost.tier === undefined ? Math.max(0, attempt.latencyMs) : null,
    outputTokens: answered ? billedOutputTokens(usage) : null,
    costNanoUsd: cost.nanoUsd,
    inputTokensEstimated: lesson.inputTokensEstimated,
    inputTokensReported: promptTokens(usage),
  };
}

/** The kind of evidence that a rejected answer was held against. */
export function evidenceOf(verdict: Verdict | null): Verdict["basis"] {
  const found = verdict?.checks.flatMap(({ evidence }) => evidence.map(({ basis }) => basis)) ?? [];
  return BASES.find((basis) => found.includes(basis)) ?? null;
}
