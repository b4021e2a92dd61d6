import { SignalboxError } from "../../core/errors.ts";
import { Database, type Queries } from "../postgres/db/database.ts";
import { MIGRATION_LOCK, MOVING_VERSION } from "../postgres/db/migrate.ts";
import type { MoveProgress, MoveTarget } from "./rows.ts";
import { FIRST_MS, STEP_MS } from "./postgres-source.ts";
import { postgresView } from "./postgres-view.ts";
import { writeRequests, writeState } from "./postgres-write.ts";
import { otherMove, otherSource } from "./sqlite-target.ts";

interface MoveColumns {
  readonly source: string;
  readonly started_at_ms: number;
  readonly after_id: number;
  readonly later_ids: readonly number[];
}

/** What a ledger that nobody has used yet does not have. */
const USED = `
  SELECT EXISTS (SELECT FROM signalbox.requests) OR EXISTS (SELECT FROM signalbox.spend_sums) OR EXISTS (SELECT FROM signalbox.holds)
    OR EXISTS (SELECT FROM signalbox.reservations) OR EXISTS (SELECT FROM signalbox.prunes) AS used`;

/** A ledger in Postgres to move to. While it is being filled, no Signalbox opens it. */
export async function openPostgresTarget(url: string): Promise<MoveTarget> {
  const database = new Database(url, true);
  const shown = `${await database.shown()} (schema ${await database.schema()})`;
  return {
    shown,
    begin: async (source, nowMs) => {
      await database.exists(FIRST_MS);
      return database.write(async (queries, schema) => {
        const { all } = queries;
        await all("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
        const isResumed = await hasMoves(queries, schema);
        if (!isResumed) {
          const [used] = await all<{ used: boolean }>(USED);
          if (used?.used !== false) {
            throw new SignalboxError(
              "invalid_request",
              `The ledger ${shown} is not empty; name another schema in its address (?schema=…), or drop this one`,
            );
          }
          await all(
            "CREATE TABLE signalbox.moves (source text, started_at_ms bigint, after_id bigint, later_ids jsonb)",
          );
          await all("INSERT INTO signalbox.moves VALUES ($1, $2, 0, '[]')", [source, nowMs]);
          await all("INSERT INTO signalbox.migrations (version) VALUES ($1)", [MOVING_VERSION]);
        }
        const row = await moveOf(queries);
        if (row.source !== source) throw otherSource(shown, row.source, source);
        const progress: MoveProgress = {
          startedAtMs: row.started_at_ms,
          afterId: row.after_id,
          laterIds: row.later_ids,
        };
        return { isResumed, progress };
      }, STEP_MS);
    },
    store: (requests, before, after) =>
      database.write(async (queries) => {
        const { after_id: afterId } = await moveOf(queries);
        // Done, and the answer was lost.
        if (afterId === after.afterId) return;
        if (afterId !== before.afterId) throw otherMove(shown);
        await writeRequests(queries, requests);
        await queries.all("UPDATE signalbox.moves SET after_id = $1, later_ids = $2", [
          after.afterId,
          JSON.stringify(after.laterIds),
        ]);
      }, STEP_MS),
    finish: (fill) =>
      database.write(async (queries, schema) => {
        if (!(await hasMoves(queries, schema))) return;
        await moveOf(queries);
        await fill({
          requests: (requests) => writeRequests(queries, requests),
          state: (state) => writeState(queries, state),
          view: postgresView(queries),
        });
        await queries.all("DROP TABLE signalbox.moves");
        await queries.all("DELETE FROM signalbox.migrations WHERE version = $1", [MOVING_VERSION]);
      }, STEP_MS),
    close: async () => database.close(),
  };
}

async function hasMoves({ all }: Queries, schema: string): Promise<boolean> {
  const [found] = await all<{ there: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relname = 'moves') AS there`,
    [schema],
  );
  return found?.there === true;
}

/** Locks it: two moves to one ledger take turns, and the second one finds that the first has gone on. */
async function moveOf({ all }: Queries): Promise<MoveColumns> {
  const [row] = await all<MoveColumns>("SELECT * FROM signalbox.moves FOR UPDATE");
  if (row === undefined) throw new Error("the target does not know of its move");
  return row;
}
