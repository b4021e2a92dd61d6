import type { AttemptRecord } from "../core/attempt.ts";
import type { Plan, Snapshot } from "../core/planning.ts";
import { ERROR_RULES, remedyOf, type RequestErrorCode } from "../core/errors.ts";
import { emptyPlanError } from "../core/plan.ts";
import type { Request } from "../core/request.ts";
import { isBelow, shownScore, type Verdict } from "../core/verdict.ts";
import { listed } from "../checks/kit/check.ts";
import type { Refusal } from "./reserve.ts";

/** Why the last candidate was skipped. */
export interface Refused {
  readonly message: string;
  readonly why: Refusal["why"];
  readonly heldByOthers: boolean;
  /** When it is worth coming back, epoch milliseconds. */
  readonly retryAtMs: number | null;
}

/** Where a request without an accepted answer stands when no candidate is left. */
export interface Unanswered {
  readonly request: Request;
  readonly plan: Plan;
  readonly snapshot: Snapshot;
  readonly attempts: readonly AttemptRecord[];
  /** The best rejected answer. */
  readonly best: { readonly verdict: Verdict } | null;
  readonly cancelled: boolean;
  readonly elapsedMs: number;
  readonly outOfTime: boolean;
  /** Why the last candidate was skipped, if one was. */
  readonly refusal: Refused | null;
  readonly nowMs: number;
}

/** Why the best answer is not taken, and what would help: a fact is no matter of a threshold. */
function tooBad({ verdict }: { readonly verdict: Verdict }, { task, minQuality }: Request): string {
  const { status, score, summary } = verdict;
  const otherwise = 'set on_below_quality to "return_best" to get it all the same';
  if (status === "failed") {
    const scored = score === null ? "" : ` with a score of ${shownScore(score)}`;
    return `Every answer failed its checks. The best one${scored} (${whatFailed(verdict)}): add what it lacked to the prompt, or ${otherwise}.`;
  }
  if (score !== null && isBelow(verdict, minQuality)) {
    return `No answer reached min_quality ${minQuality}; the best scored ${shownScore(score)} (${summary}). Lower min_quality, or ${otherwise}.`;
  }
  return `No answer could be verified. The best one: ${summary}. Unchecked answers are not taken here: set on_unchecked of the call or of task ${task.id} to "accept", or ${otherwise}.`;
}

function whatFailed({ checks }: Verdict): string {
  return listed(
    checks.flatMap(({ name, passed, detail }) =>
      passed === false ? [detail.startsWith(`${name}: `) ? detail : `${name}: ${detail}`] : [],
    ),
  );
}

/** The typed failure of a request, or `null` when its best rejected answer is to be returned. */
export function errorOf(state: Unanswered): RequestError | null {
  const { request, plan, attempts, best, refusal } = state;
  if (state.cancelled) {
    return { code: "cancelled", message: "The caller cancelled. What had been consumed is settled." };
  }
  if (best !== null) {
    return request.onBelowQuality === "return_best" ? null : { code: "below_quality", message: tooBad(best, request) };
  }
  if (plan.order.length === 0) {
    const { retryAtMs = null, ...error } = emptyPlanError(plan.rejected, request, state.snapshot);
    return { ...error, ...comeBack(retryAtMs, state.nowMs) };
  }
  if (attempts.length === 0 && refusal !== null && !state.outOfTime) return nobodyAsked(refusal, state);
  const skipped = plan.rejected
    .filter(({ code }) => code === "unhealthy")
    .map(({ model, reason }) => `${model}: ${reason}`);
  return allFailed(attempts, {
    ...state,
    deadlineMs: request.deadlineMs,
    refusal: [refusal?.message, ...skipped].filter((each) => each !== undefined).join("; ") || null,
    ...comeBack(refusal?.retryAtMs ?? null, state.nowMs),
  });
}

/** A failed request, as the contract tells it. */
export interface RequestError {
  readonly code: RequestErrorCode;
  readonly message: string;
  readonly retryAfterMs?: number;
}

/** When to come back, in milliseconds from now: never 0, which would read as "at once". */
function comeBack(retryAtMs: number | null, nowMs: number): { readonly retryAfterMs?: number } {
  return retryAtMs === null ? {} : { retryAfterMs: Math.max(1, Math.ceil(retryAtMs - nowMs)) };
}

/** Every candidate was skipped, nothing was spent. */
function nobodyAsked(refusal: Refused, { nowMs, request }: Unanswered): RequestError {
  const { message, why, heldByOthers, retryAtMs } = refusal;
  const when = comeBack(retryAtMs, nowMs);
  switch (why) {
    case "over_budget": {
      const remedy = heldByOthers ? "try again when the running calls have ended" : "wait for the next period";
      return {
        code: "budget_exceeded",
        message: `No candidate fits the budget. ${message}. Raise the budget, or ${remedy}.`,
        ...when,
      };
    }
    case "busy":
      return {
        code: "deadline_exceeded",
        message: `No provider had room within deadline_ms ${request.deadlineMs}. ${message}. Raise deadline_ms, or the provider's limits in the config.`,
        ...when,
      };
    case "no_time":
    case "out":
    case "probed":
    case "unfit":
      return { code: "no_candidate", message: `No candidate could be asked. ${message}.`, ...when };
  }
}

interface FailureFacts {
  readonly elapsedMs: number;
  readonly deadlineMs: number;
  readonly outOfTime: boolean;
  /** Why the last candidate was skipped, if one was. */
  readonly refusal: string | null;
  /** When the skipped model is worth asking again. */
  readonly retryAfterMs?: number;
  readonly nowMs: number;
}

/** No attempt brought an answer. `deadline_exceeded` when time ran out, else `all_failed`, with what helps. */
function allFailed(attempts: readonly AttemptRecord[], facts: FailureFacts): RequestError {
  // Why each attempt failed stands with the attempt. What helps is said once, with the models that it helps.
  const remedies = Map.groupBy(
    attempts.flatMap(({ model, failure }) => (failure === null ? [] : [{ model, remedy: remedyOf(failure) }])),
    ({ remedy }) => remedy,
  );
  const lines = [...remedies].map(
    ([remedy, all]) => `${[...new Set(all.map(({ model }) => model))].join(", ")}: ${remedy}`,
  );
  if (facts.refusal !== null) lines.push(`Skipped: ${facts.refusal}`);
  const asked = attempts.flatMap(({ failure, startedAtMs, latencyMs }) =>
    failure?.retryAfterMs === undefined ? [] : startedAtMs + latencyMs + failure.retryAfterMs - facts.nowMs,
  );
  const waits = [...asked, ...(facts.retryAfterMs === undefined ? [] : [facts.retryAfterMs])];
  const when = waits.length === 0 ? {} : { retryAfterMs: Math.max(1, Math.ceil(Math.min(...waits))) };
  const onlyTimeouts = attempts.every(({ failure }) => failure?.kind === "timeout");
  const late = facts.outOfTime || facts.elapsedMs >= facts.deadlineMs * 0.9;
  if (late && (onlyTimeouts || facts.outOfTime)) {
    // The remedy of a time-out says it already.
    const raise = remedies.has(ERROR_RULES.timeout.remedy) ? "" : " Raise deadline_ms.";
    return {
      code: "deadline_exceeded",
      message: `No answer within deadline_ms ${facts.deadlineMs}. ${lines.join(". ")}.${raise}`,
      ...when,
    };
  }
  return { code: "all_failed", message: `Every candidate failed. ${lines.join(". ")}.`, ...when };
}
