import { chmodSync, closeSync, fchmodSync, fstatSync, mkdirSync, openSync, readSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { dirname } from "node:path";
import type Database from "better-sqlite3";
import { SignalboxError } from "../../../core/errors.ts";
import { checkSchema, migrate, schemaVersion } from "./migrate.ts";

export const IN_MEMORY = ":memory:";

export type Driver = typeof Database;

/** Is told what a person should know about the file although it can be used. */
export type Warn = (message: string) => void;

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
 * newest schema. Waits for no lock: throws SQLite's own error then. Leaves nothing open when it throws.
 */
export function openDatabase(driver: Driver, path: string, warn: Warn = () => undefined): Database.Database {
  if (path !== IN_MEMORY) {
    createPrivately(path, warn);
    checkHeader(path);
  }
  const db = new driver(path, { timeout: 0 });
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

/** Receipts are private: folders that are missing are made for the owner only, and so is the file. One that is there is closed to others. */
function createPrivately(path: string, warn: Warn): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const file = openSync(path, "a", 0o600);
  try {
    const { mode, uid } = fstatSync(file);
    if (!isOpenToOthers(mode)) return;
    const was = (mode & 0o777).toString(8).padStart(4, "0");
    if (uid !== userInfo().uid) {
      warn(
        `the ledger ${path} can be read or written by other users (mode ${was}); its owner should close it: chmod 600`,
      );
      return;
    }
    fchmodSync(file, mode & ~OTHERS & 0o777);
    closeBeside(path);
    warn(`the ledger ${path} could be read or written by other users (mode ${was}); now it is its owner's alone`);
  } finally {
    closeSync(file);
  }
}

const OTHERS = 0o077;

/** On Windows the mode says nothing about others. */
function isOpenToOthers(mode: number): boolean {
  return userInfo().uid !== -1 && (mode & OTHERS) !== 0;
}

/** The files that SQLite keeps beside it have the mode that the ledger had when they were made. By path: to open and close one drops its locks. */
function closeBeside(path: string): void {
  for (const beside of [`${path}-wal`, `${path}-shm`]) {
    const found = statSync(beside, { throwIfNoEntry: false });
    if (found !== undefined) chmodSync(beside, found.mode & ~OTHERS & 0o777);
  }
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
