import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { HERE } from "../cases/request.ts";
import { sandboxService, type SandboxService } from "../support/sandbox-service.ts";
import { runLine } from "./support/world.ts";

/** Requests of a real ledger, through the real command line. */
let sandbox: Sandbox;
let app: SandboxService;
let ids: readonly string[] = [];
/** What the models say next. */
let answers: string[] = [];
beforeAll(async () => {
  sandbox = await startSandbox({ answers: () => answers.shift() ?? "Signals tell trains when to go." });
  const config = { outcome_share: 0, budgets: { day_usd: 1 }, privacy: { store_text: true } };
  app = await sandboxService(sandbox, config, { verifier: HERE });
  const ask = async (task: string, model: string): Promise<string> => {
    const { signal } = new AbortController();
    const routed = await app.service.route({ task, prompt: "What are signals for?", models: [model] }, { signal });
    return routed.ok ? routed.value.route_id : (routed.error.route_id ?? "");
  };
  ids = [
    await ask("general", "gpt-6-luna"),
    await ask("general", "claude-haiku-5-5"),
    await ask("classification", "gpt-6-luna"),
  ];
});
afterAll(async () => {
  await app.close();
  await sandbox.close();
});
const run = (...line: string[]) => runLine(line, { service: app.service });

describe("receipts", () => {
  it("lists the latest requests, newest first, each with its id", async () => {
    const { stdout, exitCode } = await run("receipts", "--wide");
    expect(exitCode).toBe(0);
    const lines = stdout.trimEnd().split("\n").slice(1);
    expect(lines.map((line) => line.split(/ +/)[0])).toEqual(ids.toReversed());
    expect(lines[1]).toContain("claude-haiku-5-5");
  });

  it.each([
    [["--task", "classification"], [2]],
    [["--model", "gpt-6-luna", "--task", "general"], [0]],
    [["--last", "1"], [2]],
    [["--status", "failed"], []],
  ] as const)("filters: %j", async (flags, expected) => {
    const { stdout } = await run("receipts", ...flags, "--json");
    const listed = (JSON.parse(stdout) as { receipts: { route_id: string }[] }).receipts;
    expect(listed.map(({ route_id: id }) => id)).toEqual(expected.map((index) => ids[index]));
  });

  it("says so when there is none, and what a bad count is", async () => {
    expect((await run("receipts", "--status", "cancelled")).stdout).toContain("No such request");
    expect(await run("receipts", "--last", "0")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("at least 1") as string,
    });
  });
});

describe("show", () => {
  it("shows a request: attempts, money, and with --why the checks and who was not asked", async () => {
    const plain = await run("show", ids[1] ?? "");
    expect(plain.stdout).toMatch(/general · accepted · \$\S+ · .* of /);
    expect(plain.stdout).toMatch(/✓ 1 claude-haiku-5-5 {2}accepted .* returned/);
    expect(plain.stdout).not.toContain("not asked");
    const why = await run("show", "last", "--why");
    expect(why.stdout).toContain(ids[2]);
    expect(why.stdout).toContain("order: gpt-6-luna");
    expect(why.stdout).toMatch(/not asked, not in the models of this request: claude-fable-5-1, claude-opus-5-5,/);
    expect(why.stdout).toContain("| Signals tell trains when to go.");
  });

  it("shows what a repair changed, where texts are stored", async () => {
    const { signal } = new AbortController();
    const accept = [{ contains: ["twice"] }];
    answers = ["Trains wait.\n  The signal is red.\nOnce.", "Trains wait.\n  The signal is red.\nSaid twice."];
    const asked = { task: "general", prompt: "What are signals for?", models: ["gpt-6-luna"], accept };
    const routed = await app.service.route(asked, { signal });
    answers = [];
    expect(routed).toMatchObject({ ok: true, value: { status: "accepted" } });
    const { stdout } = await run("show", "last");
    expect(stdout).toMatch(/✓ 2 gpt-6-luna \(repair\) {2}accepted/);
    expect(stdout).toContain("\n       The signal is red.\n    -Once.\n    +Said twice.\n");
    expect(stdout).not.toContain("-Trains wait.");
  });

  it("names what it does not know", async () => {
    expect(await run("show", "nothing")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("not_found") as string,
    });
  });
});

describe("outcome, budget, tasks", () => {
  it("notes whether an answer was right, and shows it with the request", async () => {
    expect(await run("outcome", "last", "bad", "--note", "too short")).toMatchObject({ exitCode: 0 });
    expect((await run("show", "last")).stdout).toContain("reported wrong: too short");
    expect(await run("outcome", "last", "so-so")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("good or bad") as string,
    });
    expect(await run("outcome", "nothing", "good")).toMatchObject({ exitCode: 2 });
  });

  it("shows what is left of each budget", async () => {
    expect((await run("budget")).stdout).toMatch(/day +\$\S+ +\$0\S* +\$\S+ +\$1\.00 +░+ \d+%/);
  });

  it("lists the tasks with who is asked", async () => {
    const { stdout } = await run("tasks");
    expect(stdout).toContain("gas_optimization  Make given Solidity code cheaper");
    expect(stdout).toMatch(/asks {2}deepseek-v4-pro, claude-opus-5-5/);
  });
});
