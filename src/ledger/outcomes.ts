import { wholeMs } from "./amounts.ts";
import type { Connection } from "./connection.ts";
import { findRequest, recount } from "./requests.ts";

const UPSERT = `
  INSERT INTO outcomes (request, success, note, at_ms) VALUES (?, ?, ?, ?)
  ON CONFLICT (request) DO UPDATE SET success = excluded.success, note = excluded.note, at_ms = excluded.at_ms`;

/** Stores what the caller says about an answer later; the last word counts. False when nobody knows the route. */
export function recordOutcome(
  connection: Connection,
  routeId: string,
  success: boolean,
  note: string | null,
  nowMs: number,
): boolean {
  const request = findRequest(connection, routeId);
  if (request === null) return false;
  recount(connection, request.id, () => {
    connection.run(UPSERT, request.id, success ? 1 : 0, note, wholeMs(nowMs));
  });
  return true;
}
