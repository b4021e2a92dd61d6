import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { launch, type Ended } from "../support/launched.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "signalbox-test-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

function runDemo(env: Readonly<Record<string, string>>): Promise<Ended> {
  const { child, ended } = launch(["demo"], directory, env);
  child.stdin?.end();
  return ended;
}

describe("the demo", () => {
  it("routes, falls back, verifies, refuses and balances its books without a key", async () => {
    const { exitCode, stdout, stderr } = await runDemo({});
    expect(stderr).toBe("");
    expect(stdout).toContain("script of the sandbox, not of a model");
    for (const task of [
      "solidity_codegen",
      "gas_optimization",
      "ui_design",
      "semantic_audit",
      "planning",
      "code_generation",
      "extraction",
    ]) {
      expect(stdout).toContain(`${task}: `);
    }
    expect(stdout).toMatch(/1 \S+ +\w+ +rejected/);
    expect(stdout).toMatch(/2 \S+ \(repair\) +\w+ +accepted/);
    expect(stdout).toMatch(/deployment +[\d,]+ +[\d,]+ +1\d\.\d%/);
    expect(stdout).toMatch(/was caught by plan: .*S9/);
    expect(stdout).toMatch(/1 \S+ +\w+ +failed: timeout/);
    expect(stdout).toMatch(/budget_exceeded: .*needs at least \$0\.\d+/);
    expect(stdout).toContain('accept {"call":"median([10, 9, 2, 1])","equals":5.5');
    expect(stdout).toMatch(/was caught by sorts numbers as numbers: /);
    expect(stdout).toMatch(/verified by tests \(.*3 of 3 of your criteria met/);
    expect(stdout).toMatch(/verified by reference \(/);
    expect(stdout).toMatch(/signalbox:\/\/spend\n.+\n\d{4}-\d\d-\d\d +8 +7 +6 +\$/);
    expect(stdout).toMatch(/saved requests +100\.0% +90\.0% .*4 in need: 1 saved by a fallback, 3 by/);
    const [, ledger, bill] = /ledger (\d+) nano-USD, the sandbox's bill (\d+) nano-USD/.exec(stdout) ?? [];
    expect(Number(ledger)).toBeGreaterThan(0);
    expect(ledger).toBe(bill);
    expect(stdout).toContain("Everything came out as it should.");
    expect(exitCode).toBe(0);
  });

  it("leaves the user's keys, config and ledger alone, and nothing behind", async () => {
    const config = join(directory, "broken.json");
    await writeFile(config, "not JSON");
    const ledger = join(directory, "mine.db");
    const { exitCode, stdout, stderr } = await runDemo({
      SIGNALBOX_CONFIG: config,
      SIGNALBOX_DB: ledger,
      ANTHROPIC_API_KEY: "sk-ant-my-own-key",
      ANTHROPIC_BASE_URL: "http://127.0.0.1:9",
    });
    expect(exitCode, stderr).toBe(0);
    expect(stdout + stderr).not.toContain("sk-ant-my-own-key");
    expect(existsSync(ledger)).toBe(false);
    expect((await readdir(directory)).filter((name) => name.startsWith("signalbox-demo"))).toEqual([]);
  });
});
