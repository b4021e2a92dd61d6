import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { openLedger } from "../../src/ledger/ledger.ts";
import { routeOnce, type TestLedger } from "../ledger/records.ts";
import { launch } from "../support/launched.ts";
import { noPostgres, sharedServer } from "../support/postgres.ts";

const file = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../deploy/${name}`, import.meta.url)), "utf8");

interface Roles {
  /** The address of the database for a role. */
  readonly as: (role: "owner" | "app" | "report") => string;
  readonly query: (role: "owner" | "app" | "report" | "administrator", sql: string) => Promise<unknown>;
  /** A file of SQL with the names of this test. */
  readonly named: (name: string) => string;
}

/** A database of its own with the roles of the file, under names that no other test uses. */
async function withRoles(): Promise<Roles> {
  const server = new URL(await sharedServer());
  server.search = "";
  const id = randomBytes(6).toString("hex");
  const database = `team_${id}`;
  const connect = async (url: string): Promise<Client> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    return client;
  };
  const administrator = await connect(server.href);
  await administrator.query(`CREATE DATABASE ${database}`);
  const inside = new URL(server);
  inside.pathname = `/${database}`;
  const named = (name: string): string =>
    file(name)
      .replaceAll(/signalbox_(owner|app|report)/g, `sb_${id}_$1`)
      .replaceAll(/:'(\w+)_password'/g, "'$1'");
  const maker = await connect(inside.href);
  await maker.query(named("roles.sql"));
  await maker.end();
  const opened: Client[] = [];
  onTestFinished(async () => {
    for (const client of opened) await client.end();
    await administrator.query(`DROP DATABASE ${database} WITH (FORCE)`);
    for (const role of ["owner", "app", "report"]) await administrator.query(`DROP ROLE sb_${id}_${role}`);
    await administrator.end();
  });
  const as: Roles["as"] = (role) => {
    const url = new URL(inside);
    url.username = `sb_${id}_${role}`;
    url.password = role;
    return url.href;
  };
  return {
    as,
    named,
    query: async (role, sql) => {
      if (role === "administrator") return (await administrator.query(sql)).rows;
      const client = await connect(as(role));
      opened.push(client);
      return (await client.query(sql)).rows;
    },
  };
}

function ledgerFor(url: string): TestLedger & { readonly shared?: unknown } {
  const ledger = openLedger({ path: url, storeText: true, busyTimeoutMs: 20_000 });
  onTestFinished(() => ledger.close());
  return ledger;
}

describe.skipIf(noPostgres !== null)("the roles of deploy/roles.sql", () => {
  test("the owner migrates, the app serves and changes no schema, the report reads sums and no texts", async () => {
    const { as, query, named } = await withRoles();
    const early = ledgerFor(as("app"));
    await expect(routeOnce(early, "early")).rejects.toThrow(/does not let this user do that/);

    const home = mkdtempSync(join(tmpdir(), "signalbox-roles-"));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    const migrated = await launch(["ledger", "migrate"], home, { SIGNALBOX_DB: as("owner") }).ended;
    expect(migrated).toMatchObject({ exitCode: 0, stderr: "", stdout: expect.stringMatching(/has the schema \d+/) });
    await query("owner", named("report.sql"));

    const app = ledgerFor(as("app"));
    await routeOnce(app, "r1");
    expect(await app.recordOutcome("r1", true, null, Date.now())).toBe(true);
    const { shared } = openShared(as("app"));
    await shared?.keepAnswer("r1", null, "a long answer");
    expect(await shared?.answer("r1", null)).toBe("a long answer");
    expect(await shared?.useOnce("nonce", 1000)).toBe(true);
    expect(await shared?.takeShare("owner", 10)).toBe(0);
    await shared?.check();
    const pruned = await app.prune({
      before: "2026-12-01",
      nowMs: Date.now(),
      vacuum: false,
      signal: new AbortController().signal,
    });
    expect(pruned).toMatchObject({ requests: 1, complete: true });
    for (const sql of [
      "DROP TABLE signalbox.requests",
      "ALTER TABLE signalbox.requests ADD COLUMN x text",
      "CREATE TABLE signalbox.mine (x text)",
      "TRUNCATE signalbox.spend_sums",
      "CREATE SCHEMA other",
    ]) {
      await expect(query("app", sql), sql).rejects.toThrow(/permission denied|must be owner/);
    }

    // The password changes without a pause: a second role with the rights of the first.
    const again = new URL(as("app"));
    await query("administrator", `CREATE ROLE ${again.username}2 LOGIN IN ROLE ${again.username}`);
    again.username += "2";
    await routeOnce(ledgerFor(again.href), "r2");
    await query("administrator", `DROP ROLE ${again.username}`);

    expect(await query("report", "SELECT sum(cost_nano_usd) AS cost FROM signalbox.attempt_sums")).toEqual([
      { cost: "800" },
    ]);
    for (const table of ["requests", "attempts", "shared_answers", "shared_tasks", "shared_secrets"]) {
      await expect(query("report", `SELECT * FROM signalbox.${table}`), table).rejects.toThrow(/permission denied/);
    }
    await expect(query("report", "DELETE FROM signalbox.attempt_sums")).rejects.toThrow(/permission denied/);
  });

  function openShared(url: string) {
    const ledger = openLedger({ path: url, storeText: false, busyTimeoutMs: 20_000 });
    onTestFinished(() => ledger.close());
    return ledger;
  }
});
