import { scopeName, type BudgetState, dayOf } from "../../core/budget.ts";
import type { SpendReportInput } from "../../core/contract-reports.ts";
import type { BudgetsOut, Receipt } from "../../core/contract-resources.ts";
import { usdFromNano } from "../../core/money.ts";
import type { StoredRoute, LedgerReader, Pruned } from "../../core/ledger-reader.ts";
import { presentAttempt, presentBaseline, presentCallerSaved, presentUsage, presentVerdictInFull } from "./route.ts";
import { timeOfId } from "../../core/route-id.ts";
import type { PruneOutput } from "../../core/service.ts";

/** What is wrong with the dates of a spend report, or `null`. */
export function spendProblem(input: SpendReportInput): string | null {
  const bad = (["since", "until"] as const).filter((key) => input[key] !== undefined && !isDay(input[key] ?? ""));
  if (bad.length > 0) return `${bad.join(" and ")} must be a day, YYYY-MM-DD (UTC)`;
  return input.since !== undefined && input.until !== undefined && input.since > input.until
    ? `since ${input.since} is after until ${input.until}`
    : null;
}

/** Whether the text is a day of the calendar, YYYY-MM-DD. */
export function isDay(text: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

export function presentBudgets(budgets: readonly BudgetState[]): BudgetsOut["budgets"] {
  return budgets.map((budget) => ({
    scope: scopeName(budget.scope),
    limit_usd: usdFromNano(budget.limitNanoUsd),
    spent_usd: usdFromNano(budget.spentNanoUsd),
    held_usd: usdFromNano(budget.heldNanoUsd),
    left_usd: usdFromNano(budget.limitNanoUsd - budget.spentNanoUsd - budget.heldNanoUsd),
  }));
}

/** The receipt of a request: everything recorded about it. */
export function presentReceipt(route: StoredRoute): Receipt {
  const { request, end } = route;
  return {
    route_id: request.routeId,
    ...(request.principal === null ? {} : { principal: request.principal }),
    task: request.task,
    status: end?.status ?? "running",
    ...(end?.errorCode == null ? {} : { error_code: end.errorCode }),
    started_at: new Date(request.startedAtMs).toISOString(),
    latency_ms: end?.latencyMs ?? null,
    budget_usd: request.budgetNanoUsd === null ? null : usdFromNano(request.budgetNanoUsd),
    deadline_ms: request.deadlineMs,
    min_quality: request.minQuality,
    optimize: request.optimize,
    prompt: {
      chars: request.promptChars,
      sha256: request.promptSha256,
      ...(request.promptText === null ? {} : { text: request.promptText }),
    },
    plan: request.plan,
    ...(route.propensity === null ? {} : { plan_probability: route.propensity }),
    attempts: route.attempts.map((attempt) => ({
      ...presentAttempt(attempt),
      attempt_id: attempt.attemptId,
      returned: attempt.attemptId === end?.attemptId,
      cost_is_estimated: !attempt.cost.exact,
      started_after_ms: Math.max(0, attempt.startedAtMs - request.startedAtMs),
      first_token_ms: attempt.firstTokenMs,
      usage: presentUsage(attempt.usage),
      verdict: attempt.verdict === null ? null : presentVerdictInFull(attempt.verdict),
      ...(attempt.text === null ? {} : { text: attempt.text }),
    })),
    cost_usd: usdFromNano(route.costNanoUsd),
    baseline: presentBaseline(end, route.costNanoUsd),
    ...presentCallerSaved(end),
    ...(end?.answeredFrom === undefined ? {} : { answered_from: end.answeredFrom }),
    notes: end?.notes ?? request.notes,
    ...(request.files === undefined ? {} : { files: request.files }),
    ...(end?.written === undefined ? {} : { written: end.written }),
    reported_outcome:
      route.outcome === null
        ? null
        : { success: route.outcome.success, note: route.outcome.note, at: new Date(route.outcome.atMs).toISOString() },
  };
}

/** What is wrong with the day before which requests should go, or `null`. */
export function pruneProblem(before: string, nowMs: number): string | null {
  if (!isDay(before)) return `"${before}" is not a day; write it as YYYY-MM-DD (UTC)`;
  const today = dayOf(nowMs);
  return before > today
    ? `${before} lies in the future; the last day that can be named is today, ${today} (UTC)`
    : null;
}

export function presentPruned(pruned: Pruned): PruneOutput {
  return {
    requests: pruned.requests,
    attempts: pruned.attempts,
    kept: pruned.kept,
    bytes_before: pruned.sizeBytesBefore,
    bytes_after: pruned.sizeBytesAfter,
    bytes_free: pruned.freeBytes,
    complete: pruned.complete,
  };
}

/** Why the ledger does not know a route: it never existed, with what to do about that, or it was pruned. */
export async function whyUnknown(reader: LedgerReader, routeId: string, remedy: string): Promise<string> {
  const atMs = timeOfId(routeId);
  const before = atMs === null ? null : await reader.prunedBefore();
  return atMs === null || before === null || dayOf(atMs) >= before
    ? `Unknown route_id "${routeId}"${remedy}`
    : `The route "${routeId}" of ${dayOf(atMs)} is not in the ledger any more: what ended before ${before} was pruned, its cost is still in every sum`;
}
