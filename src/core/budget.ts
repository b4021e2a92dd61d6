import type { NanoUsd } from "./money.ts";

/** Days, ISO weeks (from Monday on) and months, UTC. */
export type BudgetPeriod = "day" | "week" | "month";

/** What a budget covers: all attempts of one request, or everything since a moment, maybe of one task or provider only. */
export type BudgetScope =
  | { readonly kind: "call"; readonly routeId: string }
  | { readonly kind: BudgetPeriod }
  | { readonly kind: "task"; readonly task: string; readonly per: BudgetPeriod }
  | { readonly kind: "provider"; readonly provider: string; readonly per: BudgetPeriod }
  | { readonly kind: "principal"; readonly principal: string; readonly per: BudgetPeriod };

/** A limit on a scope. */
export interface BudgetLimit {
  readonly scope: BudgetScope;
  readonly limitNanoUsd: NanoUsd;
  /** Others draw on it too, and their figures are not for the principal who asks. */
  readonly shared?: true;
}

/** A limit for every principal that has none of its own for the period. */
export interface PrincipalLimit {
  readonly per: BudgetPeriod;
  readonly limitNanoUsd: NanoUsd;
}

/** The limits that hold for a principal's requests: the shared ones, and its own; the shared ones alone for the owner (`null`). */
export function limitsFor(
  principal: string | null,
  limits: readonly BudgetLimit[],
  each: readonly PrincipalLimit[],
): readonly BudgetLimit[] {
  const everybodys = limits.filter(({ scope }) => scope.kind !== "principal");
  if (principal === null) return everybodys;
  const named = limits.filter(({ scope }) => scope.kind === "principal" && scope.principal === principal);
  const periods = new Set(named.map(({ scope }) => "per" in scope && scope.per));
  const own = each
    .filter(({ per }) => !periods.has(per))
    .map(({ per, limitNanoUsd }): BudgetLimit => ({ scope: { kind: "principal", principal, per }, limitNanoUsd }));
  return [...everybodys.map((limit): BudgetLimit => ({ ...limit, shared: true })), ...named, ...own];
}

/** A limit and how much of it is used: settled, and held by attempts that are still running. */
export interface BudgetState extends BudgetLimit {
  readonly spentNanoUsd: NanoUsd;
  readonly heldNanoUsd: NanoUsd;
  /** When some of what is held is certain to be free again, epoch milliseconds; `null` when nothing is held. */
  readonly heldUntilMs: number | null;
}

/** What may still be reserved; never negative. */
export function leftOf(budget: BudgetState): NanoUsd {
  return Math.max(0, budget.limitNanoUsd - budget.spentNanoUsd - budget.heldNanoUsd);
}

/** Whether `amount` fits: settled + held + new <= limit. */
export function fits(budget: BudgetState, amountNanoUsd: NanoUsd): boolean {
  return budget.spentNanoUsd + budget.heldNanoUsd + amountNanoUsd <= budget.limitNanoUsd;
}

/**
 * Whether an attempt of this task and provider counts against the scope. A principal's own budgets cover all that it asks:
 * only it is shown them (see `limitsFor`).
 */
export function covers(scope: BudgetScope, task: string, provider: string): boolean {
  switch (scope.kind) {
    case "call":
    case "day":
    case "week":
    case "month":
    case "principal":
      return true;
    case "task":
      return scope.task === task;
    case "provider":
      return scope.provider === provider;
  }
}

/** "day", "week", "month", "call", "task planning per day": for messages and for the ledger. */
export function scopeName(scope: BudgetScope): string {
  switch (scope.kind) {
    case "call":
    case "day":
    case "week":
    case "month":
      return scope.kind;
    case "task":
      return `task ${scope.task} per ${scope.per}`;
    case "provider":
      return `provider ${scope.provider} per ${scope.per}`;
    case "principal":
      return `principal ${scope.principal} per ${scope.per}`;
  }
}

/** The UTC day (YYYY-MM-DD) of a moment. */
export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

/** The first day of the scope's period, YYYY-MM-DD; `null` for a call, which has no period. */
export function periodStart(scope: BudgetScope, nowMs: number): string | null {
  if (scope.kind === "call") return null;
  const per = "per" in scope ? scope.per : scope.kind;
  switch (per) {
    case "day":
      return dayOf(nowMs);
    case "week":
      return dayOf(nowMs - ((new Date(nowMs).getUTCDay() + 6) % DAYS_OF_WEEK) * DAY_MS);
    case "month":
      return `${dayOf(nowMs).slice(0, 7)}-01`;
  }
}

const DAY_MS = 86_400_000;
const DAYS_OF_WEEK = 7;
