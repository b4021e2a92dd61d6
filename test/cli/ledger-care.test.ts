import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Receipt } from "../../src/core/contract-resources.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { launch, type Ended } from "../support/launched.ts";

/** Commands that look after a ledger that a real process has written. */
let sandbox: Sandbox;
let home: string;
beforeEach(async () => {
  sandbox = await startSandbox({ answers: () => "Signals tell trains when to go." });
  home = mkdtempSync(join(tmpdir(), "signalbox-ledger-"));
});
afterEach(async () => {
  await sandbox.close();
  rmSync(home, { recursive: true, force: true });
});
const start = (...argv: readonly string[]) =>
  launch(argv, home, { ...sandbox.env, SIGNALBOX_DB: join(home, "ledger.db") });
function run(...argv: readonly string[]): Promise<Ended> {
  const { child, ended } = start(...argv);
  child.stdin?.end();
  return ended;
}
const ask = (task: string) => run("route", "--task", task, "What are signals for?");

describe("export", () => {
  it("writes a row a request as CSV, and whole receipts as JSON lines, the oldest first", async () => {
    await ask("general");
    await run("route", "--task", "solidity_codegen", "--budget", "0.0000001", "x");
    await run("outcome", "last", "good");
    await ask("classification");
    const { stdout, exitCode } = await run("export");
    expect(exitCode).toBe(0);
    const [head = "", ...rows] = stdout.trimEnd().split("\r\n");
    const cells = rows.map((row) =>
      Object.fromEntries(row.split(",").map((cell, index) => [head.split(",")[index], cell])),
    );
    expect(cells).toMatchObject([
      { task: "general", status: "accepted", model: "gpt-6-luna", attempts: "1", error_code: "" },
      { task: "solidity_codegen", status: "failed", error_code: "budget_exceeded", attempts: "0", model: "" },
      { task: "classification", status: "accepted", baseline_model: "claude-opus-5-5" },
    ]);
    const lines = (await run("export", "--format", "jsonl", "--since", "today")).stdout.trimEnd().split("\n");
    const receipts = lines.map((line) => JSON.parse(line) as Receipt);
    expect(receipts.map(({ task }) => task)).toEqual(["general", "solidity_codegen", "classification"]);
    expect(receipts.reduce((sum, { cost_usd: usd }) => sum + usd, 0)).toBeCloseTo(sandbox.billedNanoUsd() / 1e9, 9);
    expect((await run("export", "--until", "yesterday")).stdout.trimEnd().split("\r\n")).toHaveLength(1);
  });

  it("pages through more requests than it reads at a time", async () => {
    await ask("general");
    const db = new Database(join(home, "ledger.db"));
    const columns = (db.prepare("SELECT name FROM pragma_table_info('requests')").all() as { name: string }[])
      .map(({ name }) => name)
      .filter((name) => name !== "id" && name !== "route_id");
    db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 450)
      INSERT INTO requests (route_id, ${columns.join()}) SELECT substr(route_id, 1, 15) || printf('%06d', i), ${columns.join()} FROM requests, n WHERE id = 1`);
    db.close();
    const lines = (await run("export")).stdout.trimEnd().split("\r\n");
    expect(new Set(lines).size).toBe(452);
  });
});

describe("ledger path, backup, reset", () => {
  it("copies the ledger while a call runs, and refuses a file that is there", async () => {
    await ask("general");
    const path = join(home, "ledger.db");
    expect((await run("ledger", "path")).stdout).toBe(`${path}\n`);
    sandbox.setFault("*", { kind: "hang" });
    const running = start("route", "--task", "general", "--deadline", "60s", "x");
    await expect.poll(() => sandbox.calls.length).toBe(2);
    const copy = join(home, "copy.db");
    expect(await run("ledger", "backup", copy)).toMatchObject({ exitCode: 0 });
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    const copied = new Database(copy, { readonly: true });
    expect(copied.prepare("SELECT count(*) AS count FROM requests").get()).toEqual({ count: 2 });
    expect(copied.pragma("integrity_check")).toEqual([{ integrity_check: "ok" }]);
    copied.close();
    writeFileSync(copy, "mine");
    expect(await run("ledger", "backup", copy)).toMatchObject({ exitCode: 2 });
    expect(readFileSync(copy, "utf8")).toBe("mine");
    const link = join(home, "link.db");
    symlinkSync(join(home, "elsewhere.db"), link);
    expect(await run("ledger", "backup", link)).toMatchObject({ exitCode: 2 });
    expect(existsSync(join(home, "elsewhere.db"))).toBe(false);

    const now = await run("top", "--json");
    expect(JSON.parse(now.stdout)).toMatchObject({ running: [{ task: "general", role: "answer" }] });
    expect((await run("top")).stdout).toMatch(/1 call running · \$0\.\d+ held/);
    const refused = await run("ledger", "reset", "--yes");
    expect(refused).toMatchObject({ exitCode: 2 });
    expect(refused.stderr).toContain("1 calls are running");
    running.child.kill("SIGINT");
    await running.ended;
  });

  it("deletes it only when told to, and a new one begins empty", async () => {
    await ask("general");
    const path = join(home, "ledger.db");
    expect(await run("ledger", "reset")).toMatchObject({ exitCode: 2, stdout: "" });
    expect(existsSync(path)).toBe(true);
    expect(await run("ledger", "reset", "--yes")).toMatchObject({ exitCode: 0, stdout: `deleted ${path}\n` });
    expect(existsSync(path) || existsSync(`${path}-wal`)).toBe(false);
    expect(JSON.parse((await run("spend", "--json")).stdout)).toMatchObject({ totals: { requests: 0 } });
    expect(await run("ledger", "reset", "--yes")).toMatchObject({ exitCode: 1 });
    expect(await run("ledger", "backup", join(home, "copy.db"))).toMatchObject({ exitCode: 1 });
  });
});

describe("top", () => {
  it("names who is out, and says when nothing runs", async () => {
    sandbox.setFault("gpt-6-luna", { kind: "unauthorized" });
    await run("route", "--model", "gpt-6-luna", "x");
    const { stdout } = await run("top");
    expect(stdout).toMatch(/0 calls running · \$0\.00 held/);
    expect(stdout).toMatch(/✗ provider openai: auth, for another/);
    onTestFinished(() => sandbox.setFault("gpt-6-luna", null));
  });
});
