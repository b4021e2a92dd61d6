import type { BudgetLimit, BudgetScope, BudgetState } from "../../../core/budget.ts";
import { namedBy, periodOf } from "../../common/budget-period.ts";
import type { Connection } from "../db/connection.ts";
import type { SqlValue } from "../db/sql.ts";
import { HOLD_LINES, ALL_NAMES, DIMENSIONS } from "../write/rollups.ts";

/**
 * How much of a limit is used. An attempt counts in the period in which its reservation was made, whenever it is settled, so
 * that what was held and what is settled can never fall into different periods. `viewer` sees some of what is held as free.
 */
export function budgetState(
  connection: Connection,
  limit: BudgetLimit,
  nowMs: number,
  viewer: Viewer = NO_VIEWER,
): BudgetState {
  const { scope } = limit;
  const used =
    scope.kind === "call"
      ? usedByRoute(connection, scope.routeId, nowMs)
      : usedInPeriod(connection, scope, nowMs, viewer);
  return { ...limit, spentNanoUsd: used.spent, heldNanoUsd: used.held, heldUntilMs: used.heldUntilMs };
}

/** Whose question it is: a request of a batch may use what its own batch holds, and a plan of it waits for its own running calls. */
export interface Viewer {
  readonly batchId: string;
  readonly ownCallsAreFree: boolean;
}

/** An id that no batch has: NULL would compare as the calls that are of none. */
const NO_BATCH = "";
const NO_VIEWER: Viewer = { batchId: NO_BATCH, ownCallsAreFree: false };

interface Used {
  readonly spent: number;
  readonly held: number;
  /** The end of the first of those that hold something. */
  readonly heldUntilMs: number | null;
}

function usedByRoute(connection: Connection, routeId: string, nowMs: number): Used {
  const request = connection.get<{ id: number }>("SELECT id FROM requests WHERE route_id = ?", routeId);
  if (request === undefined) return NOTHING_USED;
  return {
    spent: sum(connection, "SELECT sum(cost_nano_usd) AS total FROM attempts WHERE request = ?", request.id),
    ...held(connection, `${HELD} WHERE request = ?`, nowMs, request.id),
  };
}

const NOTHING_USED: Used = { spent: 0, held: 0, heldUntilMs: null };

/** What a dead process holds is free when its lease is over, since it did not end when it should have. */
const HELD_UNTIL =
  "min(CASE WHEN amount_nano_usd > 0 THEN CASE WHEN ends_by_ms > ? THEN ends_by_ms ELSE lease_until_ms END END) AS until_ms";
const HELD = `SELECT sum(amount_nano_usd) AS total, ${HELD_UNTIL} FROM reservations`;
const HELD_IN_PERIOD = `${HELD} WHERE day BETWEEN ? AND ? AND batch_id IS NOT ?`;
const HELD_FOR_BATCHES = `
  SELECT sum(amount_nano_usd) AS total, ${HELD_UNTIL} FROM holds
  WHERE line = ? AND name = ? AND day BETWEEN ? AND ? AND batch_id IS NOT ?`;

function held(connection: Connection, sql: string, nowMs: number, ...values: SqlValue[]): Omit<Used, "spent"> {
  const row = connection.get<{ total: number | null; until_ms: number | null }>(sql, Math.round(nowMs), ...values);
  return { held: row?.total ?? 0, heldUntilMs: row?.until_ms ?? null };
}

function earlier(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

const OF_EVERYBODY =
  "SELECT sum(cost_nano_usd) AS total FROM spend_rollups WHERE dimension = ? AND name = ? AND day BETWEEN ? AND ?";
const OF_PRINCIPAL =
  "SELECT sum(cost_nano_usd) AS total FROM principal_rollups WHERE dimension = ? AND principal = ? AND day BETWEEN ? AND ?";

/** Which rows of the rollups and which reservations a scope covers. */
const ALL = { dimension: DIMENSIONS.all, line: HOLD_LINES.all, spent: OF_EVERYBODY, held: HELD_IN_PERIOD } as const;
const COVERED = {
  day: ALL,
  week: ALL,
  month: ALL,
  task: {
    dimension: DIMENSIONS.task,
    line: HOLD_LINES.task,
    spent: OF_EVERYBODY,
    held: `${HELD_IN_PERIOD} AND task = ?`,
  },
  provider: {
    dimension: DIMENSIONS.provider,
    line: HOLD_LINES.provider,
    spent: OF_EVERYBODY,
    held: `${HELD_IN_PERIOD} AND provider = ?`,
  },
  principal: {
    dimension: DIMENSIONS.all,
    line: HOLD_LINES.principal,
    spent: OF_PRINCIPAL,
    held: `${HELD_IN_PERIOD} AND principal = ?`,
  },
} as const satisfies Record<Exclude<BudgetScope["kind"], "call">, unknown>;

function usedInPeriod(
  connection: Connection,
  scope: Exclude<BudgetScope, { kind: "call" }>,
  nowMs: number,
  viewer: Viewer,
): Used {
  const { dimension, line, spent, held: heldSql } = COVERED[scope.kind];
  const { first, last } = periodOf(scope, nowMs);
  const named = namedBy(scope);
  const name = named === null ? ALL_NAMES : connection.names.find(named);
  if (name === null) return NOTHING_USED;
  const ownBatch = viewer.ownCallsAreFree ? viewer.batchId : NO_BATCH;
  const calls = held(connection, heldSql, nowMs, first, last, ownBatch, ...(named === null ? [] : [name]));
  const batches = held(connection, HELD_FOR_BATCHES, nowMs, line, name, first, last, viewer.batchId);
  return {
    spent: sum(connection, spent, dimension, name, first, last),
    held: calls.held + batches.held,
    heldUntilMs: earlier(calls.heldUntilMs, batches.heldUntilMs),
  };
}

function sum(connection: Connection, sql: string, ...values: SqlValue[]): number {
  return connection.get<{ total: number | null }>(sql, ...values)?.total ?? 0;
}
