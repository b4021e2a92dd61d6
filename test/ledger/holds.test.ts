import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BudgetLimit, BudgetState } from "../../src/core/budget.ts";
import type { HoldInput } from "../../src/core/ports.ts";
import { attemptRecord, DAY_MS, dayLimit, LEASE_MS, NOON, requestEnd, requestRecord, reserveInput } from "./records.ts";
import type { TestLedger } from "./records.ts";
import { ledgerAt } from "./support.ts";

const TASK: BudgetLimit = { scope: { kind: "task", task: "planning", per: "day" }, limitNanoUsd: 800 };
const PROVIDER: BudgetLimit = { scope: { kind: "provider", provider: "acme", per: "month" }, limitNanoUsd: 700 };
const MONTH: BudgetLimit = { scope: { kind: "month" }, limitNanoUsd: 5000 };

function holdInput(over: Partial<HoldInput> = {}): HoldInput {
  return {
    batchId: "b1",
    principal: null,
    amountNanoUsd: 600,
    byTask: new Map([["planning", 600]]),
    byProvider: new Map([["acme", 600]]),
    limits: [dayLimit(1000), MONTH, TASK, PROVIDER],
    nowMs: NOON,
    leaseUntilMs: NOON + LEASE_MS,
    endsByMs: NOON + LEASE_MS,
    ...over,
  };
}

async function held(ledger: TestLedger, nowMs = NOON, batchId: string | null = null): Promise<readonly number[]> {
  const { budgets } = await ledger.recent([dayLimit(1000), MONTH, TASK, PROVIDER], nowMs, null, batchId);
  return budgets.map(({ heldNanoUsd }) => heldNanoUsd);
}

const child = (route: string, amountNanoUsd: number, over: Parameters<typeof reserveInput>[2] = {}) =>
  reserveInput(route, `${route}-a`, {
    amountNanoUsd,
    limits: [dayLimit(1000), MONTH, TASK, PROVIDER],
    batchId: "b1",
    ...over,
  });

