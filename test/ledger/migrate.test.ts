import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { migrate, schemaVersion } from "../../src/ledger/sqlite/db/migrate.ts";
import { MIGRATIONS } from "../../src/ledger/sqlite/migrations/index.ts";
import type { Migration } from "../../src/ledger/sqlite/migrations/migration.ts";
import { OLD_MIGRATIONS, OLD_RECEIPT, writeOldLedger } from "./old-ledger.ts";
import { NOON, routeOnce } from "./records.ts";
import { filesBeside, ledgerAt, rawDatabase, tempPath } from "./support.ts";

const addsColumn: Migration = {
  title: "adds a column",
  up: (db) => db.exec("ALTER TABLE requests ADD COLUMN colour TEXT"),
};
const breaks: Migration = {
  title: "breaks half-way",
  up: (db) => {
    db.exec("CREATE TABLE half_done (x)");
    throw new Error("the lights went out");
  },
};

async function ledgerWithOneRequest(): Promise<string> {
  const path = tempPath();
  const ledger = ledgerAt(path);
  await routeOnce(ledger, "r1");
  ledger.close();
  return path;
}

/** The schema after each step, by its hash. A new step adds a line; a line never changes. */
const RELEASED: readonly (readonly [title: string, schema: string])[] = [
  ["requests, attempts, reservations, rollups", "4ac9b4e69333b2ad"],
  ["repairs, judges, evidence", "edb258136061f4f9"],
  ["outages, paces, provider limits, probes", "687931d25d37ec21"],
  ["check lists, phrases, prunes", "102c80284741b566"],
  ["principals", "893098e4fb5aeb0d"],
  ["money held for batches", "0a99246a0c45ede2"],
  ["the basis of verdicts", "00a9c213a5bcdbeb"],
  ["the role of reservations", "95c8f639c05d3019"],
  ["health by principal", "77f87bfac8638544"],
  ["shadow runs and callers' tokens", "6e5f2d6522288136"],
  ["what requests have taught", "30198e00bf61f7d8"],
  ["how often bought evidence was right", "557bd5e6fbe83364"],
  ["notices that were sent", "56bcd7f0f2b9340c"],
  ["files by path, the caller's saving, kept answers", "1289deaf453feede"],
];

function schemaAfter(steps: number): string {
  const db = new Database(":memory:");
  migrate(db, "l", MIGRATIONS.slice(0, steps));
  const sql = db.prepare<[], string>("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").pluck().all();
  db.close();
  return createHash("sha256").update(sql.join("\n").replaceAll(/\s+/g, " ")).digest("hex").slice(0, 16);
}

