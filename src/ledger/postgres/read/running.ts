import type { RunningCall } from "../../../core/ledger-care.ts";
import type { Queries } from "../db/database.ts";
import { plainText } from "../db/plain-json.ts";

const RUNNING = `
  SELECT r.route_id AS "routeId", v.task, v.role, v.model, v.provider, v.amount_nano_usd AS "heldNanoUsd", v.reserved_at_ms AS "sinceMs"
  FROM signalbox.reservations v JOIN signalbox.requests r ON r.id = v.request
  WHERE NOT v.settled AND v.lease_until_ms > $1 ORDER BY v.reserved_at_ms, v.attempt_id`;

/** The calls that hold money now and whose process is alive, the oldest first. */
export async function readRunning({ all }: Queries, nowMs: number): Promise<readonly RunningCall[]> {
  return all<RunningCall>(RUNNING, [Math.round(nowMs)]);
}

const IDS = `
  SELECT route_id FROM signalbox.requests WHERE route_id > $1 AND route_id < $2 AND status IS NOT NULL ORDER BY route_id LIMIT $3`;

/** Ids of requests that have ended, between two others, the oldest first. */
export async function readIdsBetween(
  { all }: Queries,
  after: string,
  before: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await all<{ route_id: string }>(IDS, [plainText(after), plainText(before), limit]);
  return rows.map((row) => row.route_id);
}