describe("the money of a batch", () => {
  it("is held in every scope that the batch may need", async () => {
    const ledger = ledgerAt();
    expect(await ledger.hold(holdInput({ byProvider: new Map([["acme", 250]]) }))).toEqual({ ok: true });
    expect(await held(ledger)).toEqual([600, 600, 600, 250]);
  });

  it.each([
    ["day", { amountNanoUsd: 1001 }],
    ["task", { byTask: new Map([["planning", 801]]) }],
    ["provider", { byProvider: new Map([["acme", 701]]) }],
  ] as const)("is refused as a whole when the %s budget has less, and nothing is held", async (kind, over) => {
    const ledger = ledgerAt();
    const refused = await ledger.hold(holdInput(over));
    expect(refused).toMatchObject({ ok: false, over: { scope: { kind }, spentNanoUsd: 0, heldNanoUsd: 0 } });
    expect(await held(ledger)).toEqual([0, 0, 0, 0]);
  });

  it("is drawn by the reservations of the batch, so that it is not counted twice", async () => {
    const ledger = ledgerAt();
    await ledger.hold(holdInput());
    expect(await ledger.reserve(child("r1", 400))).toEqual({ ok: true });
    expect(await held(ledger)).toEqual([600, 600, 600, 600]);
    expect(
      await ledger.reserve(reserveInput("other", "o-a", { amountNanoUsd: 401, limits: [dayLimit(1000)] })),
    ).toMatchObject({
      ok: false,
      over: { heldNanoUsd: 600 },
    });
  });

  it("of a principal counts against its own budget, and is drawn there as well", async () => {
    const ledger = ledgerAt();
    const ada: BudgetLimit = { scope: { kind: "principal", principal: "ada", per: "day" }, limitNanoUsd: 700 };
    const of = async () => (await ledger.recent([ada], NOON)).budgets[0];
    expect(await ledger.hold(holdInput({ principal: "ada", amountNanoUsd: 701, limits: [ada] }))).toMatchObject({
      ok: false,
      over: { scope: ada.scope },
    });
    await ledger.hold(holdInput({ principal: "ada", limits: [ada] }));
    const request = requestRecord("r1", { principal: "ada" });
    expect(await ledger.reserve(child("r1", 400, { request, limits: [ada] }))).toEqual({ ok: true });
    expect(await of()).toMatchObject({ spentNanoUsd: 0, heldNanoUsd: 600 });
    await ledger.settle(attemptRecord("r1", "r1-a", { cost: { nanoUsd: 50, exact: true } }), requestEnd("r1", "r1-a"));
    expect(await of()).toMatchObject({ spentNanoUsd: 50, heldNanoUsd: 550 });
    await ledger.release("b1");
    expect(await of()).toMatchObject({ spentNanoUsd: 50, heldNanoUsd: 0 });
  });

  it("goes back to the batch as far as an attempt did not use it, and serves the next one", async () => {
    const ledger = ledgerAt();
    await ledger.hold(holdInput());
    await ledger.reserve(child("r1", 600));
    await ledger.settle(attemptRecord("r1", "r1-a", { cost: { nanoUsd: 50, exact: true } }), requestEnd("r1", "r1-a"));
    expect(await held(ledger)).toEqual([550, 550, 550, 550]);
    expect(await ledger.reserve(child("r2", 550))).toEqual({ ok: true });
    await ledger.answered("r2-a", 100);
    expect(await held(ledger)).toEqual([550, 550, 550, 550]);
    await ledger.settle(attemptRecord("r2", "r2-a", { cost: { nanoUsd: 80, exact: true } }), requestEnd("r2", "r2-a"));
    await ledger.release("b1");
    expect(await held(ledger)).toEqual([0, 0, 0, 0]);
  });

  it("counts as free for the batch's own requests, and for no other request", async () => {
    const ledger = ledgerAt();
    await ledger.hold(holdInput());
    expect(await held(ledger, NOON, "b1")).toEqual([0, 0, 0, 0]);
    expect(await held(ledger, NOON, "b2")).toEqual([600, 600, 600, 600]);
  });

  it("lets a request of the batch have more than is left of the hold where the budgets allow it", async () => {
    const ledger = ledgerAt();
    await ledger.hold(holdInput());
    expect(await ledger.reserve(child("r1", 701))).toMatchObject({ ok: false, over: { scope: PROVIDER.scope } });
    expect(await ledger.reserve(child("r2", 700))).toEqual({ ok: true });
    expect(await held(ledger)).toEqual([700, 700, 700, 700]);
    await ledger.settle(attemptRecord("r2", "r2-a", { cost: { nanoUsd: 650, exact: true } }), requestEnd("r2", "r2-a"));
    expect(await held(ledger)).toEqual([0, 0, 0, 0]);
  });

  it("stays held for as long as its process renews the lease, and says when it ends at the latest", async () => {
    const ledger = ledgerAt();
    await ledger.hold(holdInput({ endsByMs: NOON + 10 * LEASE_MS }));
    await ledger.renew(["b1"], NOON + 3 * LEASE_MS);
    await ledger.reserve(reserveInput("other", "o-a", { amountNanoUsd: 0, nowMs: NOON + 2 * LEASE_MS }));
    const { budgets } = await ledger.recent([dayLimit(1000)], NOON);
    expect(budgets[0]).toMatchObject({ heldNanoUsd: 600, heldUntilMs: NOON + 10 * LEASE_MS });
  });

  it("of a process that died is free again when its lease is over; what its calls held is settled at the worst", async () => {
    const ledger = ledgerAt();
    await ledger.hold(holdInput());
    await ledger.reserve(child("r1", 400));
    const later = NOON + LEASE_MS + 1;
    await ledger.reserve(reserveInput("other", "o-a", { amountNanoUsd: 0, nowMs: later }));
    const { budgets } = await ledger.recent([dayLimit(1000)], later);
    expect(budgets[0]).toMatchObject({ spentNanoUsd: 400, heldNanoUsd: 0 });
    // Its process wakes up after all: the real cost replaces the worst case, and no hold comes back to life.
    await ledger.settle(attemptRecord("r1", "r1-a", { cost: { nanoUsd: 7, exact: true } }), requestEnd("r1", "r1-a"));
    expect((await ledger.recent([dayLimit(1000)], later)).budgets[0]).toMatchObject({
      spentNanoUsd: 7,
      heldNanoUsd: 0,
    });
  });
});

