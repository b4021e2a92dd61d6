import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach } from "vitest";
import { openLedger, type LedgerOptions } from "../../src/ledger/ledger.ts";
import type { TestLedger } from "./records.ts";

/** The server on which the tests keep their ledgers; `null`: they keep them in SQLite files. */
const POSTGRES = process.env["SIGNALBOX_TEST_LEDGER"] ?? null;
/** For tests that look into a SQLite file. */
export const ON_POSTGRES: boolean = POSTGRES !== null;

const cleanups: (() => void)[] = [];

afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});

/** A folder that is gone after the test. */
export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), "signalbox-ledger-"));
  cleanups.push(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export function tempPath(): string {
  return join(tempDir(), "ledger.sqlite");
}

/** A ledger that is closed after the test; in memory unless a path is given. */
export function ledgerAt(path = ":memory:", options: Partial<LedgerOptions> = {}): TestLedger {
  // A loaded machine answers late; how long a ledger waits is tested where it matters.
  const patience = ON_POSTGRES ? { busyTimeoutMs: 20_000 } : {};
  const ledger = openLedger({ path: addressOf(path), storeText: false, ...patience, ...options });
  cleanups.push(() => ledger.close());
  return ledger;
}

/** A ledger in a SQLite file, wherever the other tests keep theirs. */
export function sqliteAt(path: string): TestLedger {
  const ledger = openLedger({ path, storeText: false });
  cleanups.push(() => ledger.close());
  return ledger;
}

/** In Postgres the same path stands for the same schema, and ":memory:" for a new one. */
export function addressOf(path: string): string {
  if (POSTGRES === null || path.startsWith("postgres:")) return path;
  const name = path === ":memory:" ? randomUUID() : path;
  return `${POSTGRES}?connections=4&schema=t_${createHash("sha256").update(name).digest("hex").slice(0, 20)}`;
}

/** What is on the disk: the file and those that SQLite keeps beside it, by path. */
export function filesBeside(path: string): ReadonlyMap<string, Buffer> {
  const paths = ["", "-wal", "-shm", "-journal"].map((suffix) => path + suffix).filter((each) => existsSync(each));
  return new Map(paths.map((each) => [each, readFileSync(each)]));
}

/** A second pair of eyes on the file. */
export function rawDatabase(path: string): Database.Database {
  const db = new Database(path);
  cleanups.push(() => db.close());
  return db;
}
