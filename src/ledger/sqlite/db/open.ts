import { closeSync, mkdirSync, openSync, readSync } from "node:fs";
import { dirname } from "node:path";
import type Database from "better-sqlite3";
import { SignalboxError } from "../../../core/errors.ts";
import { checkSchema, migrate, schemaVersion } from "./migrate.ts";

export const IN_MEMORY = ":memory:";

export type Driver = typeof Database;

/** Loaded on first use: the native library costs start-up time, and it ends the process on a Node that it does not know. */
export async function loadDriver(): Promise<Driver> {
  try {
    return (await import("better-sqlite3")).default;
  } catch (error) {
    throw new SignalboxError(
      "ledger_unavailable",
      `The SQLite library cannot be loaded on this machine: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

/**
 * Opens the file at `path`, creates it when it is not there, checks whose it is before anything is written, and brings it to the
 * newest schema. SQLite waits `busyMs` for a lock. Leaves nothing open when it throws.
 */
export function openDatabase(driver: Driver, path: string, busyMs: number): Database.Database {
  if (path !== IN_MEMORY) {
    createPrivately(path);
    checkHeader(path);
  }
  const db = new driver(path, { timeout: busyMs });
  try {
    // Before the first page is written, so that pruning can give space back bit by bit. Later it would be a write of its own.
    if (schemaVersion(db, path) === 0) db.pragma("auto_vacuum = INCREMENTAL");
    // Readers never wait for the writer. Without an fsync for each commit: a crash of the process loses nothing.
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = NORMAL");
    // Fewer, larger checkpoints: at the default of 1,000 pages they were the p99 of a settlement.
    db.pragma("wal_autocheckpoint = 4000");
    db.pragma("foreign_keys = ON");
    migrate(db, path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Receipts are private: folders that are missing are made for the owner only, and so is the file. */
function createPrivately(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, "a", 0o600));
}

const MAGIC = "SQLite format 3\0";

/**
 * Refuses a ledger of a newer Signalbox by the file's first bytes: SQLite itself would make files beside it, and take in what
 * another process has left in them, before the version can be read.
 */
function checkHeader(path: string): void {
  const header = Buffer.alloc(100);
  const file = openSync(path, "r");
  try {
    if (readSync(file, header, 0, header.length, 0) < header.length) return;
  } finally {
    closeSync(file);
  }
  if (header.toString("latin1", 0, MAGIC.length) !== MAGIC) return;
  // Where the file format keeps user_version and application_id. How many tables there are it does not say.
  checkSchema(path, { version: header.readUInt32BE(60), owner: header.readUInt32BE(68), tables: 0 });
}
