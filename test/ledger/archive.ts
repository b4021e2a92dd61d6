import type Database from "better-sqlite3";
import { expect } from "vitest";
import { DAY_MS } from "./records.ts";

const GRACE_MS = 30 * DAY_MS;
/** Ids are given anew once the newest rows are gone: each pruning puts its own far away from all others. */
const ERA = 1_000_000;
const KEYS = { requests: "id", attempts: "request", outcomes: "request" } as const;

/**
 * What a ledger held before things were pruned from it, so that a scan can still see everything: the views `all_requests`,
 * `all_attempts` and `all_outcomes` of the connection.
 */
export class Archive {
  readonly #db: Database.Database;
  #era = 0;

  constructor(db: Database.Database) {
    this.#db = db;
    db.exec("ATTACH ':memory:' AS gone");
    for (const table of Object.keys(KEYS)) {
      db.exec(`CREATE TABLE gone.${table} AS SELECT * FROM main.${table} WHERE 0`);
      db.exec(`CREATE TEMP VIEW all_${table} AS SELECT * FROM main.${table} UNION ALL SELECT * FROM gone.${table}`);
    }
  }

  /** Keeps what pruning before this moment should delete, and gives the route ids of that. */
  keep(beforeMs: number): readonly string[] {
    const ids = this.#db
      .prepare<[number, number], { id: number; route_id: string }>(
        `SELECT id, route_id FROM requests r
         WHERE status IS NOT NULL AND ended_at_ms < ?
           AND id NOT IN (SELECT request FROM reservations WHERE settled = 0)
           AND (ended_at_ms < ? OR (presumed = 0 AND id NOT IN (SELECT request FROM attempts WHERE dead = 1)))`,
      )
      .all(beforeMs, beforeMs - GRACE_MS);
    this.#era += 1;
    const list = JSON.stringify(ids.map(({ id }) => id));
    for (const [table, key] of Object.entries(KEYS)) {
      this.#db
        .prepare(
          `INSERT INTO gone.${table} SELECT * FROM main.${table} WHERE ${key} IN (SELECT value FROM json_each(?))`,
        )
        .run(list);
      this.#db.exec(`UPDATE gone.${table} SET ${key} = ${key} + ${this.#era * ERA} WHERE ${key} < ${ERA}`);
    }
    return ids.map(({ route_id }) => route_id);
  }

  /** Every request is either in the ledger or in the archive. */
  expectNothingLost(): void {
    const twice = this.#db.prepare("SELECT route_id FROM all_requests GROUP BY route_id HAVING count(*) > 1").all();
    expect(twice).toEqual([]);
    const orphans = this.#db
      .prepare("SELECT count(*) FROM main.attempts WHERE request NOT IN (SELECT id FROM main.requests)")
      .pluck()
      .get();
    expect(orphans).toBe(0);
  }
}
