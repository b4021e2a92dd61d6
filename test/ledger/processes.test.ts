import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import { addressOf, ledgerAt, tempPath } from "./support.ts";

const HAMMER = new URL("workers/hammer.ts", import.meta.url).pathname;

function hammer(...args: string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, [HAMMER, ...args]);
  const chunks = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (chunks.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (chunks.stderr += chunk.toString()));
  return new Promise((resolve) => child.on("close", () => resolve(chunks)));
}

describe("two processes on one file", () => {
  it("never spend more than the limit together, and lose no booking", async () => {
    const path = tempPath();
    // Enough for 250 of the 400 attempts.
    const limit = "250000";
    const results = await Promise.all(["one", "two"].map((name) => hammer(addressOf(path), name, "200", limit)));
    expect(results.map(({ stderr }) => stderr)).toEqual(["", ""]);
    const counts = results.map(({ stdout }) => JSON.parse(stdout) as { granted: number; refused: number });
    const granted = counts.reduce((sum, count) => sum + count.granted, 0);
    expect(granted).toBe(250);
    const ledger = ledgerAt(path);
    const { totals } = await ledger.spend({ since: null, until: null, groupBy: "day" });
    expect(totals).toMatchObject({ requests: 250, accepted: 250, costNanoUsd: 250_000 });
    expect((await ledger.metrics(null)).reduce((sum, metrics) => sum + metrics.attempts, 0)).toBe(250);
    expect((await ledger.health(true)).integrity).toBe("ok");
  });

  it("create the ledger together without getting in each other's way", async () => {
    for (let round = 0; round < 3; round += 1) {
      const path = tempPath();
      const results = await Promise.all(["a", "b", "c"].map((name) => hammer(addressOf(path), name, "1", "1000000")));
      expect(results).toEqual(results.map(() => ({ stdout: '{"granted":1,"refused":0}\n', stderr: "" })));
      expect(await ledgerAt(path).recentRouteIds("", 9)).toEqual(["c-0", "b-0", "a-0"]);
    }
  });
});