describe("migrations", () => {
  it("take the baseline of answers that were reported wrong out of the sums", async () => {
    const path = tempPath();
    const ledger = ledgerAt(path);
    const [wrong, right] = ["r1", "r2"];
    for (const id of [wrong, right]) await routeOnce(ledger, id);
    await ledger.recordOutcome(wrong, false, null, NOON);
    await ledger.recordOutcome(right, true, null, NOON);
    const spend = { since: null, until: null } as const;
    const after = await ledger.spend({ ...spend, groupBy: "model" });
    expect(after.totals.baselineNanoUsd).toBe(1500);
    ledger.close();
    // As it was before that step.
    const db = rawDatabase(path);
    for (const table of ["evidence_records", "notices", "caller_savings", "kept_answers"])
      db.exec(`DROP TABLE ${table}`);
    for (const column of ["extras", "end_extras"]) db.exec(`ALTER TABLE requests DROP COLUMN ${column}`);
    for (const table of ["spend_rollups", "principal_rollups"]) {
      db.exec(`UPDATE ${table} SET baseline_nano_usd = baseline_nano_usd + 1500`);
    }
    db.pragma("user_version = 11");
    db.close();
    const again = ledgerAt(path);
    await routeOnce(again, "r3");
    for (const groupBy of ["model", "provider", "task", "day"] as const) {
      const { totals, rows } = await again.spend({ ...spend, groupBy });
      expect(totals.baselineNanoUsd).toBe(3000);
      expect(rows.map(({ baselineNanoUsd }) => baselineNanoUsd)).toEqual([3000]);
    }
    again.close();
  });

  it("are append only: each step leaves the schema that it always left", () => {
    expect(MIGRATIONS.map(({ title }, index) => [title, schemaAfter(index + 1)])).toEqual(RELEASED);
  });

  it("run in order, once each, and keep what is there", async () => {
    const db = rawDatabase(await ledgerWithOneRequest());
    migrate(db, "l", [...MIGRATIONS, addsColumn]);
    migrate(db, "l", [...MIGRATIONS, addsColumn]);
    expect(schemaVersion(db, "l", [...MIGRATIONS, addsColumn])).toBe(MIGRATIONS.length + 1);
    expect(db.prepare("SELECT route_id, colour FROM requests").all()).toEqual([{ route_id: "r1", colour: null }]);
  });

  it("leave the old schema usable when one of them fails", async () => {
    const path = await ledgerWithOneRequest();
    const db = rawDatabase(path);
    expect(() => migrate(db, "l", [...MIGRATIONS, addsColumn, breaks])).toThrow("the lights went out");
    expect(schemaVersion(db, "l")).toBe(MIGRATIONS.length);
    const ledger = ledgerAt(path);
    await routeOnce(ledger, "r2");
    expect(await ledger.recentRouteIds("", 5)).toEqual(["r2", "r1"]);
  });

  it("leave the old schema usable when the process is killed in the middle", async () => {
    const path = await ledgerWithOneRequest();
    const script = new URL("workers/die.ts", import.meta.url).pathname;
    expect(spawnSync(process.execPath, [script, path]).signal).toBe("SIGKILL");
    // What the dead process has written so far is there, and no process takes it for the ledger.
    expect(filesBeside(path).get(`${path}-wal`)?.length).toBeGreaterThan(1_000_000);
    const ledger = ledgerAt(path);
    await routeOnce(ledger, "r2");
    expect(await ledger.recentRouteIds("", 5)).toEqual(["r2", "r1"]);
    expect(await ledger.health(true)).toMatchObject({ schemaVersion: MIGRATIONS.length, integrity: "ok" });
  });

  it("leave a file of an older program to that program when the process is killed while it brings it up to date", async () => {
    const path = tempPath();
    writeOldLedger(path);
    const script = new URL("workers/die.ts", import.meta.url).pathname;
    expect(spawnSync(process.execPath, [script, path]).signal).toBe("SIGKILL");
    const old = rawDatabase(path);
    migrate(old, path, OLD_MIGRATIONS);
    expect(schemaVersion(old, path, OLD_MIGRATIONS)).toBe(OLD_MIGRATIONS.length);
    old.exec("UPDATE requests SET notes = NULL WHERE route_id = 'r1'");
    expect(old.prepare("SELECT count(*) FROM checks").pluck().get()).toBe(2);
    expect(old.pragma("integrity_check", { simple: true })).toBe("ok");
  });

  it("show what an older program wrote, as it wrote it", async () => {
    const path = tempPath();
    writeOldLedger(path);
    const ledger = ledgerAt(path);
    expect(await ledger.route("r1")).toMatchObject(OLD_RECEIPT);
    await routeOnce(ledger, "r2");
    expect((await ledger.spend({ since: null, until: null, groupBy: "day" })).totals).toMatchObject({
      requests: 2,
      costNanoUsd: 800,
    });
    const signal = new AbortController().signal;
    const nowMs = Date.parse("2026-11-20");
    expect(await ledger.prune({ before: "2026-11-19", nowMs, vacuum: false, signal })).toMatchObject({
      requests: 2,
      attempts: 2,
    });
    expect(rawDatabase(path).prepare("SELECT count(*) FROM checks").pluck().get()).toBe(0);
  });

  it("leave an empty file empty when the very first one fails", () => {
    const path = tempPath();
    const db = rawDatabase(path);
    expect(() => migrate(db, path, [breaks])).toThrow("the lights went out");
    db.close();
    expect(readFileSync(path)).toHaveLength(0);
  });

  it("declare every table strict, so that no amount is ever stored as text", () => {
    const db = new Database(":memory:");
    migrate(db, "l");
    const loose = db.prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    );
    expect(loose.all()).toEqual([]);
    db.close();
  });
});
