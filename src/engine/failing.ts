import type { AttemptRecord } from "../core/attempt.ts";
import type { Plan } from "../core/candidate.ts";
import { ERROR_RULES, type RequestErrorCode } from "../core/errors.ts";
import { emptyPlanError } from "../core/plan.ts";
import type { Request } from "../core/request.ts";
import type { Verdict } from "../core/verdict.ts";

/** Where a request without an accepted answer stands when nobody is left to ask. */
export interface Unanswered {
  readonly request: Request;
  readonly plan: Plan;
  readonly attempts: readonly AttemptRecord[];
  /** The best rejected answer. */
  readonly best: { readonly verdict: Verdict } | null;
  readonly cancelled: boolean;
  readonly elapsedMs: number;
  readonly outOfTime: boolean;
  /** Why the last candidate was passed over, if one was. */
  readonly refusal: { readonly message: string; readonly heldByOthers: boolean } | null;
}

function failedChecks(verdict: Verdict): string {
  const failed = verdict.checks
    .filter((check) => check.passed === false)
    .map(({ name, detail }) => `${name}: ${detail}`);
  return failed.length === 0 ? "" : ` (${failed.join("; ")})`;
}

/** The typed failure of a request, or `null` when its best rejected answer is to be returned. */
export function errorOf(state: Unanswered): RequestError | null {
  const { request, plan, attempts, best, refusal } = state;
  if (state.cancelled) {
    return { code: "cancelled", message: "The caller cancelled. What had been consumed is settled." };
  }
  if (best !== null) {
    if (request.onBelowQuality === "return_best") return null;
    if (best.verdict.status === "unchecked") {
      const share = best.verdict.checkedShare.toFixed(2);
      const message = `No answer could be verified; what could be checked of the best one weighs ${share}. Task ${request.task.id} takes no unchecked answers: set its on_unchecked to "accept", or on_below_quality to "return_best".`;
      return { code: "below_quality", message };
    }
    const score = best.verdict.score?.toFixed(2) ?? "none";
    return {
      code: "below_quality",
      message: `No answer reached min_quality ${request.minQuality}; the best scored ${score}${failedChecks(best.verdict)}. Lower min_quality, or set on_below_quality to "return_best".`,
    };
  }
  if (plan.order.length === 0) return emptyPlanError(plan.rejected, request);
  if (attempts.length === 0 && refusal !== null && !state.outOfTime) return overBudgetOnTheWay(refusal);
  const skipped = plan.rejected
    .filter(({ code }) => code === "unhealthy")
    .map(({ model, reason }) => `${model}: ${reason}`);
  return allFailed(attempts, {
    ...state,
    deadlineMs: request.deadlineMs,
    refusal: [refusal?.message, ...skipped].filter((each) => each !== undefined).join("; ") || null,
  });
}

/** A failed request, as the contract tells it. */
export interface RequestError {
  readonly code: RequestErrorCode;
  readonly message: string;
  readonly retryAfterMs?: number;
}

/** Running calls give their money back when they end: a sensible time to come back. */
const HELD_RETRY_MS = 5_000;

/** Every candidate was refused its reservation, nothing was spent. */
function overBudgetOnTheWay(refusal: { readonly message: string; readonly heldByOthers: boolean }): RequestError {
  const message = `No candidate fits the budget. ${refusal.message}. Raise the budget, or ${refusal.heldByOthers ? "try again when the running calls have ended" : "wait for the next period"}.`;
  return refusal.heldByOthers
    ? { code: "budget_exceeded", message, retryAfterMs: HELD_RETRY_MS }
    : { code: "budget_exceeded", message };
}

interface FailureFacts {
  readonly elapsedMs: number;
  readonly deadlineMs: number;
  readonly outOfTime: boolean;
  /** Why the last candidate was passed over, if one was. */
  readonly refusal: string | null;
}

/** No attempt brought an answer. `deadline_exceeded` when time ran out, else `all_failed`, with each attempt's reason and remedy. */
function allFailed(attempts: readonly AttemptRecord[], facts: FailureFacts): RequestError {
  const lines = attempts.map(({ model, failure }) =>
    failure === null ? model : `${model}: ${failure.kind} (${failure.message}); ${ERROR_RULES[failure.kind].remedy}`,
  );
  if (facts.refusal !== null) lines.push(`passed over: ${facts.refusal}`);
  const onlyTimeouts = attempts.every(({ failure }) => failure?.kind === "timeout");
  const late = facts.outOfTime || facts.elapsedMs >= facts.deadlineMs * 0.9;
  if (late && (onlyTimeouts || facts.outOfTime)) {
    return {
      code: "deadline_exceeded",
      message: `No answer within deadline_ms ${facts.deadlineMs}. ${lines.join(". ")}. Raise deadline_ms.`,
    };
  }
  const waits = attempts.flatMap(({ failure }) => (failure?.retryAfterMs === undefined ? [] : [failure.retryAfterMs]));
  const message = `Every candidate failed. ${lines.join(". ")}.`;
  return waits.length === 0
    ? { code: "all_failed", message }
    : { code: "all_failed", message, retryAfterMs: Math.min(...waits) };
}
