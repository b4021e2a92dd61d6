import { periodStart, type BudgetScope } from "../../core/budget.ts";
import { dayNumberOf, type DayNumber } from "../units.ts";

/** Whose money it is; `null`: all principals'. */
export function namedBy(scope: Exclude<BudgetScope, { kind: "call" }>): string | null {
  switch (scope.kind) {
    case "day":
    case "week":
    case "month":
      return null;
    case "task":
      return scope.task;
    case "provider":
      return scope.provider;
    case "principal":
      return scope.principal;
  }
}

/** First and last day of the period of `scope` that `nowMs` falls into. */
export function periodOf(scope: BudgetScope, nowMs: number): { readonly first: DayNumber; readonly last: DayNumber } {
  const start = periodStart(scope, nowMs) ?? "";
  const first = dayNumberOf(start);
  const per = "per" in scope ? scope.per : scope.kind;
  if (per === "day") return { first, last: first };
  if (per === "week") return { first, last: first + 6 };
  const date = new Date(start);
  const daysInMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return { first, last: first + daysInMonth - 1 };
}
