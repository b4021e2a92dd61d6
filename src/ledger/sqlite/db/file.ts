import { setTimeout as delay } from "node:timers/promises";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { SignalboxError } from "../../../core/errors.ts";
import { Connection } from "./connection.ts";
import { IN_MEMORY, loadDriver, openDatabase, type Driver, type Warn } from "./open.ts";
import { troubleOf } from "./sqlite-errors.ts";

/** Pauses between tries while the file is locked; the last one is repeated. A writer of ours is done in less than the first. */
const PAUSES_MS = [1, 2, 5, 10, 15, 25] as const;

/** The path is looked at so often at most: a file that is deleted takes with it what was written to it a moment before anyway. */
const LOOK_EVERY_MS = 50;

/** Writes that share a commit: more of them would hold the event loop, and the lock, for too long. */
const MOST_SHARED = 16;

interface Write {
  /** In a transaction of its own. Never rejects: its caller is told. */
  readonly alone: () => Promise<void>;
  /** In a transaction with others; gives what tells its caller after the commit. */
  readonly within: (connection: Connection) => () => void;
}

/**
 * The file of a ledger. Nothing is loaded, opened, created, locked or migrated before the first call; a failure to open is told
 * and forgotten, so that the next call tries again.
 */
export class LedgerFile {
  readonly path: string;
  readonly #busyTimeoutMs: number;
  readonly #warn: Warn;
  #connection: Connection | null = null;
  #fileId: number | null = null;
  #opening: Promise<void> | null = null;
  #closed = false;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  /** Writes of this turn of the event loop. */
  readonly #waiting: Write[] = [];

  constructor(path: string, busyTimeoutMs: number, warn: Warn) {
    // An absolute path, because SQLite reads a name that begins with "file:" as a URI.
    this.path = path === IN_MEMORY || isUrl(path) ? path : resolve(path);
    this.#busyTimeoutMs = busyTimeoutMs;
    this.#warn = warn;
  }

  /**
   * Runs `work` in a writing transaction; creates the file when it is not there. What comes in one turn of the event loop shares one
   * transaction, and with it one commit; resolves when that is done.
   */
  write<T>(work: (connection: Connection) => T, waitMs: number = this.#busyTimeoutMs): Promise<T> {
    return new Promise((resolve, reject) => {
      const alone = async (): Promise<void> =>
        this.#patiently((connection) => connection.write(() => work(connection)), waitMs).then(resolve, reject);
      const within = (connection: Connection): (() => void) => {
        const result = work(connection);
        return () => resolve(result);
      };
      this.#waiting.push({ alone, within });
      if (this.#waiting.length === 1) setImmediate(() => this.#writeWaiting());
    });
  }

  /** Writes what has come in this turn: together where that works, else each alone, so that one that fails costs the others nothing. */
  #writeWaiting(): void {
    const writes = this.#waiting.splice(0, MOST_SHARED);
    if (this.#waiting.length > 0) setImmediate(() => this.#writeWaiting());
    if (writes.length > 1) {
      try {
        const connection = this.#current();
        const done = connection?.write(() => writes.map(({ within }) => within(connection)));
        if (done !== undefined) return done.forEach((tell) => tell());
      } catch {
        // Nothing of it was written. The file is locked, or one of them fails: that one will tell its own caller.
      }
    }
    for (const { alone } of writes) void alone();
  }

  /** Runs `work` outside of a transaction, for what SQLite does in one of its own. */
  async alone<T>(work: (connection: Connection) => T): Promise<T> {
    return this.#patiently(work, this.#busyTimeoutMs);
  }

  /** SQLite itself never waits for a lock: that would stop the whole process. The pauses between the tries let others go on. */
  async #patiently<T>(work: (connection: Connection) => T, waitMs: number): Promise<T> {
    const giveUpMs = performance.now() + waitMs;
    for (let tries = 0; ; tries += 1) {
      const connection = this.#current() ?? (await this.#opened(giveUpMs));
      try {
        return work(connection);
      } catch (error) {
        if (!isBusy(error) || performance.now() >= giveUpMs) return this.#guarded(() => rethrow(error));
      }
      await delay(pauseMs(tries));
    }
  }

  /** Like {@link write}, but gives `empty` when there is no file yet. */
  async writeIfThere<T>(empty: T, work: (connection: Connection) => T, waitMs?: number): Promise<T> {
    return this.#current() === null && this.isMissing() ? empty : this.write(work, waitMs);
  }

  /** Runs `work` on one state of the file; gives `empty` when there is no file yet. */
  async read<T>(empty: T, work: (connection: Connection) => T, waitMs: number = this.#busyTimeoutMs): Promise<T> {
    if (this.#current() === null && this.isMissing()) return empty;
    return this.#patiently((connection) => connection.read(() => work(connection)), waitMs);
  }

  close(): void {
    while (this.#waiting.length > 0) this.#writeWaiting();
    this.#closed = true;
    this.#giveUp();
  }

  /** Closes the file for now: the next call opens what is there then. */
  letGo(): void {
    while (this.#waiting.length > 0) this.#writeWaiting();
    this.#giveUp();
  }

  /** Opens the file; calls that come meanwhile wait for the same opening. */
  async #opened(giveUpMs: number): Promise<Connection> {
    if (this.#closed) throw this.#gone();
    this.#opening ??= this.#load(giveUpMs).finally(() => {
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

  async #load(giveUpMs: number): Promise<void> {
    if (isUrl(this.path)) {
      throw new SignalboxError(
        "ledger_unavailable",
        `${this.path.slice(0, this.path.indexOf(":"))}:// ledgers are not supported; set SIGNALBOX_DB to the path of a file`,
      );
    }
    const driver = await loadDriver();
    for (let tries = 0; ; tries += 1) {
      if (this.#closed) throw this.#gone();
      try {
        this.#connection = this.#openNow(driver);
        return;
      } catch (error) {
        // Another process is creating the file, or bringing it to a newer schema.
        if (!isBusy(error) || performance.now() >= giveUpMs) this.#guarded(() => rethrow(error));
      }
      await delay(pauseMs(tries));
    }
  }

  #openNow(driver: Driver): Connection {
    const db = openDatabase(driver, this.path, this.#warn);
    this.#fileId = this.path === IN_MEMORY ? null : fileId(this.path);
    return new Connection(db);
  }

  /** The open connection, unless its file was deleted or replaced: what is written there then would be lost. */
  #current(): Connection | null {
    if (this.#connection === null || this.path === IN_MEMORY) return this.#connection;
    const nowMs = performance.now();
    if (nowMs - this.#lookedAtMs < LOOK_EVERY_MS) return this.#connection;
    this.#lookedAtMs = nowMs;
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

function pauseMs(tries: number): number {
  return PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)] ?? 0;
}

function rethrow(error: unknown): never {
  throw error;
}

function isUrl(path: string): boolean {
  return /^[a-z][a-z+]+:\/\//i.test(path);
}