const step = fc.oneof(
  fc.record({
    do: fc.constant("hold" as const),
    batch: fc.nat(2),
    amount: fc.nat(900),
    task: fc.nat(900),
    provider: fc.nat(900),
  }),
  fc.record({ do: fc.constant("release" as const), batch: fc.nat(2) }),
  fc.record({
    do: fc.constant("reserve" as const),
    batch: fc.nat(3),
    amount: fc.nat(500),
    other: fc.boolean(),
    leaseMs: fc.integer({ min: 1, max: 2 * LEASE_MS }),
  }),
  fc.record({
    do: fc.constant("settle" as const),
    pick: fc.nat(50),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({ do: fc.constant("lower" as const), pick: fc.nat(50), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(1000, LEASE_MS, DAY_MS / 3) }),
);

const LIMITS = [dayLimit(1000), MONTH, TASK, PROVIDER];
const ADA: BudgetLimit = { scope: { kind: "principal", principal: "ada", per: "day" }, limitNanoUsd: 500 };
const limitsOf = (principal: string | null) => (principal === null ? LIMITS : [...LIMITS, ADA]);

describe("any interleaving of batches, their requests and their ends", () => {
  it("never exceeds a limit, and holds nothing once everything has ended", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 50 }), async (steps) => {
        const ledger = ledgerAt();
        const granted: { id: string; route: string; provider: string; amount: number; at: number }[] = [];
        const open = new Set<string>();
        let nowMs = NOON;
        const check = async (): Promise<readonly BudgetState[]> => {
          const { budgets } = await ledger.recent(limitsOf("ada"), nowMs);
          for (const budget of budgets) {
            expect(budget.spentNanoUsd + budget.heldNanoUsd).toBeLessThanOrEqual(budget.limitNanoUsd);
            expect(Math.min(budget.spentNanoUsd, budget.heldNanoUsd)).toBeGreaterThanOrEqual(0);
          }
          return budgets;
        };
        for (const [index, each] of steps.entries()) {
          const name = "batch" in each ? `b${each.batch}` : "";
          if (each.do === "wait") nowMs += each.ms;
          if (each.do === "release") {
            await ledger.release(name);
            open.delete(name);
          }
          if (each.do === "hold" && !open.has(name)) {
            await ledger.release(name);
            const byTask = new Map([["planning", Math.min(each.task, each.amount)]]);
            const byProvider = new Map([["acme", Math.min(each.provider, each.amount)]]);
            const principal = each.batch === 0 ? "ada" : null;
            const limits = limitsOf(principal);
            const input = { batchId: name, principal, amountNanoUsd: each.amount, byTask, byProvider, limits };
            if ((await ledger.hold({ ...input, nowMs, leaseUntilMs: nowMs + LEASE_MS, endsByMs: nowMs + LEASE_MS })).ok)
              open.add(name);
          }
          if (each.do === "reserve") {
            const principal = each.batch === 0 ? "ada" : null;
            const limits = limitsOf(principal);
            const at = { nowMs, leaseUntilMs: nowMs + each.leaseMs, limits, amountNanoUsd: each.amount };
            const task = each.other ? "general" : "planning";
            const where = {
              provider: each.other ? "other" : "acme",
              request: requestRecord(`r${index}`, { task, principal }),
            };
            // Batch 3 never held anything.
            const result = await ledger.reserve(
              reserveInput(`r${index}`, `a${index}`, { ...at, ...where, batchId: name }),
            );
            if (result.ok)
              granted.push({
                id: `a${index}`,
                route: `r${index}`,
                provider: where.provider,
                amount: each.amount,
                at: nowMs,
              });
          }
          const picked = "pick" in each ? granted[each.pick % Math.max(1, granted.length)] : undefined;
          if (picked !== undefined && "share" in each) {
            const nanoUsd = Math.floor(picked.amount * each.share);
            picked.amount = nanoUsd;
            if (each.do === "lower") await ledger.answered(picked.id, nanoUsd);
            else {
              // It is settled at the provider that its money was reserved for.
              const { provider, at: startedAtMs } = picked;
              const cost = { nanoUsd, exact: true };
              await ledger.settle(attemptRecord(picked.route, picked.id, { provider, cost, startedAtMs }), null);
            }
          }
          await check();
        }
        // The next call settles requests whose lease has expired.
        nowMs += 2 * DAY_MS;
        await ledger.reserve(reserveInput("last", "last", { amountNanoUsd: 0, nowMs }));
        await ledger.settle(
          attemptRecord("last", "last", { cost: { nanoUsd: 0, exact: true } }),
          requestEnd("last", "last"),
        );
        const { budgets } = await ledger.recent([MONTH], nowMs);
        expect(budgets[0]?.heldNanoUsd).toBe(0);
        ledger.close();
      }),
      { numRuns: 150 },
    );
  });
});
