import type { ErrorKind } from "../../../core/errors.ts";
import type { OutageScope } from "../../../core/errors.ts";
import type { Outage } from "../../../core/outage.ts";
import type { HealthNews } from "../../../core/ports.ts";
import { FORGOTTEN_MS, MOST_OUTAGE_CHARS } from "../../common/bounds.ts";
import { wholeMs } from "../../units.ts";
import type { Connection } from "../db/connection.ts";

const UPSERT = `
  INSERT INTO outages (key, scope, kind, message, since_ms, until_ms, times) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, message = excluded.message, since_ms = excluded.since_ms,
    until_ms = excluded.until_ms, times = excluded.times
  WHERE excluded.until_ms > until_ms`;

const CLEAR = "DELETE FROM outages WHERE key IN (SELECT value FROM json_each(?)) AND since_ms <= ?";

/**
 * Stores what an attempt has told about the health of its model and provider. What goes well ends what began before it; a vendor
 * that has named a later time is not asked at an earlier one that it names as well.
 */
export function storeNews(connection: Connection, { takesOut, clears }: HealthNews, startedAtMs: number): void {
  if (clears.length > 0) connection.run(CLEAR, JSON.stringify(clears), startedAtMs);
  if (takesOut === null) return;
  const { key, scope, kind, message, sinceMs, untilMs, times } = takesOut;
  const { names } = connection;
  connection.run(
    UPSERT,
    key,
    names.id(scope),
    names.id(kind),
    message.slice(0, MOST_OUTAGE_CHARS),
    wholeMs(sinceMs),
    wholeMs(untilMs),
    times,
  );
}

interface OutageRow {
  readonly key: string;
  readonly scope: number;
  readonly kind: number;
  readonly message: string;
  readonly since_ms: number;
  readonly until_ms: number;
  readonly times: number;
}

export const NO_OUTAGES: ReadonlyMap<string, Outage> = new Map();

/** All outages by key, those that are over as well: a handful of rows. */
export function readOutages(connection: Connection, nowMs: number): ReadonlyMap<string, Outage> {
  const rows = connection.all<OutageRow>("SELECT * FROM outages WHERE until_ms >= ?", nowMs - FORGOTTEN_MS);
  return new Map(rows.map((row) => [row.key, outageFrom(connection, row)]));
}

/** The outage under these keys that refuses a call now; `null` when there is none. */
export function outageNow(connection: Connection, keys: readonly string[], nowMs: number): Outage | null {
  if (keys.length === 0) return null;
  const rows = connection.all<OutageRow>("SELECT * FROM outages WHERE until_ms > ? AND since_ms <= ?", nowMs, nowMs);
  const found = keys.flatMap((key) => rows.find((row) => row.key === key) ?? [])[0];
  return found === undefined ? null : outageFrom(connection, found);
}

function outageFrom({ names }: Connection, row: OutageRow): Outage {
  return {
    key: row.key,
    scope: names.of(row.scope) as OutageScope,
    kind: names.of(row.kind) as ErrorKind,
    message: row.message,
    sinceMs: row.since_ms,
    untilMs: row.until_ms,
    times: row.times,
  };
}
