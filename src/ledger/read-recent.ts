import type { PastAttempt } from "../core/breaker.ts";
import type { BudgetLimit } from "../core/budget.ts";
import type { ModelId } from "../core/model.ts";
import type { Ledger } from "../core/ports.ts";
import { budgetState } from "./budgets.ts";
import type { Connection } from "./connection.ts";
import { RINGS } from "./rings.ts";

export type Recent = Awaited<ReturnType<Ledger["recent"]>>;

/** What happened longer ago says nothing about a model's health now. */
const RECENT_MS = 600_000;

const HEALTH = `
  SELECT model, at_ms, value FROM recent WHERE ring = (SELECT ?) AND at_ms >= (SELECT ?)
  ORDER BY model, at_ms DESC, seq DESC`;

/** The last attempts of each model within ten minutes, newest first, and the state of each limit. Read before every plan. */
export function readRecent(connection: Connection, limits: readonly BudgetLimit[], nowMs: number): Recent {
  const attempts = new Map<ModelId, PastAttempt[]>();
  const rows = connection.all<{ model: number; at_ms: number; value: number }>(
    HEALTH,
    RINGS.health.id,
    nowMs - RECENT_MS,
  );
  for (const row of rows) {
    const model = connection.names.of(row.model);
    const past: PastAttempt = { atMs: row.at_ms, tripped: row.value === 1 };
    const list = attempts.get(model);
    if (list === undefined) attempts.set(model, [past]);
    else list.push(past);
  }
  return { attempts, budgets: limits.map((limit) => budgetState(connection, limit, nowMs)) };
}

/** The same of a ledger that was never written. */
export function noRecent(limits: readonly BudgetLimit[]): Recent {
  return { attempts: new Map(), budgets: limits.map((limit) => ({ ...limit, spentNanoUsd: 0, heldNanoUsd: 0 })) };
}
