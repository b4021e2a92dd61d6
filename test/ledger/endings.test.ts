import { describe, expect, it } from "vitest";
import type { EndingGroup } from "../../src/core/ledger-reader.ts";
import {
  attemptRecord,
  DAY_MS,
  failedAttempt,
  NOON,
  requestEnd,
  requestRecord,
  reserveInput,
  routeOnce,
  type TestLedger,
} from "./records.ts";
import { ledgerAt, ON_POSTGRES } from "./support.ts";

const OPEN = { since: null, until: null } as const;

/** Three requests: one that fell back from alpha to beta, one of alpha, one a day later that no model answered. */
async function threeRequests(): Promise<TestLedger> {
  const ledger = ledgerAt();
  await ledger.reserve(reserveInput("r1", "a1"));
  await ledger.settle(failedAttempt("r1", "a1", "timeout", { cost: { nanoUsd: 30, exact: false } }), null);
  await ledger.reserve(reserveInput("r1", "a2", { model: "beta", provider: "bits" }));
  const fallback = attemptRecord("r1", "a2", { ordinal: 2, model: "beta", provider: "bits" });
  await ledger.settle(fallback, requestEnd("r1", "a2"));
  await routeOnce(ledger, "r2", { end: { verdictStatus: "unchecked", baselineNanoUsd: 100 } });
  const nowMs = NOON + DAY_MS;
  const request = requestRecord("r3", { task: "coding", startedAtMs: nowMs });
  await ledger.reserve(reserveInput("r3", "a3", { request, nowMs }));
  const failed = failedAttempt("r3", "a3", "empty", { startedAtMs: nowMs, cost: { nanoUsd: 5, exact: true } });
  await ledger.settle(failed, requestEnd("r3", null));
  return ledger;
}

describe("endings", () => {
  const sorted = (groups: readonly object[]) => groups.map((group) => JSON.stringify(group)).toSorted();
  const group = (over: Partial<EndingGroup>): EndingGroup => ({
    task: "planning",
    status: "accepted",
    errorCode: null,
    firstModel: "alpha",
    answer: "first",
    verified: true,
    reportedWrong: false,
    requests: 1,
    ...over,
  });

  it("groups requests that ended alike, by who was asked first and which attempt answered", async () => {
    const ledger = await threeRequests();
    await routeOnce(ledger, "r4", { end: { latencyMs: 31_000 } });
    await ledger.recordOutcome("r4", false, null, NOON);
    await ledger.reserve(reserveInput("r5", "a5"));
    await ledger.settle(attemptRecord("r5", "a5", { outcome: "rejected" }), null);
    await ledger.reserve(reserveInput("r5", "b5", { role: "repair" }));
    await ledger.settle(attemptRecord("r5", "b5", { ordinal: 2, role: "repair" }), requestEnd("r5", "b5"));
    const refused = requestRecord("r6");
    await ledger.finish(refused, requestEnd("r6", null, { errorCode: "budget_exceeded", latencyMs: 1 }));
    await ledger.reserve(reserveInput("r7", "a7"));
    await ledger.settle(
      failedAttempt("r7", "a7", "cancelled"),
      requestEnd("r7", null, { status: "cancelled", latencyMs: 5 }),
    );
    await ledger.reserve(reserveInput("r8", "a8"));
    const endings = await ledger.endings(OPEN);
    expect(sorted(endings.groups)).toEqual(
      sorted([
        group({ answer: "later" }),
        group({ verified: false }),
        group({ task: "coding", status: "failed", errorCode: "all_failed", answer: null, verified: false }),
        group({ reportedWrong: true }),
        group({ answer: "repair" }),
        group({ status: "failed", errorCode: "budget_exceeded", firstModel: null, answer: null, verified: false }),
        group({ status: "cancelled", errorCode: "all_failed", answer: null, verified: false }),
      ]),
    );
    expect(endings.latencies).toEqual([
      { latencyMs: 900, requests: 4 },
      { latencyMs: 31_000, requests: 1 },
    ]);
    expect(endings.complete).toBe(true);
  });

  it("reads the days and the principal that it is asked for", async () => {
    const ledger = await threeRequests();
    const request = requestRecord("r9", { principal: "ann", task: "coding" });
    await ledger.reserve(reserveInput("r9", "a9", { request }));
    await ledger.settle(attemptRecord("r9", "a9"), requestEnd("r9", "a9"));
    const [day, next] = ["2026-11-18", "2026-11-19"];
    const tasks = async (query: Parameters<typeof ledger.endings>[0]) =>
      (await ledger.endings(query)).groups.map(({ task }) => task).toSorted();
    expect(await tasks({ since: next, until: null })).toEqual(["coding"]);
    expect(await tasks({ since: null, until: day, principal: "ann" })).toEqual(["coding"]);
    expect(await tasks({ since: next, until: null, principal: "ann" })).toEqual([]);
    expect(await tasks({ since: null, until: null, principal: "bob" })).toEqual([]);
    expect((await ledger.endings({ since: day, until: day })).groups).toHaveLength(3);
  });
});

describe("running calls and pages of ids", () => {
  it("lists what holds money now, the oldest first, and nothing whose process is dead", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1"));
    await ledger.reserve(reserveInput("r2", "a2", { nowMs: NOON + 5, role: "judge", model: "beta", provider: "bits" }));
    await routeOnce(ledger, "r3");
    expect(await ledger.running(NOON + 10)).toEqual([
      {
        routeId: "r1",
        task: "planning",
        role: "answer",
        model: "alpha",
        provider: "acme",
        heldNanoUsd: 1000,
        sinceMs: NOON,
      },
      {
        routeId: "r2",
        task: "planning",
        role: "judge",
        model: "beta",
        provider: "bits",
        heldNanoUsd: 1000,
        sinceMs: NOON + 5,
      },
    ]);
    expect(await ledger.running(NOON + DAY_MS)).toEqual([]);
  });

  it("pages through the requests that have ended", async () => {
    const ledger = ledgerAt();
    for (const id of ["r1", "r2", "r4"]) await routeOnce(ledger, id);
    await ledger.reserve(reserveInput("r3", "a3"));
    expect(await ledger.routeIdsBetween("r", "s", 2)).toEqual(["r1", "r2"]);
    expect(await ledger.routeIdsBetween("r2", "s", 2)).toEqual(["r4"]);
    expect(await ledger.routeIdsBetween("r", "r4", 9)).toEqual(["r1", "r2"]);
  });

  it.runIf(ON_POSTGRES)("leaves copying and deleting a database to its own tools", async () => {
    const ledger = ledgerAt();
    await routeOnce(ledger, "r1");
    await expect(ledger.backup("copy.db")).rejects.toThrow(/pg_dump --schema=t_/);
    await expect(ledger.reset()).rejects.toThrow(/DROP SCHEMA "t_\w+" CASCADE/);
  });
});
