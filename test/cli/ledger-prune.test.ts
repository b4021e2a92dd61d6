import { describe, expect, it } from "vitest";
import type { PruneOutput } from "../../src/core/service.ts";
import { runLine } from "./support/world.ts";

const PRUNED: PruneOutput = {
  requests: 12_345,
  attempts: 20_001,
  kept: 0,
  bytes_before: 5_400_000_000,
  bytes_after: 1_200_000,
  bytes_free: 0,
  complete: true,
};
const LINE = ["ledger", "prune", "--before", "2026-01-01"];

describe("ledger prune", () => {
  it("says what it deleted and what became of the file", async () => {
    const ran = await runLine(LINE, { pruned: { ok: true, value: PRUNED } });
    expect(ran.exitCode).toBe(0);
    expect(ran.calls).toEqual([{ method: "pruneLedger", input: { before: "2026-01-01", vacuum: false } }]);
    expect(ran.stdout).toBe(
      "deleted 12,345 requests with 20,001 attempts that ended before 2026-01-01; every sum is as it was\n" +
        "the file: 5.4 GB before, 1.2 MB now\n",
    );
  });

  it("says what stays and why, and how the disk gets its space back", async () => {
    const value = { ...PRUNED, requests: 1, attempts: 1, kept: 2, bytes_after: 940, bytes_free: 512 };
    const ran = await runLine(LINE, { pruned: { ok: true, value } });
    expect(ran.stdout).toContain("deleted 1 request with 1 attempt that");
    expect(ran.stdout).toContain("kept 2 for now: they hold money, or their process died");
    expect(ran.stdout).toContain("5.4 GB before, 940 B now\n512 B of it are free for new requests; --vacuum gives");
    const vacuumed = await runLine([...LINE, "--vacuum"], { pruned: { ok: true, value } });
    expect(vacuumed.calls[0]?.input).toEqual({ before: "2026-01-01", vacuum: true });
    expect(vacuumed.stdout).not.toContain("--vacuum gives");
  });

  it("exits with 1 when it was interrupted, after saying what it did by then", async () => {
    const ran = await runLine(LINE, { pruned: { ok: true, value: { ...PRUNED, complete: false } } });
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain("interrupted: run it again for the rest");
  });

  it.each([
    ["invalid_request", 2],
    ["ledger_unavailable", 1],
  ])("tells %s on stderr and exits with %d", async (code, exitCode) => {
    const error = { code, message: "what is wrong", attempts: [], cost_usd: 0 };
    const ran = await runLine(LINE, { pruned: { ok: false, error } });
    expect(ran).toMatchObject({ exitCode, stdout: "" });
    expect(ran.stderr).toContain(`${code}: what is wrong`);
  });

  it("prints JSON when asked", async () => {
    const ran = await runLine([...LINE, "--json"], { pruned: { ok: true, value: PRUNED } });
    expect(JSON.parse(ran.stdout)).toEqual(PRUNED);
  });

  it.each([[["ledger"]], [["ledger", "prune"]], [["ledger", "prun"]], [["ledger", "prune", "now"]], [["prune"]]])(
    "refuses %j as wrong usage, deletes nothing",
    async (argv) => {
      const ran = await runLine(argv);
      expect(ran).toMatchObject({ exitCode: 2, stdout: "", calls: [] });
      expect(ran.stderr).not.toBe("");
    },
  );

  it("is listed in its group, with its own help", async () => {
    expect((await runLine(["--help"])).stdout).toMatch(/ledger +look after the ledger file/);
    expect((await runLine(["ledger", "--help"])).stdout).toMatch(/prune.* +delete old requests from the ledger/);
    const help = (await runLine(["ledger", "prune", "--help"])).stdout;
    expect(help).toContain("--before <day>");
    expect(help).toContain("$ signalbox ledger prune --before 2026-01-01");
  });
});
