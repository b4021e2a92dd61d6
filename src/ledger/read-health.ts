import type { LedgerReader } from "../core/ports.ts";
import type { Connection } from "./connection.ts";

export type Health = Awaited<ReturnType<LedgerReader["health"]>>;

/** How the file is. `integrity` is "ok", or what SQLite finds wrong with it. Walks the whole file. */
export function readHealth(connection: Connection, path: string): Health {
  const number = (sql: string): number => connection.get<{ value: number }>(sql)?.value ?? 0;
  const findings = connection
    .all<{ quick_check: string }>("PRAGMA quick_check(5)")
    .flatMap((row) => row.quick_check.split("\n"))
    .filter((line) => !line.startsWith("***"));
  return {
    path,
    schemaVersion: number("SELECT user_version AS value FROM pragma_user_version"),
    requests: number("SELECT count(*) AS value FROM requests"),
    sizeBytes: number("SELECT page_count * page_size AS value FROM pragma_page_count, pragma_page_size"),
    integrity: findings.join("; "),
  };
}

/** The same of a ledger that was never written. */
export function noHealth(path: string): Health {
  return { path, schemaVersion: 0, requests: 0, sizeBytes: 0, integrity: "not created yet" };
}
