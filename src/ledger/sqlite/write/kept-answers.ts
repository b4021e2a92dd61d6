import { wholeMs } from "../../units.ts";
import type { Connection } from "../db/connection.ts";

const KEEP = `
  INSERT INTO kept_answers (key, route_id, expires_at_ms) VALUES (?, ?, ?)
  ON CONFLICT (key) DO UPDATE SET route_id = excluded.route_id, expires_at_ms = excluded.expires_at_ms`;
/** So many that are over go with each one that comes: a write stays short. */
const MOST_DROPPED = 20;

/** Keeps the answer of a request for as long; drops some that are over. To be run in a writing transaction. */
export function keepAnswer(
  connection: Connection,
  key: string,
  routeId: string,
  expiresAtMs: number,
  nowMs: number,
): void {
  connection.run(
    `DELETE FROM kept_answers WHERE key IN (SELECT key FROM kept_answers WHERE expires_at_ms <= ? LIMIT ${MOST_DROPPED})`,
    wholeMs(nowMs),
  );
  connection.run(KEEP, Buffer.from(key, "hex"), routeId, wholeMs(expiresAtMs));
}

/** The request whose answer is kept under a key; `null`: none, or not any more. */
export function readKeptAnswer(connection: Connection, key: string, nowMs: number): string | null {
  const row = connection.get<{ route_id: string }>(
    "SELECT route_id FROM kept_answers WHERE key = ? AND expires_at_ms > ?",
    Buffer.from(key, "hex"),
    wholeMs(nowMs),
  );
  return row?.route_id ?? null;
}

export function withdrawAnswer(connection: Connection, routeId: string): void {
  connection.run("DELETE FROM kept_answers WHERE route_id = ?", routeId);
}
