import { describe, expect, it } from "vitest";
import {
  attemptRecord,
  DAY_MS,
  dayLimit,
  failedAttempt,
  LEASE_MS,
  NOON,
  requestEnd,
  requestRecord,
  reserveInput,
  type TestLedger,
} from "./records.ts";
import { ledgerAt } from "./support.ts";

const ALL_DAYS = { since: null, until: null, groupBy: "day" } as const;

async function books(ledger: TestLedger): Promise<Record<string, number>> {
  const [budget] = (await ledger.recent([dayLimit(1e9)], NOON)).budgets;
  const { totals } = await ledger.spend(ALL_DAYS);
  return {
    spent: budget?.spentNanoUsd ?? -1,
    held: budget?.heldNanoUsd ?? -1,
    cost: totals.costNanoUsd,
    requests: totals.requests,
    accepted: totals.accepted,
  };
}

describe("settle", () => {
  it("replaces what was held by what it cost", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1"));
    expect(await books(ledger)).toEqual({ spent: 0, held: 1000, cost: 0, requests: 0, accepted: 0 });
    await ledger.settle(attemptRecord("r1", "a1"), requestEnd("r1", "a1"));
    expect(await books(ledger)).toEqual({ spent: 400, held: 0, cost: 400, requests: 1, accepted: 1 });
  });

  it("books the real cost even when it is above the reservation", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1"));
    await ledger.settle(attemptRecord("r1", "a1", { cost: { nanoUsd: 5000, exact: false } }), null);
    expect(await books(ledger)).toMatchObject({ spent: 5000, held: 0 });
  });

  it("counts once, however often it is reported", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1"));
    const end = requestEnd("r1", "a1");
    await ledger.settle(attemptRecord("r1", "a1"), end);
    await ledger.settle(attemptRecord("r1", "a1", { cost: { nanoUsd: 999, exact: true } }), end);
    await ledger.finish(requestRecord("r1"), requestEnd("r1", null));
    expect(await books(ledger)).toEqual({ spent: 400, held: 0, cost: 400, requests: 1, accepted: 1 });
    expect((await ledger.metrics(null)).map((row) => row.attempts)).toEqual([1]);
    expect((await ledger.route("r1"))?.end?.status).toBe("accepted");
  });

  it("books an attempt without a reservation, because its money is spent", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1"));
    await ledger.settle(attemptRecord("r1", "a1"), null);
    await ledger.settle(attemptRecord("r1", "a2", { ordinal: 2 }), requestEnd("r1", "a2"));
    expect(await books(ledger)).toMatchObject({ spent: 800, held: 0, requests: 1 });
  });

  it("refuses an attempt of an unknown request", async () => {
    const ledger = ledgerAt();
    await expect(ledger.settle(attemptRecord("r9", "a1"), null)).rejects.toThrow(
      /does not know the request of attempt a1/,
    );
  });
});

describe("finish", () => {
  it("records a request that never made an attempt, at no cost", async () => {
    const ledger = ledgerAt();
    const end = requestEnd("r1", null, { errorCode: "no_candidate", notes: ["no key is set"] });
    await ledger.finish(requestRecord("r1"), end);
    expect(await books(ledger)).toEqual({ spent: 0, held: 0, cost: 0, requests: 1, accepted: 0 });
    expect(await ledger.route("r1")).toMatchObject({ attempts: [], costNanoUsd: 0, end });
  });

  it("ends a request after its last settlement", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1"));
    await ledger.settle(failedAttempt("r1", "a1", "overloaded"), null);
    expect((await ledger.route("r1"))?.end).toBeNull();
    await ledger.finish(requestRecord("r1"), requestEnd("r1", null, { status: "cancelled", errorCode: "cancelled" }));
    expect((await ledger.route("r1"))?.end).toMatchObject({ status: "cancelled", errorCode: "cancelled" });
  });
});

