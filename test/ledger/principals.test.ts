import { describe, expect, it } from "vitest";
import type { BudgetLimit } from "../../src/core/budget.ts";
import { attemptRecord, LEASE_MS, NOON, requestEnd, requestRecord, reserveInput, type TestLedger } from "./records.ts";
import { ledgerAt, tempPath } from "./support.ts";

const dayOf = (principal: string, limitNanoUsd: number): BudgetLimit => ({
  scope: { kind: "principal", principal, per: "day" },
  limitNanoUsd,
});

/** Holds money for an attempt of a principal's request. */
function reserve(
  ledger: TestLedger,
  routeId: string,
  principal: string | null,
  amount: number,
  limits: BudgetLimit[] = [],
) {
  const request = requestRecord(routeId, { principal });
  return ledger.reserve(reserveInput(routeId, `${routeId}-a`, { request, amountNanoUsd: amount, limits }));
}

async function route(
  ledger: TestLedger,
  routeId: string,
  principal: string | null,
  costNanoUsd: number,
): Promise<void> {
  await reserve(ledger, routeId, principal, costNanoUsd);
  const attempt = attemptRecord(routeId, `${routeId}-a`, { cost: { nanoUsd: costNanoUsd, exact: true } });
  await ledger.settle(attempt, requestEnd(routeId, attempt.attemptId));
}

const by = (groupBy: "principal" | "model" | "day", principal: string | null = null) =>
  ({ since: null, until: null, groupBy, principal }) as const;

describe("principals in the ledger", () => {
  it("have rows that add up to the totals, the owner's among them", async () => {
    const ledger = ledgerAt();
    await route(ledger, "r1", "alice", 300);
    await route(ledger, "r2", "alice", 50);
    await route(ledger, "r3", "bob", 500);
    await route(ledger, "r4", null, 70);
    const { totals, rows } = await ledger.spend(by("principal"));
    expect(rows.map(({ key, requests, costNanoUsd }) => [key, requests, costNanoUsd])).toEqual([
      ["bob", 1, 500],
      ["alice", 2, 350],
      ["(owner)", 1, 70],
    ]);
    expect(totals).toMatchObject({ requests: 4, costNanoUsd: 920, baselineNanoUsd: 6000 });
    expect(await ledger.spend(by("model", "alice"))).toMatchObject({
      totals: { requests: 2, costNanoUsd: 350, baselineNanoUsd: 3000 },
      rows: [{ key: "alpha", requests: 2, costNanoUsd: 350 }],
    });
    expect((await ledger.spend(by("day", "unknown"))).rows).toEqual([]);
  });

  it("share no budget: what one has spent and holds leaves the other's whole", async () => {
    const ledger = ledgerAt();
    await route(ledger, "r1", "alice", 600);
    expect(await reserve(ledger, "r2", "alice", 300, [dayOf("alice", 1000)])).toEqual({ ok: true });
    expect(await reserve(ledger, "r3", "alice", 200, [dayOf("alice", 1000)])).toMatchObject({
      ok: false,
      over: { spentNanoUsd: 600, heldNanoUsd: 300 },
    });
    expect(await reserve(ledger, "r4", "bob", 1000, [dayOf("bob", 1000)])).toEqual({ ok: true });
    const { budgets } = await ledger.recent([dayOf("alice", 1000), dayOf("bob", 1000), dayOf("eve", 1000)], NOON);
    expect(budgets.map(({ spentNanoUsd, heldNanoUsd }) => [spentNanoUsd, heldNanoUsd])).toEqual([
      [600, 300],
      [0, 1000],
      [0, 0],
    ]);
  });

  it("pay for what their dead processes held, until those wake up", async () => {
    const ledger = ledgerAt();
    await reserve(ledger, "r1", "alice", 900);
    const later = NOON + 2 * LEASE_MS;
    await ledger.reserve(reserveInput("r2", "r2-a", { nowMs: later }));
    expect((await ledger.spend(by("principal"))).rows).toMatchObject([{ key: "alice", requests: 1, costNanoUsd: 900 }]);
    await ledger.settle(attemptRecord("r1", "r1-a", { cost: { nanoUsd: 100, exact: true } }), requestEnd("r1", "r1-a"));
    expect((await ledger.spend(by("principal"))).rows).toMatchObject([
      { key: "alice", requests: 1, accepted: 1, costNanoUsd: 100 },
    ]);
  });

  it("have metrics and lists of their own", async () => {
    const ledger = ledgerAt();
    await route(ledger, "r1", "alice", 300);
    await route(ledger, "r2", null, 300);
    await ledger.recordOutcome("r1", true, null, NOON);
    const [whole] = await ledger.metrics("alpha");
    const [own] = await ledger.metrics("alpha", "alice");
    expect(whole).toMatchObject({ attempts: 2, costNanoUsd: 600, reportedSuccess: 1 });
    expect(own).toEqual({
      ...whole,
      attempts: 1,
      accepted: 1,
      verified: 1,
      costNanoUsd: 300,
      inputTokens: 120,
      outputTokens: 55,
    });
    expect(await ledger.metrics(null, "bob")).toEqual([]);
    expect(await ledger.recentRouteIds("", 9, "alice")).toEqual(["r1"]);
    expect(await ledger.recentRouteIds("", 9, "bob")).toEqual([]);
    expect(await ledger.recentDays("2026", 9, "alice")).toEqual(["2026-11-18"]);
    expect(await ledger.recentDays("", 9, "bob")).toEqual([]);
    expect((await ledger.route("r1"))?.request.principal).toBe("alice");
    expect((await ledger.route("r2"))?.request.principal).toBeNull();
  });

  it("keep their sums when old requests are deleted", async () => {
    const path = tempPath();
    const ledger = ledgerAt(path);
    await route(ledger, "r1", "alice", 300);
    const later = NOON + 40 * 86_400_000;
    const { signal } = new AbortController();
    const pruned = await ledger.prune({ before: "2026-12-20", nowMs: later, vacuum: false, signal });
    expect(pruned.requests).toBe(1);
    expect((await ledger.spend(by("day", "alice"))).totals).toMatchObject({ requests: 1, costNanoUsd: 300 });
    expect((await ledger.spend(by("principal"))).rows).toMatchObject([{ key: "alice", costNanoUsd: 300 }]);
    expect(await ledger.recentDays("", 9, "alice")).toEqual(["2026-11-18"]);
    expect(await ledger.recentRouteIds("", 9, "alice")).toEqual([]);
    expect(await ledger.metrics(null, "alice")).toEqual([]);
    const { budgets } = await ledger.recent([dayOf("alice", 1000)], NOON);
    expect(budgets[0]?.spentNanoUsd).toBe(300);
  });
});
