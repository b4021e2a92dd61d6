import type { BudgetLimit, BudgetState } from "../../../core/budget.ts";
import { namedBy, periodOf } from "../../common/budget-period.ts";

/** The lines of a batch's hold. */
export const LINES = { all: 0, provider: 2, task: 3, principal: 4 } as const;

/** A limit as the functions of the database read it: the rows of sums that it covers. */
export interface LimitArgument {
  /** Which limit of the call it is. */
  readonly index: number;
  readonly limit: number;
  /** What is asked for. */
  readonly needed: number;
  /** Of a limit on one request; the rest is absent then. */
  readonly routeId?: string;
  readonly principal?: string;
  readonly dimension?: number;
  readonly name?: string;
  /** First and last day of its period. */
  readonly first?: number;
  readonly last?: number;
  /** Where it is among the lines of a hold. */
  readonly line?: number;
  readonly lineName?: string;
  readonly task?: string;
  readonly provider?: string;
}

const ALONG = { day: 0, week: 0, month: 0, task: 3, provider: 2, principal: 0 } as const;
const LINE_OF = {
  day: 0,
  week: 0,
  month: 0,
  task: LINES.task,
  provider: LINES.provider,
  principal: LINES.principal,
} as const;

export function limitArgument(
  { scope, limitNanoUsd: limit }: BudgetLimit,
  index: number,
  needed: number,
  nowMs: number,
): LimitArgument {
  const asked = { index, limit, needed };
  if (scope.kind === "call") return { ...asked, routeId: scope.routeId };
  const named = namedBy(scope) ?? "";
  return {
    ...asked,
    ...periodOf(scope, nowMs),
    principal: scope.kind === "principal" ? named : "",
    dimension: ALONG[scope.kind],
    name: scope.kind === "principal" ? "" : named,
    line: LINE_OF[scope.kind],
    lineName: named,
    ...(scope.kind === "task" ? { task: named } : {}),
    ...(scope.kind === "provider" ? { provider: named } : {}),
  };
}

/** Who decides about the same thing locks the same row; a limit on one request needs none, since its route is locked. */
export function guardOf({ scope }: BudgetLimit): readonly string[] {
  if (scope.kind === "call") return [];
  const isOfAll = scope.kind === "week" || scope.kind === "month";
  return [`budget ${isOfAll ? "day" : scope.kind} ${namedBy(scope) ?? ""}`];
}

/** What the database says of a limit. */
export interface UsedOfLimit {
  readonly spent: number;
  readonly held: number;
  readonly until: number | null;
}

export function stateOf(limit: BudgetLimit, { spent, held, until }: UsedOfLimit): BudgetState {
  return { ...limit, spentNanoUsd: spent, heldNanoUsd: held, heldUntilMs: until };
}