describe("the settlement of expired leases", () => {
  const LATER = NOON + LEASE_MS + 1;

  async function withDeadAttempt(): Promise<TestLedger> {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("dead", "a1"));
    await ledger.reserve(reserveInput("next", "a2", { nowMs: LATER, amountNanoUsd: 0 }));
    return ledger;
  }

  it("settles them at the full amount, marked as an estimate, and ends their request as failed", async () => {
    const ledger = await withDeadAttempt();
    expect(await books(ledger)).toEqual({ spent: 1000, held: 0, cost: 1000, requests: 1, accepted: 0 });
    const route = await ledger.route("dead");
    expect(route?.end).toMatchObject({ status: "failed", errorCode: "all_failed", attemptId: null });
    expect(route?.attempts).toHaveLength(1);
    expect(route?.attempts[0]).toMatchObject({
      outcome: "failed",
      cost: { nanoUsd: 1000, exact: false },
      latencyMs: LEASE_MS,
    });
    expect(route?.attempts[0]?.failure?.message).toMatch(/dead/);
    expect((await ledger.metrics("alpha"))[0]?.failuresByKind).toEqual({ dead: 1 });
  });

  it("leaves leases alone that have not run out", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1"));
    await ledger.reserve(reserveInput("r2", "a2", { nowMs: NOON + LEASE_MS, amountNanoUsd: 0 }));
    expect(await books(ledger)).toMatchObject({ spent: 0, held: 1000, requests: 0 });
  });

  it("is no judgement on the model", async () => {
    const ledger = await withDeadAttempt();
    expect((await ledger.recent([], LATER)).attempts.size).toBe(0);
  });

  it("happens even when the reservation that found them is refused", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("dead", "a1"));
    const refused = await ledger.reserve(reserveInput("r2", "a2", { nowMs: LATER, limits: [dayLimit(1)] }));
    expect(refused).toMatchObject({ ok: false, over: { spentNanoUsd: 1000, heldNanoUsd: 0 } });
    expect(await books(ledger)).toMatchObject({ spent: 1000, held: 0 });
  });

  it("is corrected to the real figures when the process wakes up after all", async () => {
    const ledger = await withDeadAttempt();
    await ledger.settle(attemptRecord("dead", "a1"), requestEnd("dead", "a1"));
    await ledger.settle(attemptRecord("dead", "a1"), requestEnd("dead", "a1"));
    expect(await books(ledger)).toEqual({ spent: 400, held: 0, cost: 400, requests: 1, accepted: 1 });
    const [metrics, ...others] = await ledger.metrics(null);
    expect(metrics).toMatchObject({ attempts: 1, accepted: 1, failed: 0, failuresByKind: {}, costNanoUsd: 400 });
    expect(others).toEqual([]);
    expect((await ledger.spend({ ...ALL_DAYS, groupBy: "model" })).rows.map((row) => row.key)).toEqual(["alpha"]);
    expect((await ledger.recent([], NOON)).attempts.get("alpha")).toHaveLength(1);
  });

  it("keeps the day of the reservation when the truth comes a day later", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("dead", "a1"));
    await ledger.reserve(reserveInput("next", "a2", { nowMs: NOON + DAY_MS, amountNanoUsd: 0 }));
    await ledger.settle(attemptRecord("dead", "a1"), requestEnd("dead", "a1"));
    expect((await ledger.spend(ALL_DAYS)).rows).toMatchObject([{ key: "2026-11-18", requests: 1, costNanoUsd: 400 }]);
  });

  it("waits with the end of a request while another of its attempts still runs", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1"));
    await ledger.reserve(reserveInput("r1", "a2", { leaseUntilMs: NOON + 9 * LEASE_MS }));
    await ledger.reserve(reserveInput("next", "a3", { nowMs: LATER, amountNanoUsd: 0 }));
    expect((await ledger.route("r1"))?.end).toBeNull();
    await ledger.settle(attemptRecord("r1", "a2", { ordinal: 2 }), requestEnd("r1", "a2"));
    expect(await books(ledger)).toMatchObject({ cost: 1400, requests: 1, accepted: 1 });
    expect((await ledger.route("r1"))?.attempts.map((attempt) => attempt.ordinal)).toEqual([1, 2]);
  });

  it("ends a request whose process died between two attempts, at what it had cost", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1"));
    await ledger.settle(failedAttempt("r1", "a1", "timeout", { cost: { nanoUsd: 70, exact: false } }), null);
    expect(await books(ledger)).toMatchObject({ spent: 70, held: 0, requests: 0 });
    await ledger.reserve(reserveInput("next", "a2", { nowMs: LATER, amountNanoUsd: 0 }));
    expect(await books(ledger)).toMatchObject({ spent: 70, requests: 1, accepted: 0 });
    expect((await ledger.route("r1"))?.end?.status).toBe("failed");
  });

  it("leaves the end that a request gave itself", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1"));
    await ledger.finish(requestRecord("r1"), requestEnd("r1", null, { status: "cancelled" }));
    await ledger.reserve(reserveInput("next", "a2", { nowMs: LATER, amountNanoUsd: 0 }));
    expect((await ledger.route("r1"))?.end?.status).toBe("cancelled");
    expect(await books(ledger)).toMatchObject({ spent: 1000, requests: 1 });
  });
});
