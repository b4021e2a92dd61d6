import { periodStart, type BudgetLimit, type BudgetScope, type BudgetState } from "../core/budget.ts";
import type { Connection, Value } from "./connection.ts";
import { dayNumberOf, type DayNumber } from "./days.ts";
import { ALL_NAMES, DIMENSIONS } from "./rollups.ts";

/**
 * How much of a limit is used. An attempt counts in the period in which its reservation was made, whenever it is settled, so
 * that what was held and what is settled can never fall into different periods.
 */
export function budgetState(connection: Connection, limit: BudgetLimit, nowMs: number): BudgetState {
  const { scope } = limit;
  const used = scope.kind === "call" ? usedByRoute(connection, scope.routeId) : usedInPeriod(connection, scope, nowMs);
  return { ...limit, spentNanoUsd: used.spent, heldNanoUsd: used.held };
}

interface Used {
  readonly spent: number;
  readonly held: number;
}

function usedByRoute(connection: Connection, routeId: string): Used {
  const request = connection.get<{ id: number }>("SELECT id FROM requests WHERE route_id = ?", routeId);
  if (request === undefined) return { spent: 0, held: 0 };
  return {
    spent: sum(connection, "SELECT sum(cost_nano_usd) AS total FROM attempts WHERE request = ?", request.id),
    held: sum(connection, "SELECT sum(amount_nano_usd) AS total FROM reservations WHERE request = ?", request.id),
  };
}

const HELD_IN_PERIOD = "SELECT sum(amount_nano_usd) AS total FROM reservations WHERE day BETWEEN ? AND ?";

/** Which rows of the rollups and which reservations a scope covers. */
const COVERED = {
  day: { dimension: DIMENSIONS.all, held: HELD_IN_PERIOD },
  month: { dimension: DIMENSIONS.all, held: HELD_IN_PERIOD },
  task: { dimension: DIMENSIONS.task, held: `${HELD_IN_PERIOD} AND task = ?` },
  provider: { dimension: DIMENSIONS.provider, held: `${HELD_IN_PERIOD} AND provider = ?` },
} as const satisfies Record<Exclude<BudgetScope["kind"], "call">, unknown>;

function usedInPeriod(connection: Connection, scope: Exclude<BudgetScope, { kind: "call" }>, nowMs: number): Used {
  const { dimension, held } = COVERED[scope.kind];
  const { first, last } = periodOf(scope, nowMs);
  const named = scope.kind === "task" ? scope.task : scope.kind === "provider" ? scope.provider : null;
  const name = named === null ? ALL_NAMES : connection.names.find(named);
  if (name === null) return { spent: 0, held: 0 };
  return {
    spent: sum(
      connection,
      "SELECT sum(cost_nano_usd) AS total FROM spend_rollups WHERE dimension = ? AND name = ? AND day BETWEEN ? AND ?",
      dimension,
      name,
      first,
      last,
    ),
    held: sum(connection, held, first, last, ...(named === null ? [] : [name])),
  };
}

/** First and last day of the period of `scope` that `nowMs` falls into. */
function periodOf(scope: BudgetScope, nowMs: number): { readonly first: DayNumber; readonly last: DayNumber } {
  const start = periodStart(scope, nowMs) ?? "";
  const first = dayNumberOf(start);
  const per = "per" in scope ? scope.per : scope.kind;
  if (per === "day") return { first, last: first };
  const date = new Date(start);
  const daysInMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return { first, last: first + daysInMonth - 1 };
}

function sum(connection: Connection, sql: string, ...values: Value[]): number {
  return connection.get<{ total: number | null }>(sql, ...values)?.total ?? 0;
}
