import { setTimeout as delay } from "node:timers/promises";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { SignalboxError } from "../../../core/errors.ts";
import { Connection } from "./connection.ts";
import { IN_MEMORY, loadDriver, openDatabase, type Driver } from "./open.ts";
import { troubleOf } from "./sqlite-errors.ts";

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
    return this.#patiently((connection) => connection.write(() => work(connection)));
  }

  /** Runs `work` outside of a transaction, for what SQLite does in one of its own. */
  async alone<T>(work: (connection: Connection) => T): Promise<T> {
    return this.#patiently(work);
  }

  async #patiently<T>(work: (connection: Connection) => T): Promise<T> {
    const giveUpMs = performance.now() + this.#busyTimeoutMs;
    for (;;) {
      const connection = this.#current() ?? (await this.#opened());
      try {
        return work(connection);
      } catch (error) {
        // SQLite's own wait stops the whole process: it is kept short, and the rest of the wait lets others go on.
        if (!isBusy(error) || performance.now() >= giveUpMs) return this.#guarded(() => rethrow(error));
      }
      await delay(BUSY_PAUSE_MS);
    }
  }

  /** Like {@link write}, but gives `empty` when there is no file yet. */
  async writeIfThere<T>(empty: T, work: (connection: Connection) => T): Promise<T> {
    return this.#current() === null && this.isMissing() ? empty : this.write(work);
  }

  /** Runs `work` on one state of the file; gives `empty` when there is no file yet. */
  async read<T>(empty: T, work: (connection: Connection) => T): Promise<T> {
    if (this.#current() === null && this.isMissing()) return empty;
    return this.#patiently((connection) => connection.read(() => work(connection)));
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
    // Another caller that waited as well may have found the file damaged and closed it again.
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
    const driver = await loadDriver();
    const giveUpMs = performance.now() + this.#busyTimeoutMs;
    for (;;) {
      if (this.#closed) throw this.#gone();
      try {
        this.#connection = this.#openNow(driver);
        return;
      } catch (error) {
        // Another process is creating the file, or bringing it to a newer schema.
        if (!isBusy(error) || performance.now() >= giveUpMs) this.#guarded(() => rethrow(error));
      }
      await delay(BUSY_PAUSE_MS);
    }
  }

  #openNow(driver: Driver): Connection {
    const db = openDatabase(driver, this.path, Math.min(BUSY_BLOCK_MS, this.#busyTimeoutMs));
    this.#fileId = this.path === IN_MEMORY ? null : fileId(this.path);
    return new Connection(db);
  }

  /** The open connection, unless its file was deleted or replaced: what is written there then would be lost. */
  #current(): Connection | null {
    if (this.#connection === null || this.path === IN_MEMORY) return this.#connection;
    if (this.#guarded(() => fileId(this.path)) !== this.#fileId) this.#giveUp();
    return this.#connection;
  }

  /** Whether there is no file yet. Throws when the system does not tell. */
  isMissing(): boolean {
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

/** What tells a file from another one that takes its path later; `null` when there is none. Throws when the system does not tell. */
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
