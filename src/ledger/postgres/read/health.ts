import type { LedgerReader } from "../../../core/ledger-reader.ts";
import { MIGRATIONS } from "../migrations/index.ts";
import type { Queries } from "../db/database.ts";

type DatabaseHealth = Awaited<ReturnType<LedgerReader["health"]>>;

/** What must be equal in sound books, by what it says when it is not. */
const BOOKS: readonly (readonly [finding: string, sql: string])[] = [
  [
    "what is held differs from the sum of the reservations",
    `SELECT (SELECT coalesce(sum(held_nano_usd), 0) FROM signalbox.spend_sums WHERE principal = '' AND dimension = 0)
      = (SELECT coalesce(sum(amount_nano_usd), 0) FROM signalbox.reservations)
      + (SELECT coalesce(sum(amount_nano_usd), 0) FROM signalbox.holds WHERE line = 0) AS sound`,
  ],
  [
    "the sums by model, provider and task differ",
    `SELECT count(DISTINCT total) <= 1 AS sound FROM (
      SELECT sum(cost_nano_usd) AS total FROM signalbox.spend_sums WHERE principal = '' GROUP BY dimension) AS along`,
  ],
  [
    "the sums by day and by attempt differ",
    `SELECT (SELECT coalesce(sum(cost_nano_usd), 0) FROM signalbox.spend_sums WHERE principal = '' AND dimension = 0)
      = (SELECT coalesce(sum(cost_nano_usd), 0) FROM signalbox.attempt_sums) AS sound`,
  ],
];

const WHOLE: (typeof BOOKS)[number] = [
  "attempts that are not pruned cost more than the sums say",
  `SELECT (SELECT coalesce(sum(cost_nano_usd), 0) FROM signalbox.attempts)
    <= (SELECT coalesce(sum(cost_nano_usd), 0) FROM signalbox.attempt_sums) AS sound`,
];

const REQUESTS = `
  SELECT coalesce((SELECT sum(requests) FROM signalbox.spend_sums WHERE principal = '' AND dimension = 0), 0)
    - coalesce((SELECT sum(requests) FROM signalbox.prunes), 0)
    + (SELECT count(DISTINCT v.request) FROM signalbox.reservations v JOIN signalbox.requests r ON r.id = v.request
       WHERE r.status IS NULL) AS value`;

/** What the ledger's tables take on the disk, bytes. */
export async function readSizeBytes({ all }: Queries, schema: string): Promise<number> {
  const [row] = await all<{ bytes: number }>(
    `SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) AS bytes FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind = 'r'`,
    [schema],
  );
  return row?.bytes ?? 0;
}

/** How the ledger is. Its pages are the database's own business; what is looked at are the books: every sum against what it sums up. */
export async function readHealth(
  queries: Queries,
  schema: string,
  shown: string,
  deep: boolean,
): Promise<DatabaseHealth> {
  const findings: string[] = [];
  for (const [finding, sql] of deep ? [...BOOKS, WHOLE] : BOOKS) {
    const [row] = await queries.all<{ sound: boolean }>(sql);
    if (row?.sound !== true) findings.push(finding);
  }
  const [requests] = await queries.all<{ value: number }>(REQUESTS);
  return {
    path: shown,
    schemaVersion: MIGRATIONS.length,
    requests: requests?.value ?? 0,
    sizeBytes: await readSizeBytes(queries, schema),
    integrity: findings.length === 0 ? "ok" : findings.join("; "),
    looked: deep ? "whole" : "books",
  };
}

/** The same of a ledger that was never written. */
export function noHealth(shown: string): DatabaseHealth {
  return { path: shown, schemaVersion: 0, requests: 0, sizeBytes: 0, integrity: "not created yet", looked: "whole" };
}
