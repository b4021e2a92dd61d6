import { existsSync, renameSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { SignalboxError } from "../../core/errors.ts";
import { Connection } from "../sqlite/db/connection.ts";
import { loadDriver, openDatabase } from "../sqlite/db/open.ts";
import type { MoveTarget } from "./rows.ts";
import { onFile, transaction } from "./sqlite-source.ts";
import { sqliteView } from "./sqlite-view.ts";
import { writeRequests, writeState } from "./sqlite-write.ts";

interface MoveRow {
  readonly source: string;
  readonly started_at_ms: number;
  readonly after_id: number;
  readonly later_ids: string;
  readonly is_done: number;
}

/**
 * A file to move to. It is filled beside its place, under a name of its own, and takes its place when it is complete. Throws
 * `invalid_request` where there is a file already.
 */
export async function openSqliteTarget(path: string): Promise<MoveTarget> {
  const shown = resolve(path);
  const filled = `${shown}.moving`;
  if (existsSync(shown)) {
    throw new SignalboxError("invalid_request", `${shown} is there already; name a file that is not there yet`);
  }
  const driver = await loadDriver();
  const open = (file: string): Connection => new Connection(openDatabase(driver, file));
  let connection: Connection | null = null;
  const opened = (): Connection => (connection ??= open(filled));
  const takePlace = (): void => {
    opened().exec("PRAGMA wal_checkpoint(TRUNCATE)");
    opened().close();
    connection = null;
    renameSync(filled, shown);
    const ledger = open(shown);
    ledger.exec("DROP TABLE moves");
    ledger.close();
  };
  return {
    shown,
    begin: (source, nowMs) =>
      onFile(filled, async () => {
        if (existsSync(filled) && !hasMoves(opened())) {
          if (opened().get("SELECT 1 FROM requests LIMIT 1") !== undefined) {
            throw new SignalboxError(
              "invalid_request",
              `${filled} is a ledger of its own; move it away, or name another file`,
            );
          }
          // A run that was killed before it could write anything.
          opened().close();
          connection = null;
          for (const suffix of ["", "-wal", "-shm"]) rmSync(filled + suffix, { force: true });
        }
        return transaction(opened(), "BEGIN IMMEDIATE", async () => {
          const isResumed = hasMoves(opened());
          if (!isResumed) {
            opened().exec(
              "CREATE TABLE moves (source TEXT, started_at_ms INTEGER, after_id INTEGER, later_ids TEXT, is_done INTEGER)",
            );
            opened().run("INSERT INTO moves VALUES (?, ?, 0, '[]', 0)", source, nowMs);
          }
          const row = moveOf(opened());
          if (row.source !== source) throw otherSource(filled, row.source, source);
          const laterIds = JSON.parse(row.later_ids) as readonly number[];
          return { isResumed, progress: { startedAtMs: row.started_at_ms, afterId: row.after_id, laterIds } };
        });
      }),
    store: (requests, before, after) =>
      onFile(filled, () =>
        transaction(opened(), "BEGIN IMMEDIATE", async () => {
          if (moveOf(opened()).after_id !== before.afterId) throw otherMove(filled);
          writeRequests(opened(), requests);
          opened().run("UPDATE moves SET after_id = ?, later_ids = ?", after.afterId, JSON.stringify(after.laterIds));
        }),
      ),
    finish: (fill) =>
      onFile(filled, async () => {
        if (moveOf(opened()).is_done === 0) {
          await transaction(opened(), "BEGIN IMMEDIATE", async () => {
            await fill({
              requests: async (requests) => writeRequests(opened(), requests),
              state: async (state) => writeState(opened(), state),
              view: sqliteView(opened()),
            });
            opened().run("UPDATE moves SET is_done = 1");
          });
        }
        takePlace();
      }),
    close: async () => connection?.close(),
  };
}

function hasMoves(connection: Connection): boolean {
  return connection.get("SELECT 1 FROM sqlite_master WHERE name = 'moves'") !== undefined;
}

function moveOf(connection: Connection): MoveRow {
  const row = connection.get<MoveRow>("SELECT * FROM moves");
  if (row === undefined) throw new Error("the target does not know of its move");
  return row;
}

export function otherSource(shown: string, began: string, now: string): SignalboxError<"invalid_request"> {
  return new SignalboxError(
    "invalid_request",
    `A move from ${began} to ${shown} has not ended; go on with it, or delete what it has written. Nothing was moved from ${now}.`,
  );
}

export function otherMove(shown: string): SignalboxError<"ledger_unavailable"> {
  return new SignalboxError("ledger_unavailable", `Another process moves a ledger to ${shown} right now; let it end`);
}
