import { setTimeout as delay } from "node:timers/promises";
import { closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type Database from "better-sqlite3";
import { SignalboxError } from "../core/errors.ts";
import { Connection } from "./connection.ts";
import { migrate, schemaVersion } from "./migrate.ts";
import { troubleOf } from "./trouble.ts";

const IN_MEMORY = ":memory:";
/** How long SQLite itself waits for a lock, and the pause before the next try. */
const BUSY_BLOCK_MS = 40;
const BUSY_PAUSE_MS = 15;

/**
 * The file of a ledger. Nothing is loaded, opened, created, locked or migrated before the first call; a failure to open is told
 * and forgotten, so that the next call tries again.
 */
export class LedgerFile {
  readonly path: string;
  readonly #busyTimeoutMs: number;
  #connection: Connection | null = null;
  #fileId: number | null = null;
  #opening: Promise<void> | null = null;
  #closed = false;

  constructor(path: string, busyTimeoutMs: number) {
    // An absolute path, because SQLite reads a name that begins with "file:" as a URI.
    this.path = path === IN_MEMORY || isUrl(path) ? path : resolve(path);
    this.#busyTimeoutMs = busyTimeoutMs;
  }

  /** Runs `work` in one writing transaction; creates the file when it is not there. */
  async write<T>(work: (connection: Connection) => T): Promise<T> {
    const giveUpMs = performance.now() + this.#busyTimeoutMs;
    for (;;) {
      const connection = this.#current() ?? (await this.#opened());
      try {
        return connection.write(() => work(connection));
      } catch (error) {
        // SQLite's own wait stops the whole process: it is kept short, and the rest of the wait lets others go on.
        if (!isBusy(error) || performance.now() >= giveUpMs) return this.#guarded(() => rethrow(error));
      }
      await delay(BUSY_PAUSE_MS);
    }
  }

  /** Like {@link write}, but gives `empty` when there is no file yet. */
  async writeIfThere<T>(empty: T, work: (connection: Connection) => T): Promise<T> {
    return this.#current() === null && this.#isMissing() ? empty : this.write(work);
  }

  /** Runs `work` on one state of the file; gives `empty` when there is no file yet. */
  async read<T>(empty: T, work: (connection: Connection) => T): Promise<T> {
    const current = this.#current();
    if (current === null && this.#isMissing()) return empty;
    const connection = current ?? (await this.#opened());
    return this.#guarded(() => connection.read(() => work(connection)));
  }

  close(): void {
    this.#closed = true;
    this.#giveUp();
  }

  /** Opens the file; calls that come meanwhile wait for the same opening. */
  async #opened(): Promise<Connection> {
    if (this.#closed) throw this.#gone();
    this.#opening ??= this.#load().finally(() => {
      this.#opening = null;
    });
    await this.#opening;
    // Whoever waited with us and came first may have found the file damaged and closed it again.
    if (this.#connection === null) throw this.#gone();
    return this.#connection;
  }

  #gone(): SignalboxError {
    return new SignalboxError("ledger_unavailable", `The ledger ${this.path} was closed`);
  }

  async #load(): Promise<void> {
    if (isUrl(this.path)) {
      throw new SignalboxError(
        "ledger_unavailable",
        `${this.path.slice(0, this.path.indexOf(":"))}:// ledgers are not supported; set SIGNALBOX_DB to the path of a file`,
      );
    }
    const { default: DatabaseClass } = await loadDriver();
    const giveUpMs = performance.now() + this.#busyTimeoutMs;
    for (;;) {
      if (this.#closed) throw this.#gone();
      try {
        this.#connection = this.#open(DatabaseClass);
        return;
      } catch (error) {
        // Another process that creates or migrates the file holds its lock for longer than SQLite itself waits.
        if (!isBusy(error) || performance.now() >= giveUpMs) return this.#guarded(() => rethrow(error));
      }
      await delay(BUSY_PAUSE_MS);
    }
  }

  #open(DatabaseClass: typeof Database): Connection {
    if (this.path !== IN_MEMORY) createPrivately(this.path);
    const db = prepared(
      new DatabaseClass(this.path, { timeout: Math.min(BUSY_BLOCK_MS, this.#busyTimeoutMs) }),
      this.path,
    );
    this.#fileId = this.path === IN_MEMORY ? null : fileId(this.path);
    return new Connection(db);
  }

  /** The open connection, unless its file was deleted or replaced: what is written there then, nobody would ever see. */
  #current(): Connection | null {
    if (this.#connection === null || this.path === IN_MEMORY) return this.#connection;
    if (this.#guarded(() => fileId(this.path)) !== this.#fileId) this.#giveUp();
    return this.#connection;
  }

  #isMissing(): boolean {
    if (this.#closed || isUrl(this.path)) return false;
    return this.path !== IN_MEMORY && this.#guarded(() => fileId(this.path)) === null;
  }

  /** Turns the errors of SQLite and of the file system into `ledger_unavailable`. */
  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const trouble = troubleOf(error, this.path);
      if (trouble === null) throw error;
      if (trouble.reopen) this.#giveUp();
      throw trouble.error;
    }
  }

  #giveUp(): void {
    this.#connection?.close();
    this.#connection = null;
  }
}

/** Loaded on first use: the native library costs start-up time, and it ends the process on a Node that it does not know. */
async function loadDriver(): Promise<{ readonly default: typeof Database }> {
  try {
    return await import("better-sqlite3");
  } catch (error) {
    throw new SignalboxError(
      "ledger_unavailable",
      `The SQLite library cannot be loaded on this machine: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

/** Receipts are nobody else's business: folders that are missing are made for the owner only, and so is the file. */
function createPrivately(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, "a", 0o600));
}

/** Checks whose file it is before anything is written, then sets it up. Closes it again when that fails. */
function prepared(db: Database.Database, path: string): Database.Database {
  try {
    schemaVersion(db, path);
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

/** What tells a file from another one that takes its path later; `null` when there is none. Throws when nobody may know. */
function fileId(path: string): number | null {
  try {
    return statSync(path).ino;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function isBusy(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("SQLITE_BUSY")
  );
}

function rethrow(error: unknown): never {
  throw error;
}

function isUrl(path: string): boolean {
  return /^[a-z][a-z+]+:\/\//i.test(path);
}
