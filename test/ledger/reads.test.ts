import { describe, expect, it } from "vitest";
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
import { OPEN, threeRequests } from "./three-requests.ts";
import { ledgerAt, ON_POSTGRES, rawDatabase, tempPath } from "./support.ts";

const row = (
  key: string,
  requests: number,
  accepted: number,
  verified: number,
  unchecked: number,
  cost: number,
  baseline: number,
) => ({
  key,
  requests,
  accepted,
  verified,
  unchecked,
  costNanoUsd: cost,
  baselineNanoUsd: baseline,
  // As many as each record of these tests says.
  callerTokens: 3 * requests,
});

describe("spend", () => {
  it("gives no baseline to an answer that its caller found wrong, and gives it back when the caller says otherwise", async () => {
    const ledger = ledgerAt();
    await routeOnce(ledger, "r1");
    const baseline = async () => (await ledger.spend({ ...OPEN, groupBy: "day" })).totals.baselineNanoUsd;
    expect(await baseline()).toBe(1500);
    const seen: number[] = [];
    for (const success of [false, false, true, false]) {
      await ledger.recordOutcome("r1", success, null, NOON);
      seen.push(await baseline());
    }
    expect(seen).toEqual([0, 0, 1500, 0]);
  });

  it("counts a request with the model that answered, and money with the model that was paid", async () => {
    const ledger = await threeRequests();
    expect(await ledger.spend({ ...OPEN, groupBy: "model" })).toEqual({
      totals: row("total", 3, 2, 1, 1, 835, 1600),
      rows: [row("alpha", 1, 1, 0, 1, 435, 100), row("beta", 1, 1, 1, 0, 400, 1500), row("(none)", 1, 0, 0, 0, 0, 0)],
    });
  });

  it.each([
    ["day", [row("2026-11-18", 2, 2, 1, 1, 830, 1600), row("2026-11-19", 1, 0, 0, 0, 5, 0)]],
    [
      "provider",
      [row("acme", 1, 1, 0, 1, 435, 100), row("bits", 1, 1, 1, 0, 400, 1500), row("(none)", 1, 0, 0, 0, 0, 0)],
    ],
    ["task", [row("planning", 2, 2, 1, 1, 830, 1600), row("coding", 1, 0, 0, 0, 5, 0)]],
  ] as const)("groups by %s", async (groupBy, rows) => {
    const ledger = await threeRequests();
    expect((await ledger.spend({ ...OPEN, groupBy })).rows).toEqual(rows);
  });

  it("takes first and last day inclusively", async () => {
    const ledger = await threeRequests();
    const cost = async (since: string | null, until: string | null): Promise<number> =>
      (await ledger.spend({ since, until, groupBy: "model" })).totals.costNanoUsd;
    expect(await cost("2026-11-18", "2026-11-18")).toBe(830);
    expect(await cost("2026-11-19", null)).toBe(5);
    expect(await cost(null, "2026-11-18")).toBe(830);
    expect(await cost("2026-11-20", null)).toBe(0);
  });

  it.each(["yesterday", "2026-13-01", "2026-02-30", "2026-11-18T10:00", ""])("refuses %j as a day", async (since) => {
    await expect(ledgerAt().spend({ since, until: null, groupBy: "day" })).rejects.toMatchObject({
      kind: "invalid_request",
      message: expect.stringContaining("YYYY-MM-DD"),
    });
  });
});

describe("metrics", () => {
  it("sums the attempts of each model", async () => {
    const ledger = await threeRequests();
    expect(await ledger.metrics(null)).toEqual([
      {
        model: "alpha",
        provider: "acme",
        attempts: 3,
        accepted: 1,
        rejected: 0,
        failed: 2,
        failuresByKind: { timeout: 1, empty: 1 },
        verified: 1,
        costNanoUsd: 435,
        inputTokens: 360,
        outputTokens: 165,
        latencyP50Ms: 800,
        latencyP95Ms: 800,
        reportedSuccess: 0,
        reportedFailure: 0,
      },
      expect.objectContaining({ model: "beta", attempts: 1, accepted: 1, failed: 0, failuresByKind: {} }),
    ]);
    expect((await ledger.metrics("beta")).map((metrics) => metrics.provider)).toEqual(["bits"]);
    expect(await ledger.metrics("unknown")).toEqual([]);
  });

  it("takes latencies from the newest 200 attempts that answered", async () => {
    const ledger = ledgerAt();
    for (let index = 0; index < 250; index += 1) {
      await routeOnce(ledger, `r${index}`, { attempt: { latencyMs: index < 50 ? 9000 : index - 49 } });
    }
    await ledger.reserve(reserveInput("bad", "b1"));
    await ledger.settle(failedAttempt("bad", "b1", "timeout", { latencyMs: 60_000 }), requestEnd("bad", null));
    expect((await ledger.metrics("alpha"))[0]).toMatchObject({ attempts: 251, latencyP50Ms: 100, latencyP95Ms: 190 });
  });

  it("knows no latency of a model that never answered", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1"));
    await ledger.settle(failedAttempt("r1", "a1", "auth"), requestEnd("r1", null));
    expect((await ledger.metrics("alpha"))[0]).toMatchObject({ latencyP50Ms: null, latencyP95Ms: null });
  });
});

