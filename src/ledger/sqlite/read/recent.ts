import type { PastAttempt } from "../../../core/breaker.ts";
import type { BudgetLimit } from "../../../core/budget.ts";
import { CLOCK_SLACK_MS } from "../../../core/health.ts";
import type { ModelId } from "../../../core/model.ts";
import type { RecentFacts } from "../../../core/ports.ts";
import { budgetState } from "./budgets.ts";
import type { Connection } from "../db/connection.ts";
import { readOutages } from "../write/outages.ts";
import { readLatencies } from "../write/latency-stats.ts";
import { readOwnHealth } from "../write/own-health.ts";
import { RECENT_MS } from "../../common/bounds.ts";
import { RINGS } from "../write/recent-samples.ts";

const HEALTH = `
  SELECT model, at_ms, value FROM recent WHERE ring = (SELECT ?) AND at_ms BETWEEN (SELECT ?) AND (SELECT ?)
  ORDER BY model, seq DESC`;

/** What a plan of a principal depends on; of the attempts of each model those within ten minutes that bear on its health, newest first. */
export function readRecent(
  connection: Connection,
  limits: readonly BudgetLimit[],
  nowMs: number,
  task: string | null = null,
  batchId: string | null = null,
  principal: string | null = null,
): RecentFacts {
  const viewer = batchId === null ? undefined : { batchId, ownCallsAreFree: true };
  const attempts = new Map<ModelId, PastAttempt[]>();
  const [fromMs, untilMs] = [nowMs - RECENT_MS, nowMs + CLOCK_SLACK_MS];
  const rows = connection.all<{ model: number; at_ms: number; value: number }>(
    HEALTH,
    RINGS.health.id,
    fromMs,
    untilMs,
  );
  for (const row of rows) {
    const model = connection.names.of(row.model);
    const past: PastAttempt = { atMs: row.at_ms, tripped: row.value === 1 };
    const list = attempts.get(model);
    if (list === undefined) attempts.set(model, [past]);
    else list.push(past);
  }
  for (const [model, own] of readOwnHealth(connection, principal, fromMs, untilMs)) {
    attempts.set(
      model,
      [...own, ...(attempts.get(model) ?? [])].sort((one, other) => other.atMs - one.atMs),
    );
  }
  return {
    attempts,
    budgets: limits.map((limit) => budgetState(connection, limit, nowMs, viewer)),
    outages: readOutages(connection, nowMs),
    latencies: readLatencies(connection, task),
  };
}
