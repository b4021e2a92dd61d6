import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import Database from "better-sqlite3";
import { Client } from "pg";
import { afterEach, describe, expect, it } from "vitest";
import { openLedger } from "../../src/ledger/ledger.ts";
import { launch, type Ended } from "../support/launched.ts";
import { freshPostgres, noPostgres } from "../support/postgres.ts";
import { askLedger, fillLedger } from "./filled.ts";
import { dayLimit, requestEnd, requestRecord, reserveInput, NOON, routeOnce, type TestLedger } from "./records.ts";
import { tempDir } from "./support.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function open(path: string): TestLedger {
  const ledger = openLedger({ path, storeText: true, busyTimeoutMs: 20_000 });
  cleanups.push(() => ledger.close());
  return ledger;
}

async function sql(url: string): Promise<{ readonly client: Client; readonly schema: string }> {
  const plain = new URL(url);
  const schema = plain.searchParams.get("schema") ?? "";
  plain.search = "";
  const client = new Client({ connectionString: plain.href });
  await client.connect();
  cleanups.push(() => client.end());
  return { client, schema };
}

/** The real command line. */
function move(from: string, to: string, ...flags: readonly string[]): Promise<Ended> {
  return launch(["ledger", "move", from, "env:TARGET", ...flags], tempDir(), { TARGET: to }).ended;
}

/**
 * Starts a move and kills it in the middle. `copied`: the last request that was copied so far, 0 before the first and once all is done. A move
 * that ends before it could be killed is taken back by `undo`, and made again.
 */
async function killInTheMiddle(from: string, to: string, copied: () => Promise<number>, undo: () => unknown) {
  for (let tries = 0; tries < 20; tries += 1) {
    const { child, ended } = launch(["ledger", "move", from, to], tempDir());
    const over = new AbortController();
    void ended.then(() => over.abort());
    while (!over.signal.aborted && (await copied()) === 0) await delay(1);
    child.kill("SIGKILL");
    await ended;
    const after = await copied();
    if (after > 0) return after;
    await undo();
  }
  throw new Error("the move ended each time before it could be killed");
}

const IN_FILE = [
  "attempt_rollups",
  "attempts",
  "caller_savings",
  "check_lists",
  "checks",
  "evidence_records",
  "explorations",
  "failure_rollups",
  "holds",
  "kept_answers",
  "model_statistics",
  "names",
  "notices",
  "outages",
  "outcomes",
  "own_health",
  "pace_samples",
  "paces",
  "phrases",
  "principal_rollups",
  "prunes",
  "recent",
  "requests",
  "reservations",
  "seen_requests",
  "shadow_runs",
  "spend_rollups",
  "starts",
  "task_lessons",
  "texts",
];
/** `guards` and `shared_*` have nothing to move, `kept_answers` may be asked for again, `migrations` is the schema's own. */
const IN_POSTGRES = [
  "attempt_sums",
  "attempts",
  "caller_savings",
  "evidence_records",
  "explorations",
  "failure_sums",
  "guarantees",
  "guards",
  "holds",
  "kept_answers",
  "lesson_events",
  "migrations",
  "model_statistics",
  "notices",
  "outages",
  "prunes",
  "requests",
  "reservations",
  "samples",
  "seen_requests",
  "shadow_runs",
  "shared_answers",
  "shared_nonces",
  "shared_rates",
  "shared_secrets",
  "shared_tasks",
  "spend_sums",
  "task_revisions",
];

