import type { ErrorKind } from "../core/errors.ts";
import type { Outage, OutageScope } from "../core/outage.ts";
import type { HealthNews } from "../core/ports.ts";
import { wholeMs } from "./amounts.ts";
import type { Connection } from "./connection.ts";

const UPSERT = `
  INSERT OR REPLACE INTO outages (key, scope, kind, message, since_ms, until_ms, times) VALUES (?, ?, ?, ?, ?, ?, ?)`;

/** A vendor's page of HTML is no use in a reason. */
const MAX_MESSAGE_CHARS = 300;

/** Stores what an attempt has told about the health of its model and provider. */
export function storeNews(connection: Connection, { takesOut, clears }: HealthNews): void {
  for (const key of clears) connection.run("DELETE FROM outages WHERE key = ?", key);
  if (takesOut === null) return;
  const { key, scope, kind, message, sinceMs, untilMs, times } = takesOut;
  const { names } = connection;
  connection.run(
    UPSERT,
    key,
    names.id(scope),
    names.id(kind),
    message.slice(0, MAX_MESSAGE_CHARS),
    wholeMs(sinceMs),
    wholeMs(untilMs),
    times,
  );
}

/** What is older than this is forgotten. */
const FORGOTTEN_MS = 86_400_000;

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
  const { names } = connection;
  const rows = connection.all<OutageRow>("SELECT * FROM outages WHERE until_ms >= ?", nowMs - FORGOTTEN_MS);
  return new Map(
    rows.map((row) => [
      row.key,
      {
        key: row.key,
        scope: names.of(row.scope) as OutageScope,
        kind: names.of(row.kind) as ErrorKind,
        message: row.message,
        sinceMs: row.since_ms,
        untilMs: row.until_ms,
        times: row.times,
      },
    ]),
  );
}
