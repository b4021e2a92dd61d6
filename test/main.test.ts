import { chmodSync, statSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox } from "../src/sandbox/server.ts";
import { launch, type Ended } from "./support/launched.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "signalbox-test-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

function start(argv: readonly string[], env: Readonly<Record<string, string>> = {}): ReturnType<typeof launch> {
  return launch(argv, directory, env);
}

function run(argv: readonly string[], env: Readonly<Record<string, string>> = {}, stdin = ""): Promise<Ended> {
  const { child, ended } = start(argv, env);
  child.stdin?.end(stdin);
  return ended;
}

function initialize(): string {
  const params = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "test", version: "1" } };
  return `${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params })}\n`;
}

async function brokenConfig(): Promise<string> {
  const path = join(directory, "config.json");
  await writeFile(path, JSON.stringify({ budgets: { day_usd: "much" }, modles: [] }));
  return path;
}

describe("without a command", () => {
  it("serves MCP on stdout, says nothing else, and ends with its client", async () => {
    const { child, ended } = start([]);
    child.stdout?.once("data", () => child.stdin?.end());
    child.stdin?.write(initialize());
    const { exitCode, stdout, stderr } = await ended;
    expect(JSON.parse(stdout)).toMatchObject({ id: 1, result: { serverInfo: { name: "signalbox" } } });
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
  });

  it.each(["SIGTERM", "SIGINT"] as const)("ends in good order on %s", async (signal) => {
    const { child, ended } = start([]);
    child.stdout?.once("data", () => child.kill(signal));
    child.stdin?.write(initialize());
    expect(await ended).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("tells every problem of the config with its path and what is expected, and exits with 2", async () => {
    const { exitCode, stdout, stderr } = await run([], {
      SIGNALBOX_CONFIG: await brokenConfig(),
      SIGNALBOX_LOG: "loud",
    });
    expect(exitCode).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/budgets\.day_usd .*expected a number/);
    expect(stderr).toMatch(/modles .*expected one of/);
    expect(stderr).toMatch(/SIGNALBOX_LOG .*expected one of/);
  });

  it("logs to stderr at the level that SIGNALBOX_LOG names", async () => {
    const { stderr } = await run([], { SIGNALBOX_LOG: "info" });
    expect(JSON.parse(stderr)).toMatchObject({ name: "signalbox", msg: "serving MCP over stdio" });
  });
});

describe("with a command", () => {
  it("exits with 2 on wrong usage and prints nothing on stdout", async () => {
    expect(await run(["rout"])).toMatchObject({ exitCode: 2, stdout: "" });
    expect(await run(["route", "--file", "/nowhere/at/all"])).toMatchObject({ exitCode: 2, stdout: "" });
  });

  it("says so when SIGNALBOX_CONFIG names no file", async () => {
    const { exitCode, stderr } = await run(["models"], { SIGNALBOX_CONFIG: join(directory, "nowhere.json") });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("SIGNALBOX_CONFIG names a file that cannot be read");
  });

  it("fails with advice, not with a stack, when no key is there", async () => {
    const { exitCode, stderr } = await run(["route", "--task", "general"], {}, "hello");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("ANTHROPIC_API_KEY");
    expect(stderr).not.toContain("    at ");
  });

  it("prints its own version", async () => {
    const file = await readFile(new URL("../package.json", import.meta.url), "utf8");
    const { version } = JSON.parse(file) as { readonly version: string };
    expect(await run(["--version"])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("runs doctor although config and variables are broken, and never shows a key", async () => {
    const { exitCode, stdout, stderr } = await run(["doctor", "--wide"], {
      SIGNALBOX_CONFIG: await brokenConfig(),
      SIGNALBOX_DB: "mysql://user:pass@host/db",
      OPENAI_API_KEY: "sk-my-secret-key",
      OPENAI_BASE_URL: "http://127.0.0.1:9/v1",
    });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/problem +config +budgets\.day_usd/);
    expect(stdout).toMatch(/problem +config +SIGNALBOX_DB/);
    expect(stdout).toMatch(/problem +provider openai +key seen in OPENAI_API_KEY; .*cannot be reached/);
    expect(stdout + stderr).not.toMatch(/sk-my-secret-key|user:pass/);
  });

  it("keeps the ledger below the home folder when SIGNALBOX_DB begins with a tilde, and closes it to others", async () => {
    const sandbox = await startSandbox();
    try {
      const env = { ...sandbox.env, SIGNALBOX_DB: "~/ledger.db" };
      const first = await run(["route", "--task", "general"], env, "What is a signal box?");
      expect(first.stderr).not.toContain("warning");
      const path = join(directory, "ledger.db");
      chmodSync(path, 0o666);
      const { exitCode, stderr } = await run(["route", "--task", "general"], env, "What is a signal box?");
      expect(exitCode).toBe(0);
      expect(stderr).toContain(
        `signalbox: warning: the ledger ${path} could be read or written by other users (mode 0666)`,
      );
      expect(statSync(path).mode & 0o777).toBe(0o600);
    } finally {
      await sandbox.close();
    }
  });

  it("warns of a ledger whose place depends on the folder it is started in", async () => {
    const { stderr } = await run(["spend"], { SIGNALBOX_DB: "ledger.db" });
    expect(stderr).toMatch(/^signalbox: warning: SIGNALBOX_DB is the relative path "ledger.db": in each folder/);
    const { stdout } = await run(["doctor"], { SIGNALBOX_DB: "ledger.db" });
    expect(stdout).toMatch(/warning +config +SIGNALBOX_DB is the relative path/);
  });

  it("keeps the ledger where this system keeps data when SIGNALBOX_DB is not set", async () => {
    const sandbox = await startSandbox();
    try {
      const routed = await run(["route", "--task", "general", "--json"], sandbox.env, "What is a signal box?");
      expect(routed.exitCode, routed.stderr).toBe(0);
      const { cost_usd: costUsd } = JSON.parse(routed.stdout) as { readonly cost_usd: number };
      const spent = await run(["spend", "--json"]);
      expect(JSON.parse(spent.stdout)).toMatchObject({ totals: { requests: 1, cost_usd: costUsd } });
      expect(Math.round(costUsd * 1e9)).toBe(sandbox.billedNanoUsd());
      const { stdout } = await run(["doctor", "--json"], sandbox.env);
      expect(stdout).toContain(join(directory, "signalbox"));
    } finally {
      await sandbox.close();
    }
  });

  it("cancels a running route on SIGINT, settles it and exits with 130", async () => {
    const sandbox = await startSandbox({ faults: { "*": { kind: "hang" } } });
    try {
      const { child, ended } = start(["route", "--task", "general", "--prompt", "x"], sandbox.env);
      await until(() => sandbox.calls.length > 0 || child.exitCode !== null);
      child.kill("SIGINT");
      const { exitCode, stdout, stderr } = await ended;
      expect(exitCode).toBe(130);
      expect(stdout).toBe("");
      expect(stderr).toContain("cancelled");
      const spent = await run(["spend", "--json"]);
      expect(JSON.parse(spent.stdout)).toMatchObject({ totals: { requests: 1, accepted: 0 } });
    } finally {
      await sandbox.close();
    }
  });

  it("does not mind a reader that has seen enough", async () => {
    const { child, ended } = start(["models"]);
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ exitCode: 0, stderr: "" });
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => void setTimeout(resolve, 10));
}
