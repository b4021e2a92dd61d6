import { describe, expect, it } from "vitest";
import type { BudgetLimit, BudgetScope } from "../../src/core/budget.ts";
import {
  attemptRecord,
  DAY_MS,
  dayLimit,
  LEASE_MS,
  NOON,
  requestEnd,
  requestRecord,
  reserveInput,
  routeOnce,
} from "./records.ts";
import { ledgerAt, ON_POSTGRES } from "./support.ts";

describe("reserve", () => {
  it("holds money up to the limit and not a nano-USD further", async () => {
    const ledger = ledgerAt();
    const limits = [dayLimit(2500)];
    expect(await ledger.reserve(reserveInput("r1", "a1", { limits }))).toEqual({ ok: true });
    expect(await ledger.reserve(reserveInput("r2", "a2", { limits, amountNanoUsd: 1500 }))).toEqual({ ok: true });
    expect(await ledger.reserve(reserveInput("r3", "a3", { limits, amountNanoUsd: 1 }))).toEqual({
      ok: false,
      why: "over_budget",
      over: {
        scope: { kind: "day" },
        limitNanoUsd: 2500,
        spentNanoUsd: 0,
        heldNanoUsd: 2500,
        heldUntilMs: NOON + 30_000,
      },
    });
    expect(await ledger.reserve(reserveInput("r4", "a4", { limits, amountNanoUsd: 0 }))).toEqual({ ok: true });
  });

  it("counts what was settled, and frees what was held and not spent", async () => {
    const ledger = ledgerAt();
    await routeOnce(ledger, "r1", {
      reserve: { amountNanoUsd: 1000 },
      attempt: { cost: { nanoUsd: 400, exact: true } },
    });
    const refused = await ledger.reserve(reserveInput("r2", "a2", { amountNanoUsd: 601, limits: [dayLimit(1000)] }));
    expect(refused).toMatchObject({ ok: false, over: { spentNanoUsd: 400, heldNanoUsd: 0 } });
    const granted = await ledger.reserve(reserveInput("r2", "a2", { amountNanoUsd: 600, limits: [dayLimit(1000)] }));
    expect(granted).toEqual({ ok: true });
  });

  it("lets only free models through a budget of 0", async () => {
    const ledger = ledgerAt();
    const limits: BudgetLimit[] = [{ scope: { kind: "call", routeId: "r1" }, limitNanoUsd: 0 }];
    expect(await ledger.reserve(reserveInput("r1", "a1", { limits, amountNanoUsd: 1 }))).toMatchObject({ ok: false });
    expect(await ledger.reserve(reserveInput("r1", "a2", { limits, amountNanoUsd: 0 }))).toEqual({ ok: true });
  });

  it.each<[string, BudgetScope, Parameters<typeof reserveInput>[2], boolean]>([
    ["another call", { kind: "call", routeId: "r2" }, {}, true],
    ["the same call", { kind: "call", routeId: "r1" }, {}, false],
    ["the same day", { kind: "day" }, {}, false],
    ["the next day", { kind: "day" }, { nowMs: NOON + DAY_MS }, true],
    ["the same week, on its Sunday", { kind: "week" }, { nowMs: NOON + 4 * DAY_MS }, false],
    ["the next week, on its Monday", { kind: "week" }, { nowMs: NOON + 5 * DAY_MS }, true],
    ["the same task, that week", { kind: "task", task: "planning", per: "week" }, { nowMs: NOON + 4 * DAY_MS }, false],
    ["the same month", { kind: "month" }, { nowMs: NOON + 5 * DAY_MS }, false],
    ["the next month", { kind: "month" }, { nowMs: NOON + 20 * DAY_MS }, true],
    ["the same task", { kind: "task", task: "planning", per: "day" }, {}, false],
    ["another task's limit", { kind: "task", task: "coding", per: "day" }, {}, true],
    [
      "the same provider, that month",
      { kind: "provider", provider: "acme", per: "month" },
      { nowMs: NOON + DAY_MS },
      false,
    ],
    ["the same provider, next day", { kind: "provider", provider: "acme", per: "day" }, { nowMs: NOON + DAY_MS }, true],
    ["another provider's limit", { kind: "provider", provider: "other", per: "day" }, {}, true],
  ])("%s: spent and held money is seen by exactly the scopes that cover it", async (_, scope, over, fitsIn) => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1", { amountNanoUsd: 600 }));
    await ledger.settle(attemptRecord("r1", "a1"), null);
    await ledger.reserve(
      reserveInput("r1", "a2", { amountNanoUsd: 500, leaseUntilMs: NOON + 30 * DAY_MS, endsByMs: NOON + 29 * DAY_MS }),
    );
    const limits: BudgetLimit[] = [{ scope, limitNanoUsd: 1000 }];
    const result = await ledger.reserve(reserveInput("r3", "a3", { amountNanoUsd: 101, limits, ...over }));
    const [seen] = (await ledger.recent(limits, over?.nowMs ?? NOON)).budgets;
    expect(result.ok).toBe(fitsIn);
    const over900 = { scope, limitNanoUsd: 1000, spentNanoUsd: 400, heldNanoUsd: 500, heldUntilMs: NOON + 29 * DAY_MS };
    if (!result.ok) expect(result).toEqual({ ok: false, why: "over_budget", over: over900 });
    if (!result.ok) expect(seen).toEqual(over900);
  });

  it("counts an attempt in the period of its reservation, even when it ends after midnight", async () => {
    const ledger = ledgerAt();
    const beforeMidnight = Date.UTC(2026, 10, 30, 23, 59, 59);
    const scopes: BudgetLimit[] = [dayLimit(9000), { scope: { kind: "month" }, limitNanoUsd: 9000 }];
    await ledger.reserve(reserveInput("r1", "a1", { nowMs: beforeMidnight }));
    const after = beforeMidnight + 2000;
    expect((await ledger.recent(scopes, after)).budgets.map((budget) => budget.heldNanoUsd)).toEqual([0, 0]);
    await ledger.settle(attemptRecord("r1", "a1", { startedAtMs: after }), requestEnd("r1", "a1"));
    expect((await ledger.recent(scopes, after)).budgets.map((budget) => budget.spentNanoUsd)).toEqual([0, 0]);
    expect((await ledger.recent(scopes, beforeMidnight)).budgets.map((budget) => budget.spentNanoUsd)).toEqual([
      400, 400,
    ]);
  });

  it("names the first limit that refuses, and records nothing of the refused request", async () => {
    const ledger = ledgerAt();
    const month: BudgetLimit = { scope: { kind: "month" }, limitNanoUsd: 10 };
    const result = await ledger.reserve(reserveInput("r1", "a1", { limits: [dayLimit(5000), month, dayLimit(1)] }));
    expect(result).toMatchObject({ ok: false, over: { scope: { kind: "month" } } });
    expect(await ledger.route("r1")).toBeNull();
  });

  it("records the request with the first reservation only", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1"));
    await ledger.reserve(reserveInput("r1", "a2", { request: requestRecord("r1", { task: "coding" }) }));
    expect(await ledger.route("r1")).toMatchObject({ request: { task: "planning" }, end: null, attempts: [] });
  });

  it.each([Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY, 2 ** 53])(
    "refuses %d as an amount of money",
    async (amount) => {
      const ledger = ledgerAt();
      await expect(ledger.reserve(reserveInput("r1", "a1", { amountNanoUsd: amount }))).rejects.toThrow(RangeError);
      await ledger.reserve(reserveInput("r1", "a1"));
      const badCost = attemptRecord("r1", "a1", { cost: { nanoUsd: amount, exact: true } });
      await expect(ledger.settle(badCost, null)).rejects.toThrow(RangeError);
      expect((await ledger.recent([dayLimit(9)], NOON)).budgets[0]).toMatchObject({
        spentNanoUsd: 0,
        heldNanoUsd: 1000,
      });
    },
  );

  it("makes no second reservation for an attempt that holds one", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1"));
    const again = ledger.reserve(reserveInput("r1", "a1"));
    // A database may have made a reservation whose answer was lost: asked again, it says that it is made.
    if (ON_POSTGRES) expect(await again).toEqual({ ok: true });
    else await expect(again).rejects.toThrow(/UNIQUE/);
    expect((await ledger.recent([dayLimit(9)], NOON)).budgets[0]?.heldNanoUsd).toBe(1000);
  });

  it("remembers no word of a transaction that was rolled back", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1"));
    const clash = reserveInput("r2", "a1", { model: "new model", provider: "new provider" });
    await expect(ledger.reserve(clash)).rejects.toThrow(/unique/i);
    await routeOnce(ledger, "r3", { attempt: { model: "other model", provider: "other provider" } });
    await routeOnce(ledger, "r4", { attempt: { model: "new model", provider: "new provider" } });
    const keys = (await ledger.metrics(null)).map((metrics) => `${metrics.model} of ${metrics.provider}`);
    expect(keys).toEqual(["new model of new provider", "other model of other provider"]);
  });
});

describe("renew", () => {
  it("keeps a long attempt from being taken for dead", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1"));
    await ledger.renew(["a1"], NOON + 10 * LEASE_MS);
    await ledger.reserve(reserveInput("r2", "a2", { nowMs: NOON + 5 * LEASE_MS }));
    expect((await ledger.recent([dayLimit(9000)], NOON)).budgets[0]).toMatchObject({
      spentNanoUsd: 0,
      heldNanoUsd: 2000,
    });
  });

  it("leaves an attempt that is settled, expired or unknown as it is", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1"));
    await ledger.settle(attemptRecord("r1", "a1"), null);
    await ledger.reserve(reserveInput("r2", "a2"));
    await ledger.reserve(reserveInput("r3", "a3", { nowMs: NOON + LEASE_MS + 1 }));
    await ledger.renew(["a1", "a2", "a9"], NOON + 9 * LEASE_MS);
    expect((await ledger.recent([dayLimit(9000)], NOON)).budgets[0]).toMatchObject({
      spentNanoUsd: 1400,
      heldNanoUsd: 1000,
    });
  });
});
