import type { PoolClient, QueryResult } from "pg";
import { setTimeout as delay } from "node:timers/promises";
import { SignalboxError } from "../../../core/errors.ts";
import { migrate, schemaVersion } from "./migrate.ts";
import { plainJson } from "./plain-json.ts";
import { onClient, openPool, undone, within, type OpenDatabase } from "./pool.ts";
import { troubleOf, unavailable } from "./postgres-errors.ts";

/** Statements on one connection, inside of a transaction. `Row` is the caller's word for what its SQL selects. */
export interface Queries {
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- SQL has no types of its own
  readonly all: <Row>(sql: string, values?: readonly unknown[]) => Promise<readonly Row[]>;
}

/** How a call is made. */
export interface DatabaseCall {
  /** Milliseconds until it is given up, repetitions after lost connections counted in. */
  readonly waitMs: number;
  /** It need not be on the disk when it returns: what is lost with the server errs on the safe side. */
  readonly isSoft?: boolean;
}

/** The server's own limit ends a statement in this share of the time that we wait for its answer. */
const STATEMENT_SHARE = 0.75;
const LEAST_STATEMENT_MS = 50;
/** Between two tries after a lost connection, doubled up to the longest. */
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 200;
/** Steps of the schema take longer than a call; a call that cannot wait for them fails with a time to come back. */
const MIGRATION_MS = 60_000;
/** Where the work stands among the statements of a call. */
const RESULT_PLACE = 3;
/**
 * A transaction holds its locks until it is on the disk. So the work commits without waiting for that, and a second transaction that
 * says nothing waits for both, while others go on: the answer comes when all of it is safe.
 */
const FLUSH = "SELECT pg_logical_emit_message(true, 'signalbox', '')";

/**
 * A ledger's schema in a Postgres database. Loads `pg` and connects at the first call. Keeps no state in a session, so that PgBouncer may
 * hand each transaction to another one: no prepared names, no settings but those of the transaction, no locks but those that end with it.
 * Throws `ledger_unavailable` for all that can be wrong with a database, with `retryAfterMs` where it may pass by itself.
 */
export class Database {
  readonly #path: string;
  readonly #isMove: boolean;
  #opened: Promise<OpenDatabase> | null = null;
  #isReady = false;
  #migrating: Promise<void> | null = null;
  #isClosed = false;

  /** `isMove`: for `ledger move` alone, which writes where the ledger is not complete yet. */
  constructor(path: string, isMove = false) {
    this.#path = path;
    this.#isMove = isMove;
  }

  /** Where it is, without secrets. */
  async shown(): Promise<string> {
    return (await this.#open()).address.shown;
  }

  /** The name of the ledger's schema. */
  async schema(): Promise<string> {
    return (await this.#open()).address.schema;
  }

  /**
   * Calls one of the ledger's functions in a transaction of its own: one message there, one back. It is called again when the
   * connection was lost, so that only what may be repeated is called like this.
   */
  async call<T>(name: string, argument: unknown, options: DatabaseCall): Promise<T> {
    const json = plainJson(argument);
    return this.#patiently(options.waitMs, async (opened, client, leftMs) => {
      const { schema } = opened.address;
      const work = `SELECT ${schema}.${name}(${opened.quote(json)}::jsonb) AS result`;
      const settings = `SET LOCAL statement_timeout = ${statementMs(leftMs)}; SET LOCAL synchronous_commit = off`;
      const text = `BEGIN; ${settings}; ${work}; COMMIT${options.isSoft === true ? "" : `; ${FLUSH}`}`;
      const results = (await undone(client, client.query(text))) as unknown as readonly QueryResult<{ result: T }>[];
      const row = results[RESULT_PLACE]?.rows[0];
      if (row === undefined) throw new Error(`the function ${name} gave nothing`);
      return row.result;
    });
  }

  /** Like {@link call}, for a function that gives nothing. */
  async tell(name: string, argument: unknown, options: DatabaseCall): Promise<void> {
    await this.call(name, argument, options);
  }

  /** Like {@link tell}; does nothing where there is no ledger yet. */
  async tellIfThere(name: string, argument: unknown, options: DatabaseCall): Promise<void> {
    if (await this.exists(options.waitMs)) await this.tell(name, argument, options);
  }

  /** Like {@link call}, for questions: `empty` where there is no ledger yet. */
  async ask<T>(empty: T, name: string, argument: unknown, options: DatabaseCall): Promise<T> {
    return (await this.exists(options.waitMs)) ? this.call<T>(name, argument, options) : empty;
  }

