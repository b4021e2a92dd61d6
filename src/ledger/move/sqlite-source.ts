import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { resolve } from "node:path";
import { SignalboxError } from "../../core/errors.ts";
import { Connection } from "../sqlite/db/connection.ts";
import { loadDriver, openDatabase } from "../sqlite/db/open.ts";
import { troubleOf } from "../sqlite/db/sqlite-errors.ts";
import type { MoveSource } from "./rows.ts";
import { sqliteView } from "./sqlite-view.ts";

const LOCK_TRIES = 20;
const PAUSE_MS = 100;

/** A file to move from. Throws `ledger_unavailable` where there is none, or it cannot be read. */
export async function openSqliteSource(path: string): Promise<MoveSource> {
  const shown = resolve(path);
  if (!existsSync(shown)) throw new SignalboxError("ledger_unavailable", `There is no ledger at ${shown}`);
  const connection = await onFile(shown, async () => new Connection(openDatabase(await loadDriver(), shown)));
  return {
    shown,
    read: (work, isAlone) =>
      onFile(shown, () =>
        transaction(connection, isAlone ? "BEGIN IMMEDIATE" : "BEGIN", () => work(sqliteView(connection))),
      ),
    close: async () => connection.close(),
  };
}

/** A transaction whose work takes several turns: the connection serves nobody else. */
export async function transaction<T>(
  connection: Connection,
  begin: "BEGIN" | "BEGIN IMMEDIATE",
  work: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      connection.exec(begin);
      break;
    } catch (error) {
      if (tries >= LOCK_TRIES) throw error;
      await delay(PAUSE_MS);
    }
  }
  try {
    const result = await work();
    connection.exec("COMMIT");
    return result;
  } catch (error) {
    connection.names.forget();
    connection.exec("ROLLBACK");
    throw error;
  }
}

/** Turns the errors of SQLite and of the file system into `ledger_unavailable`. */
export async function onFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw troubleOf(error, path)?.error ?? error;
  }
}