describe("recordOutcome", () => {
  const reports = async (ledger: TestLedger): Promise<unknown> => {
    const [metrics] = await ledger.metrics("alpha");
    return [metrics?.reportedSuccess, metrics?.reportedFailure];
  };

  it("credits the model that answered, and lets the last word count", async () => {
    const ledger = ledgerAt();
    await routeOnce(ledger, "r1");
    expect(await ledger.recordOutcome("r1", true, null, NOON + 5)).toBe(true);
    expect(await reports(ledger)).toEqual([1, 0]);
    expect(await ledger.recordOutcome("r1", false, "it did not compile", NOON + 9)).toBe(true);
    expect(await reports(ledger)).toEqual([0, 1]);
    expect((await ledger.route("r1"))?.outcome).toEqual({ success: false, note: "it did not compile", atMs: NOON + 9 });
    expect((await ledger.spend({ ...OPEN, groupBy: "day" })).totals).toMatchObject({ requests: 1, accepted: 1 });
  });

  it("may come before the request ends", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "r1-a"));
    await ledger.recordOutcome("r1", true, null, NOON);
    await ledger.settle(attemptRecord("r1", "r1-a"), requestEnd("r1", "r1-a"));
    expect(await reports(ledger)).toEqual([1, 0]);
  });

  it("is kept for a request that no model answered, and counts for no model", async () => {
    const ledger = await threeRequests();
    expect(await ledger.recordOutcome("r3", false, null, NOON)).toBe(true);
    expect(await reports(ledger)).toEqual([0, 0]);
    expect((await ledger.route("r3"))?.outcome?.success).toBe(false);
  });

  it("says false for an unknown route", async () => {
    expect(await (await threeRequests()).recordOutcome("r9", true, null, NOON)).toBe(false);
  });
});

describe("route", () => {
  const request = requestRecord("r1", {
    budgetNanoUsd: 50_000_000,
    notes: ["answered by the successor of old-alpha"],
    plan: {
      order: ["alpha", "beta"],
      rejected: [
        { model: "gamma", reason: "not a candidate of planning" },
        { model: "delta", reason: "not a candidate of planning" },
        { model: "epsilon", reason: "needs $0.12, the budget is $0.05" },
        { model: "zeta", reason: "not a candidate of planning" },
      ],
    },
  });
  const failure = { kind: "rate_limit", message: "slow down", status: 429, retryAfterMs: 1500 } as const;
  const first = failedAttempt("r1", "a1", "rate_limit", { failure, firstTokenMs: null });
  const second = attemptRecord("r1", "a2", { ordinal: 2, startedAtMs: NOON + 900 });
  const end = requestEnd("r1", "a2", { notes: ["alpha was busy"] });

  async function recorded(storeText: boolean, path = ":memory:"): Promise<TestLedger> {
    const ledger = ledgerAt(path, { storeText });
    await ledger.reserve(reserveInput("r1", "a1", { request }));
    await ledger.settle(first, null);
    await ledger.reserve(reserveInput("r1", "a2", { request }));
    await ledger.settle(second, end);
    return ledger;
  }

  it("gives back everything that was recorded", async () => {
    const ledger = await recorded(true);
    expect(await ledger.route("r1")).toEqual({
      request,
      end,
      attempts: [first, second],
      costNanoUsd: 400,
      propensity: null,
      outcome: null,
    });
    expect(await ledger.route("r2")).toBeNull();
  });

  it.skipIf(ON_POSTGRES)("keeps prompts and answers out of the file unless the config stores them", async () => {
    const path = tempPath();
    const ledger = await recorded(false, path);
    const route = await ledger.route("r1");
    expect(route?.request).toEqual({ ...request, promptText: null });
    expect(route?.attempts[1]).toEqual({ ...second, text: null });
    ledger.close();
    const file = rawDatabase(path).serialize();
    expect(file.includes("hello world")).toBe(false);
    expect(file.includes("the answer")).toBe(false);
    expect(file.includes("slow down")).toBe(true);
  });

  it("shortens an endless error message", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("r1", "a1"));
    const endless = { kind: "invalid_response", message: "<html>".repeat(1000) } as const;
    await ledger.settle(failedAttempt("r1", "a1", "invalid_response", { failure: endless }), requestEnd("r1", null));
    expect((await ledger.route("r1"))?.attempts[0]?.failure?.message).toHaveLength(1000);
  });

  it("rounds times that a clock gives with fractions", async () => {
    const ledger = ledgerAt();
    await routeOnce(ledger, "r1", {
      reserve: { nowMs: NOON + 0.25 },
      attempt: { latencyMs: 12.6, firstTokenMs: 3.2 },
      end: { latencyMs: 14.5, endedAtMs: NOON + 14.9 },
    });
    expect((await ledger.route("r1"))?.attempts[0]).toMatchObject({
      startedAtMs: NOON,
      latencyMs: 13,
      firstTokenMs: 3,
    });
  });
});

describe("completions", () => {
  it("lists route ids and days that begin with a prefix, newest first", async () => {
    const ledger = ledgerAt();
    for (const [index, id] of ["01A", "01B", "02A", "01C"].entries()) {
      await routeOnce(ledger, id, { reserve: { nowMs: NOON + index * 10 * DAY_MS } });
    }
    expect(await ledger.recentRouteIds("01", 2)).toEqual(["01C", "01B"]);
    expect(await ledger.recentRouteIds("", 10)).toEqual(["02A", "01C", "01B", "01A"]);
    expect(await ledger.recentRouteIds("%", 10)).toEqual([]);
    expect(await ledger.recentDays("2026-12", 10)).toEqual(["2026-12-18", "2026-12-08"]);
    expect(await ledger.recentDays("", 1)).toEqual(["2026-12-18"]);
  });
});