  /** Runs `work` on one state of the ledger; gives `empty` where there is none yet. */
  async read<T>(empty: T, work: (queries: Queries, schema: string) => Promise<T>, waitMs: number): Promise<T> {
    return (await this.exists(waitMs)) ? this.snapshot(work, waitMs) : empty;
  }

  /** Like {@link read}, where the ledger is known to be there. */
  snapshot<T>(work: (queries: Queries, schema: string) => Promise<T>, waitMs: number): Promise<T> {
    return this.#transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", work, waitMs);
  }

  /** Runs `work` in a writing transaction; all of it again when the connection was lost. */
  async write<T>(work: (queries: Queries, schema: string) => Promise<T>, waitMs: number): Promise<T> {
    return this.#transaction("BEGIN", work, waitMs);
  }

  /** Runs a statement that Postgres allows in no transaction. */
  async alone(sql: string, waitMs: number): Promise<void> {
    await this.#patiently(waitMs, async (opened, client) => {
      await client.query(inSchema(sql, opened.address.schema));
    });
  }

  /** Whether the ledger was created. */
  async exists(waitMs: number): Promise<boolean> {
    if (this.#isReady) return true;
    const version = await this.#patiently(
      waitMs,
      ({ address }, client) => schemaVersion(client, address, this.#isMove),
      true,
    );
    return version > 0;
  }

  close(): void {
    this.#isClosed = true;
    const opened = this.#opened;
    this.#opened = null;
    void opened?.then(({ pool }) => pool.end()).catch(() => undefined);
  }

  async #transaction<T>(
    begin: string,
    work: (queries: Queries, schema: string) => Promise<T>,
    waitMs: number,
  ): Promise<T> {
    return this.#patiently(waitMs, async (opened, client, leftMs) => {
      const { schema } = opened.address;
      const done = async (): Promise<T> => {
        await client.query(`${begin}; SET LOCAL statement_timeout = ${statementMs(leftMs)}`);
        const queries: Queries = {
          all: async <Row>(sql: string, values: readonly unknown[] = []) =>
            (await client.query(inSchema(sql, schema), [...values])).rows as Row[],
        };
        const result = await work(queries, schema);
        await client.query("COMMIT");
        return result;
      };
      return undone(client, done());
    });
  }

  /** Brings the schema to the newest state before the first use, once for all who wait for it. */
  async #ready({ address, pool }: OpenDatabase, untilMs: number): Promise<void> {
    if (this.#isReady) return;
    this.#migrating ??= onClient(pool, performance.now() + MIGRATION_MS, (client) =>
      migrate(client, address, this.#isMove),
    )
      .then(() => {
        this.#isReady = true;
        return undefined;
      })
      .finally(() => {
        this.#migrating = null;
      });
    this.#migrating.catch(() => undefined);
    await within(untilMs, this.#migrating);
  }

  /** `isBare`: the work needs no schema. */
  async #patiently<T>(
    waitMs: number,
    work: (opened: OpenDatabase, client: PoolClient, leftMs: number) => Promise<T>,
    isBare = false,
  ): Promise<T> {
    const opened = await this.#open();
    const { address, pool } = opened;
    const untilMs = performance.now() + waitMs;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, 2 * pauseMs)) {
      try {
        if (!isBare) await this.#ready(opened, untilMs);
        return await onClient(pool, untilMs, (client) => work(opened, client, untilMs - performance.now()));
      } catch (error) {
        const trouble = troubleOf(error);
        if (trouble === null) throw error;
        if (!trouble.again || this.#isClosed || performance.now() + pauseMs >= untilMs) {
          throw unavailable(address.shown, trouble, error, address.redact);
        }
      }
      await delay(pauseMs);
    }
  }

  async #open(): Promise<OpenDatabase> {
    if (this.#isClosed) throw new SignalboxError("ledger_unavailable", "The ledger was closed");
    this.#opened ??= openPool(this.#path).catch((error: unknown) => {
      this.#opened = null;
      throw error;
    });
    return this.#opened;
  }
}

/** `signalbox.` in the ledger's own statements stands for its schema. */
export function inSchema(sql: string, schema: string): string {
  return schema === "signalbox" ? sql : sql.replaceAll("signalbox.", `${schema}.`);
}

function statementMs(leftMs: number): number {
  return Math.max(LEAST_STATEMENT_MS, Math.floor(leftMs * STATEMENT_SHARE));
}
