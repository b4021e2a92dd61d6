import { SignalboxError } from "../../core/errors.ts";
import { Database } from "../postgres/db/database.ts";
import type { MoveSource } from "./rows.ts";
import { postgresView } from "./postgres-view.ts";

/** A page is read within this time, and the last step. */
export const STEP_MS = 3_600_000;
/** Whether the server is there shows sooner. */
export const FIRST_MS = 5000;

/** A ledger in Postgres to move from. Throws `ledger_unavailable` where there is none, or it cannot be reached. */
export async function openPostgresSource(url: string): Promise<MoveSource> {
  const database = new Database(url);
  const shown = `${await database.shown()} (schema ${await database.schema()})`;
  if (!(await database.exists(FIRST_MS))) {
    database.close();
    throw new SignalboxError("ledger_unavailable", `There is no ledger at ${shown}`);
  }
  return {
    shown,
    read: (work, isAlone) => {
      if (!isAlone) return database.snapshot((queries) => work(postgresView(queries)), STEP_MS);
      return database.write(async (queries) => {
        await queries.all("SET LOCAL lock_timeout = '5s'");
        await queries.all(
          `LOCK TABLE signalbox.requests, signalbox.attempts, signalbox.reservations, signalbox.holds, signalbox.spend_sums,
             signalbox.lesson_events IN SHARE MODE`,
        );
        return work(postgresView(queries));
      }, STEP_MS);
    },
    close: async () => database.close(),
  };
}
