import type { LedgerReader } from "../../../core/ledger-reader.ts";
import type { Connection } from "../db/connection.ts";
import { ALL_NAMES, DIMENSIONS } from "../write/rollups.ts";
import { readSize } from "../prune/file-size.ts";

export type FileHealth = Awaited<ReturnType<LedgerReader["health"]>>;

/** Up to here a look at every page takes a fraction of a second. */
const MAX_WALKED_BYTES = 64 * 1024 * 1024;

/** What holds the money: small, however many requests there are. */
const BOOKS = [
  "spend_rollups",
  "principal_rollups",
  "attempt_rollups",
  "failure_rollups",
  "reservations",
  "names",
  "recent",
  "own_health",
  "prunes",
];

/** All that ended, less what was pruned; and what runs holds a reservation. */
const REQUESTS = `
  SELECT coalesce((SELECT sum(requests) FROM spend_rollups WHERE dimension = ? AND name = ?), 0)
    - coalesce((SELECT sum(requests) FROM prunes), 0)
    + (SELECT count(*) FROM requests WHERE status IS NULL AND id IN (SELECT request FROM reservations)) AS value`;

/**
 * How the file is. `integrity` is "ok", or what SQLite finds wrong. A large file is only walked when `deep`; else its books are,
 * whose size does not grow with the requests.
 */
export function readHealth(connection: Connection, path: string, deep: boolean): FileHealth {
  const { sizeBytes } = readSize(connection);
  const whole = deep || sizeBytes <= MAX_WALKED_BYTES;
  const findings = whole ? check(connection, "5") : BOOKS.flatMap((table) => check(connection, table));
  const bad = findings.filter((finding) => finding !== "ok");
  return {
    path,
    schemaVersion:
      connection.get<{ value: number }>("SELECT user_version AS value FROM pragma_user_version")?.value ?? 0,
    requests: connection.get<{ value: number }>(REQUESTS, DIMENSIONS.all, ALL_NAMES)?.value ?? 0,
    sizeBytes,
    integrity: bad.length === 0 ? "ok" : bad.join("; "),
    looked: whole ? "whole" : "books",
  };
}

function check(connection: Connection, what: string): readonly string[] {
  return connection
    .all<{ quick_check: string }>(`PRAGMA quick_check(${what})`)
    .flatMap((row) => row.quick_check.split("\n"))
    .filter((line) => !line.startsWith("***"));
}

/** The same of a ledger that was never written. */
export function noHealth(path: string): FileHealth {
  return { path, schemaVersion: 0, requests: 0, sizeBytes: 0, integrity: "not created yet", looked: "whole" };
}
