import type { PastAttempt } from "../../../core/breaker.ts";
import type { ModelId } from "../../../core/model.ts";
import { NEWEST } from "../../common/bounds.ts";
import type { Connection } from "../db/connection.ts";

/** Who stands for the owner. */
const OWNER = 0;

const PUSH = `
  INSERT INTO own_health (principal, model, at_ms, value, seq)
  VALUES (?, ?, ?, ?, 1 + coalesce((
    SELECT seq FROM own_health WHERE principal = (SELECT ?) AND model = (SELECT ?) ORDER BY seq DESC LIMIT 1), 0))
  RETURNING seq`;

/** Adds an outcome that what was asked can cause. `forgetBeforeMs`: what is older matters to no principal any more, and goes. */
export function pushOwnHealth(
  connection: Connection,
  by: number | null,
  model: number,
  outcome: PastAttempt,
  forgetBeforeMs: number,
): void {
  const principal = by ?? OWNER;
  const value = outcome.tripped ? 1 : 0;
  const pushed = connection.get<{ seq: number }>(PUSH, principal, model, outcome.atMs, value, principal, model);
  const last = (pushed?.seq ?? 0) - NEWEST.own;
  if (last > 0) {
    connection.run("DELETE FROM own_health WHERE principal = ? AND model = ? AND seq <= ?", principal, model, last);
  }
  connection.run("DELETE FROM own_health WHERE at_ms < ?", forgetBeforeMs);
}

const READ = `
  SELECT model, at_ms, value FROM own_health
  WHERE principal = (SELECT ?) AND at_ms BETWEEN (SELECT ?) AND (SELECT ?) ORDER BY model, seq DESC`;

/** A principal's own outcomes (`null`: the owner's) of each model between two times, newest first. */
export function readOwnHealth(
  connection: Connection,
  by: string | null,
  fromMs: number,
  untilMs: number,
): ReadonlyMap<ModelId, readonly PastAttempt[]> {
  const principal = by === null ? OWNER : connection.names.find(by);
  const found = new Map<ModelId, PastAttempt[]>();
  if (principal === null) return found;
  for (const row of connection.all<{ model: number; at_ms: number; value: number }>(READ, principal, fromMs, untilMs)) {
    const model = connection.names.of(row.model);
    const past: PastAttempt = { atMs: row.at_ms, tripped: row.value === 1 };
    const list = found.get(model);
    if (list === undefined) found.set(model, [past]);
    else list.push(past);
  }
  return found;
}
