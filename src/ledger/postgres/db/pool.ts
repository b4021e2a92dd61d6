import type { Pool, PoolClient } from "pg";
import { readAddress, type PostgresAddress } from "./address.ts";
import { SLOW, troubleOf } from "./postgres-errors.ts";

/** A server that answers nothing at all. */
const CONNECT_MS = 5000;
/** A connection that was idle for so long is closed. */
const IDLE_MS = 30_000;

/** Types that come as texts. */
const INT8 = 20;
const NUMERIC = 1700;

export interface OpenDatabase {
  readonly pool: Pool;
  readonly address: PostgresAddress;
  readonly quote: (text: string) => string;
}

/** Loads `pg` and reads the address; connects at the first use. Throws `ledger_unavailable` on what is no address. */
export async function openPool(path: string): Promise<OpenDatabase> {
  const { default: pg } = await import("pg");
  const address = readAddress(path);
  const pool = new pg.Pool({
    application_name: "signalbox",
    keepAlive: true,
    connectionString: address.url,
    connectionTimeoutMillis: CONNECT_MS,
    max: address.mostConnections,
    idleTimeoutMillis: IDLE_MS,
    // A process that has nothing else to do may end.
    allowExitOnIdle: true,
    types: {
      // Counts and sums come as numbers: they stay far below 2^53.
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format ?? "text"),
    },
  });
  // An idle connection broke: the pool has dropped it already.
  pool.on("error", () => undefined);
  return { pool, address, quote: (text) => pg.escapeLiteral(text) };
}

class OutOfTime extends Error {
  readonly code = SLOW;
}

/** Ends the transaction of work that failed. */
export async function undone<T>(client: PoolClient, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (troubleOf(error)?.isLost !== true) await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/** Waits for `work` until the time is over. */
export async function within<T>(untilMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new OutOfTime("no answer")), Math.max(1, untilMs - performance.now()));
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** Does a piece of work on a connection of the pool; one that says nothing until the time is over is closed. */
export async function onClient<T>(pool: Pool, untilMs: number, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const connecting = pool.connect();
  const client = await within(untilMs, connecting).catch((error: unknown) => {
    void connecting.then((late) => late.release()).catch(() => undefined);
    throw error;
  });
  const onError = (): void => undefined;
  client.on("error", onError);
  let isBroken = true;
  try {
    const result = await within(untilMs, work(client));
    isBroken = false;
    return result;
  } catch (error) {
    isBroken = error instanceof OutOfTime || (troubleOf(error)?.isLost ?? true);
    throw error;
  } finally {
    client.off("error", onError);
    client.release(isBroken);
  }
}