describe.skipIf(noPostgres !== null)("signalbox ledger move", () => {
  it("copies all that a file holds into Postgres, and all of that back into a file", async () => {
    const file = join(tempDir(), "ledger.sqlite");
    const source = open(file);
    await fillLedger(source);
    const before = await askLedger(source);
    const url = await freshPostgres();

    const there = await move(file, url);
    expect(there.stderr).toBe("");
    expect(there.stdout).toContain("every sum of the copy equals its source to the nano-dollar");
    expect(there.stdout).toContain("set SIGNALBOX_DB to what TARGET holds");
    expect(await askLedger(source)).toEqual(before);
    const team = open(url);
    expect(await askLedger(team)).toEqual(before);

    const copy = join(tempDir(), "copy.sqlite");
    const back = await move(url, copy, "--json");
    expect(back.stderr).toBe("");
    expect(JSON.parse(back.stdout)).toMatchObject({ to: copy, resumed: false, complete: true });
    const again = open(copy);
    expect(await askLedger(again)).toEqual(before);
    expect(existsSync(`${copy}.moving`)).toBe(false);

    // All three go on alike: what the dead held is booked, numbers and slots go on, the newest samples are the same.
    for (const ledger of [source, team, again]) {
      await routeOnce(ledger, "s1", { reserve: { nowMs: NOON + 3_600_000 } });
      await ledger.recordOutcome("r0003", true, "right after all", NOON + 3_600_000);
    }
    const after = await askLedger(source);
    expect(await askLedger(team)).toEqual(after);
    expect(await askLedger(again)).toEqual(after);
    expect(after).not.toEqual(before);
  });

  it("knows every table: one that is added must be moved as well", async () => {
    const file = join(tempDir(), "ledger.sqlite");
    await routeOnce(open(file), "r1");
    const db = new Database(file, { readonly: true });
    const inFile = db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
    db.close();
    const url = await freshPostgres();
    await routeOnce(open(url), "r1");
    const { client, schema } = await sql(url);
    const { rows } = await client.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1",
      [schema],
    );
    expect(inFile.filter((name) => !name.startsWith("sqlite_")).sort()).toEqual(IN_FILE);
    expect(rows.map(({ name }) => name).sort()).toEqual(IN_POSTGRES);
  });

  it("goes on where it was killed, with no row twice, into Postgres and back", { timeout: 180_000 }, async () => {
    const total = 2500;
    const file = join(tempDir(), "ledger.sqlite");
    const source = open(file);
    for (let from = 0; from < total; from += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, index) => routeOnce(source, `r${from + index}`)));
    }
    source.close();
    const url = await freshPostgres();
    const { client, schema } = await sql(url);
    const copied = async (): Promise<number> => {
      const rows = await client
        .query<{ id: number }>(`SELECT after_id::integer AS id FROM ${schema}.moves`)
        .catch(() => null);
      return rows?.rows[0]?.id ?? 0;
    };

    const undo = () => client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    expect(await killInTheMiddle(file, url, copied, undo)).toBeLessThan(total);
    // What is half there is no ledger.
    await expect(open(url).spend({ since: null, until: null, groupBy: "day" })).rejects.toThrow(
      /move into it has not ended/,
    );

    const resumed = await move(file, url, "--json");
    expect(JSON.parse(resumed.stdout)).toMatchObject({
      requests: total,
      attempts: total,
      cost_usd: (total * 400) / 1e9,
      resumed: true,
      complete: true,
    });
    const { rows } = await client.query(
      `SELECT count(*)::integer AS all, count(DISTINCT route_id)::integer AS each FROM ${schema}.requests`,
    );
    expect(rows).toEqual([{ all: total, each: total }]);
    expect((await open(url).health(true)).integrity).toBe("ok");

    const copy = join(tempDir(), "copy.sqlite");
    const copiedBack = async (): Promise<number> => {
      if (!existsSync(`${copy}.moving`)) return 0;
      const db = new Database(`${copy}.moving`, { readonly: true });
      try {
        return db.prepare<[], number>("SELECT after_id FROM moves").pluck().get() ?? 0;
      } catch {
        return 0;
      } finally {
        db.close();
      }
    };
    const undoBack = () =>
      ["", ".moving", ".moving-wal", ".moving-shm"].forEach((end) => rmSync(`${copy}${end}`, { force: true }));
    expect(await killInTheMiddle(url, copy, copiedBack, undoBack)).toBeLessThan(total);
    expect(existsSync(copy)).toBe(false);

    const resumedBack = await move(url, copy, "--json");
    expect(JSON.parse(resumedBack.stdout)).toMatchObject({
      requests: total,
      attempts: total,
      resumed: true,
      complete: true,
    });
    const { totals } = await open(copy).spend({ since: null, until: null, groupBy: "day" });
    expect(totals).toMatchObject({ requests: total, costNanoUsd: total * 400 });
  });

  it("refuses while requests run, unless it is told to copy all the same; what ran is booked at its worst case in the copy", async () => {
    const file = join(tempDir(), "ledger.sqlite");
    const source = open(file);
    const nowMs = Date.now();
    await routeOnce(source, "r1", { reserve: { nowMs } });
    await source.reserve(reserveInput("r2", "r2-a", { nowMs, amountNanoUsd: 5000 }));
    const url = await freshPostgres();

    const refused = await move(file, url);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(/Others use the ledger: they run 1 request.*Stop them.*or add --while-in-use/s);

    const done = await move(file, url, "--while-in-use");
    expect(done.stderr).toBe("");
    const [budget] = (await open(url).recent([dayLimit(1e9)], nowMs)).budgets;
    expect(budget).toMatchObject({ spentNanoUsd: 400, heldNanoUsd: 5000 });
  });

  it("says what is wrong: a target that is not empty, another schema, a server that is away, a file that is not there", async () => {
    const file = join(tempDir(), "ledger.sqlite");
    const source = open(file);
    await routeOnce(source, "r1");
    const url = await freshPostgres();
    await routeOnce(open(url), "other");
    const used = await move(file, url);
    expect(used).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/is not empty; name another schema/) });
    const fileThere = await move(url, file);
    expect(fileThere).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/is there already/) });

    const missing = await move(join(tempDir(), "none.sqlite"), await freshPostgres());
    expect(missing).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/There is no ledger at .*none\.sqlite/),
    });
    const away = await move(file, "postgres://someone:s3cr3t@127.0.0.1:1/team");
    expect(away).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/cannot be reached/) });
    expect(away.stderr).not.toContain("s3cr3t");
    const itself = await move(file, join(file, "..", "ledger.sqlite"));
    expect(itself.exitCode).toBe(2);
    const unset = await launch(["ledger", "move", file, "env:NOT_SET"], tempDir()).ended;
    expect(unset).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/the variable NOT_SET is not set/) });

    const newer = await freshPostgres();
    const { client, schema } = await sql(newer);
    await routeOnce(open(newer), "r1");
    await client.query(`INSERT INTO ${schema}.migrations (version) VALUES (999)`);
    const fromNewer = await move(newer, join(tempDir(), "copy.sqlite"));
    expect(fromNewer).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/newer Signalbox \(its schema is 999/),
    });
  });

  it("does not complete a copy whose sums differ, and says which", async () => {
    const file = join(tempDir(), "ledger.sqlite");
    await routeOnce(open(file), "r1");
    const broken = await freshPostgres();
    const { client, schema } = await sql(broken);
    await open(broken).finish(requestRecord("x"), requestEnd("x", null));
    await client.query(`TRUNCATE ${schema}.requests, ${schema}.spend_sums CASCADE`);
    // A row loses a nano-dollar on its way.
    await client.query(`CREATE FUNCTION ${schema}.lose() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.cost_nano_usd := NEW.cost_nano_usd - 1; RETURN NEW; END $$`);
    await client.query(
      `CREATE TRIGGER lose BEFORE INSERT ON ${schema}.attempts FOR EACH ROW EXECUTE FUNCTION ${schema}.lose()`,
    );
    const differs = await move(file, broken);
    expect(differs.exitCode).toBe(1);
    expect(differs.stderr).toMatch(
      /cost_nano_usd of attempts \(.*task planning.*\) is 400 in the source and 399 in the copy/,
    );
    await expect(open(broken).route("r1")).rejects.toThrow(/has not ended/);
  });
});
