import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { Connection } from "../../src/ledger/sqlite/db/connection.ts";
import { migrate } from "../../src/ledger/sqlite/db/migrate.ts";
import { recordOutcome } from "../../src/ledger/sqlite/write/requests.ts";
import { readRecent } from "../../src/ledger/sqlite/read/recent.ts";
import { reserve } from "../../src/ledger/sqlite/write/reserve.ts";
import { settle } from "../../src/ledger/sqlite/write/settle.ts";
import { attemptRecord, dayLimit, NOON, requestEnd, reserveInput } from "./records.ts";

function openConnection(): { readonly db: Database.Database; readonly connection: Connection } {
  const db = new Database(":memory:");
  migrate(db, "l");
  return { db, connection: new Connection(db) };
}

describe("a connection", () => {
  it("prepares each statement once, however many requests go through it", () => {
    const { connection } = openConnection();
    const route = (id: string): void => {
      readRecent(connection, [dayLimit(1e9)], NOON);
      connection.write(() => reserve(connection, reserveInput(id, id, { limits: [dayLimit(1e9)] }), false));
      connection.write(() => settle(connection, attemptRecord(id, id), requestEnd(id, id), false));
      connection.write(() => recordOutcome(connection, id, true, null, NOON));
    };
    // Rings are full after so many, so that their trimming is prepared as well.
    for (let index = 0; index < 250; index += 1) route(`warm-${index}`);
    const prepared = connection.preparedCount;
    for (let index = 0; index < 50; index += 1) route(`more-${index}`);
    expect(connection.preparedCount).toBe(prepared);
    expect(prepared).toBeLessThan(45);
    connection.close();
  });

  it("reads budgets and spend from rollups: no question of a plan or a report scans attempts or requests", () => {
    const { db, connection } = openConnection();
    const asked: string[] = [];
    const spied = new Proxy(db, {
      get: (target, key) => {
        if (key === "prepare") return (sql: string) => (asked.push(sql), target.prepare(sql));
        const value: unknown = Reflect.get(target, key);
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      },
    });
    const watched = new Connection(spied);
    watched.write(() => reserve(watched, reserveInput("r1", "a1", { limits: [dayLimit(1e9)] }), false));
    watched.write(() => reserve(watched, reserveInput("r1", "a2", { limits: [dayLimit(1e9)] }), false));
    watched.write(() => settle(watched, attemptRecord("r1", "a1"), requestEnd("r1", "a1"), false));
    readRecent(watched, [dayLimit(1e9), { scope: { kind: "call", routeId: "r1" }, limitNanoUsd: 5 }], NOON);
    expect(asked.length).toBeGreaterThan(15);
    const scans = asked.flatMap((sql) => {
      const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`);
      const values = Array.from({ length: sql.split("?").length - 1 }, () => 1);
      return (plan.all(...values) as { detail: string }[]).filter(({ detail }) =>
        /^SCAN (?!v$|reservations$|holds$|outages$|CONSTANT|2 CONSTANT ROWS|4-ROW VALUES)/.test(detail),
      );
    });
    expect(scans).toEqual([]);
    connection.close();
  });
});
