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
} from "./records.ts";
import { OPEN, threeRequests } from "./three-requests.ts";
import { ledgerAt, ON_POSTGRES } from "./support.ts";

describe("requests that have ended", () => {
  it("come newest first, with their first model, the answer's model, and what all of their calls have cost", async () => {
    const ledger = await threeRequests();
    await ledger.reserve(reserveInput("r4", "a4"));
    const ended = await ledger.ended(NOON - 1, 10, null);
    expect(ended.map(({ routeId }) => routeId)).toEqual(["r3", "r2", "r1"]);
    expect(ended[2]).toEqual({
      routeId: "r1",
      task: "planning",
      startedAtMs: NOON,
      status: "accepted",
      errorCode: null,
      verdict: "verified",
      latencyMs: expect.any(Number),
      costNanoUsd: 430,
      attempts: 2,
      firstModel: "alpha",
      answerModel: "beta",
      answerIsRepair: false,
    });
    expect(ended[0]).toMatchObject({ answerModel: null, attempts: 1, costNanoUsd: 5 });
  });

  it("are those since a time, so many at most, and of one principal where one is named", async () => {
    const ledger = await threeRequests();
    const repair = attemptRecord("r5", "a5", { role: "repair" });
    const request = requestRecord("r5", { principal: "ann", startedAtMs: NOON + DAY_MS });
    await ledger.reserve(reserveInput("r5", "a5", { request, role: "repair" }));
    await ledger.settle(repair, requestEnd("r5", "a5"));
    const ids = async (sinceMs: number, limit: number, principal: string | null) =>
      (await ledger.ended(sinceMs, limit, principal)).map(({ routeId }) => routeId);
    expect(await ids(NOON + 1, 10, null)).toEqual(["r5", "r3"]);
    expect(await ids(NOON, 2, null)).toEqual(["r5", "r3"]);
    expect(await ids(NOON, 10, "ann")).toEqual(["r5"]);
    expect(await ids(NOON, 10, "no one")).toEqual([]);
    expect((await ledger.ended(NOON, 10, "ann"))[0]).toMatchObject({ answerIsRepair: true });
  });
});

describe("what callers were spared", () => {
  it("adds up by day, model, provider, task and principal, counted once a request", async () => {
    const ledger = ledgerAt();
    const files = [{ path: "a.ts", bytes: 7, sha256: "00", lines: "1-2" }];
    const promptParts = { systemChars: 5, sharedChars: 0 };
    const written = [{ path: "b.ts", bytes: 9, sha256: "01" }];
    const callerSaved = { unwrittenTokens: 100, unreadTokens: 10, nanoUsd: 5 };
    const request = requestRecord("r1", { files, promptParts });
    await ledger.reserve(reserveInput("r1", "a1", { request }));
    const end = requestEnd("r1", "a1", { written, callerSaved });
    await ledger.settle(attemptRecord("r1", "a1"), end);
    await ledger.finish(request, end);
    const ofAlice = requestRecord("r2", { principal: "alice", startedAtMs: NOON + DAY_MS });
    await ledger.finish(ofAlice, requestEnd("r2", null, { callerSaved }));
    await routeOnce(ledger, "r3");

    const saved = (key: string, times = 1) => ({ key, unwrittenTokens: 100 * times, unreadTokens: 10 * times });
    expect(await ledger.callerSavings({ ...OPEN, groupBy: "day" })).toEqual([saved("2026-11-18"), saved("2026-11-19")]);
    expect(await ledger.callerSavings({ ...OPEN, groupBy: "model" })).toEqual([saved("(none)"), saved("alpha")]);
    expect(await ledger.callerSavings({ ...OPEN, groupBy: "provider" })).toEqual([saved("(none)"), saved("acme")]);
    expect(await ledger.callerSavings({ ...OPEN, groupBy: "task" })).toEqual([saved("planning", 2)]);
    expect(await ledger.callerSavings({ ...OPEN, groupBy: "principal" })).toEqual([saved("(owner)"), saved("alice")]);
    const hers = { ...OPEN, groupBy: "task", principal: "alice" } as const;
    expect(await ledger.callerSavings(hers)).toEqual([saved("planning")]);
    expect(await ledger.callerSavings({ ...hers, principal: "bob" })).toEqual([]);
    const first = { since: null, until: "2026-11-18", groupBy: "task" } as const;
    expect(await ledger.callerSavings(first)).toEqual([saved("planning")]);
    expect(await ledger.route("r1")).toMatchObject({ request: { files, promptParts }, end: { written, callerSaved } });
  });
});

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

describe("kept answers", () => {
  it("are found by their key until their time is over, replaced, and withdrawn by their request", async () => {
    const ledger = ledgerAt();
    const [one, other] = ["ab".repeat(32), "cd".repeat(32)];
    expect(await ledger.keptAnswer(one, NOON)).toBeNull();
    await ledger.withdrawAnswer("r1");
    await ledger.keepAnswer(one, "r1", NOON + 10, NOON);
    await ledger.keepAnswer(other, "r1", NOON + 1000, NOON);
    expect(await ledger.keptAnswer(one, NOON + 9)).toBe("r1");
    expect(await ledger.keptAnswer(one, NOON + 10)).toBeNull();
    await ledger.keepAnswer(one, "r2", NOON + 30, NOON + 20);
    expect(await ledger.keptAnswer(one, NOON + 20)).toBe("r2");
    await ledger.withdrawAnswer("r1");
    expect(await ledger.keptAnswer(other, NOON + 20)).toBeNull();
    expect(await ledger.keptAnswer(one, NOON + 20)).toBe("r2");
  });
});
