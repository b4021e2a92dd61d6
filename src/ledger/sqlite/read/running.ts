import type { RunningCall } from "../../../core/ledger-care.ts";
import type { Connection } from "../db/connection.ts";

const RUNNING = `
  SELECT r.route_id, v.task, v.role, v.model, v.provider, v.amount_nano_usd, v.reserved_at_ms
  FROM reservations v JOIN requests r ON r.id = v.request
  WHERE v.settled = 0 AND v.lease_until_ms > ? ORDER BY v.reserved_at_ms, v.attempt_id`;

interface RunningRow {
  readonly route_id: string;
  readonly task: number;
  readonly role: number | null;
  readonly model: number;
  readonly provider: number;
  readonly amount_nano_usd: number;
  readonly reserved_at_ms: number;
}

/** The calls that hold money now and whose process is alive, the oldest first. */
export function readRunning(connection: Connection, nowMs: number): readonly RunningCall[] {
  const { names } = connection;
  return connection.all<RunningRow>(RUNNING, nowMs).map((row) => ({
    routeId: row.route_id,
    task: names.of(row.task),
    role: names.ofOrNull(row.role) ?? "answer",
    model: names.of(row.model),
    provider: names.of(row.provider),
    heldNanoUsd: row.amount_nano_usd,
    sinceMs: row.reserved_at_ms,
  }));
}

const IDS =
  "SELECT route_id FROM requests WHERE route_id > ? AND route_id < ? AND status IS NOT NULL ORDER BY route_id LIMIT ?";

/** Ids of requests that have ended, between two others, the oldest first. */
export function readIdsBetween(
  connection: Connection,
  after: string,
  before: string,
  limit: number,
): readonly string[] {
  return connection.all<{ route_id: string }>(IDS, after, before, limit).map((row) => row.route_id);
}
