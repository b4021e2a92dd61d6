import { wholeMs } from "../../units.ts";
import type { Database, Queries } from "../db/database.ts";
import { plainText } from "../db/plain-json.ts";

/** Some that are over go with each one that comes. */
const KEEP = `
  WITH dropped AS (
    DELETE FROM signalbox.kept_answers WHERE key IN (
      SELECT key FROM signalbox.kept_answers WHERE expires_at_ms <= $4 AND key <> $1 LIMIT 20 FOR UPDATE SKIP LOCKED)
  )
  INSERT INTO signalbox.kept_answers (key, route_id, expires_at_ms) VALUES ($1, $2, $3)
  ON CONFLICT (key) DO UPDATE SET route_id = excluded.route_id, expires_at_ms = excluded.expires_at_ms`;

/** Keeps the answer of a request for as long. */
export async function keepAnswer(
  database: Database,
  key: string,
  routeId: string,
  expiresAtMs: number,
  nowMs: number,
  waitMs: number,
): Promise<void> {
  const values = [key, plainText(routeId), wholeMs(expiresAtMs), wholeMs(nowMs)];
  await database.write(({ all }) => all(KEEP, values), waitMs);
}

/** The request whose answer is kept under a key; `null`: none, or not any more. */
export async function readKeptAnswer({ all }: Queries, key: string, nowMs: number): Promise<string | null> {
  const [row] = await all<{ route_id: string }>(
    "SELECT route_id FROM signalbox.kept_answers WHERE key = $1 AND expires_at_ms > $2",
    [key, wholeMs(nowMs)],
  );
  return row?.route_id ?? null;
}

export async function withdrawAnswer(database: Database, routeId: string, waitMs: number): Promise<void> {
  await database.write(
    ({ all }) => all("DELETE FROM signalbox.kept_answers WHERE route_id = $1", [plainText(routeId)]),
    waitMs,
  );
}
