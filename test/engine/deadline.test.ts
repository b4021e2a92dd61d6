import "better-sqlite3";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Verifier } from "../../src/core/ports.ts";
import { openLedger } from "../../src/ledger/ledger.ts";
import { NOW_MS } from "../support/arbitraries.ts";
import { FIRST, GOOD, SECOND, warmUp } from "../support/routed.ts";
import { answers, type Step } from "../support/scripted-provider.ts";
import { pass, station, whoOf, type Scripts, type Station } from "../support/station.ts";

beforeAll(warmUp);

let open: Station | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

async function started(scripts: Scripts, verifier?: Verifier): Promise<Station> {
  open = await station(scripts, verifier);
  return open;
}

const after = (waitMs: number): readonly Step[] => [{ waitMs }, ...answers(GOOD)];

describe("the slices of a deadline, by what the ledger has measured", () => {
  it("leave a slow fallback more time than a fast primary that hangs", async () => {
    const yard = await started({
      [FIRST]: [...Array.from({ length: 10 }, () => after(500)), ["hang"]],
      [SECOND]: [...Array.from({ length: 10 }, () => after(9000)), after(11_000)],
    });
    const one = await yard.open();
    for (const model of [FIRST, SECOND])
      for (let at = 0; at < 10; at += 1) await one.route({ models: [model], deadline_ms: 60_000 });
    const outcome = await one.route({ deadline_ms: 20_000 });
    if (!outcome.ok) throw new Error(outcome.error.message);
    expect(outcome.value.model).toBe(SECOND);
    expect(outcome.value.attempts[0]).toMatchObject({ error_kind: "timeout" });
    expect(outcome.value.attempts[0]?.latency_ms).toBeLessThan(8500);
  });

  it("do not wait for minutes for a model that takes a second, when a fallback can take over", async () => {
    const yard = await started({
      [FIRST]: [...Array.from({ length: 10 }, () => after(1000)), ["hang"]],
      [SECOND]: [answers(GOOD)],
    });
    const one = await yard.open();
    for (let at = 0; at < 10; at += 1) await one.route({ models: [FIRST] });
    const outcome = await one.route({ deadline_ms: 600_000 });
    if (!outcome.ok) throw new Error(outcome.error.message);
    expect(outcome.value.model).toBe(SECOND);
    expect(outcome.value.latency_ms).toBeLessThan(11_000);
  });

  it("are measured for each task apart", async () => {
    const yard = await started({ [FIRST]: [...Array.from({ length: 10 }, () => after(1000)), ["hang"]] });
    const one = await yard.open();
    for (let at = 0; at < 10; at += 1) await one.route({ task: "translation", models: [FIRST] });
    const ledger = openLedger({ path: yard.dbPath(), storeText: false });
    expect((await ledger.recent([], NOW_MS, "translation")).latencies.get(FIRST)).toEqual({
      samples: 10,
      p50Ms: 1000,
      p95Ms: 1000,
    });
    expect((await ledger.recent([], NOW_MS, "general")).latencies.size).toBe(0);
    ledger.close();
  });
});

describe("a check that runs too long", () => {
  /** Resolves only when its signal fires. */
  const endless: Verifier = {
    verify: (_answer, _request, signal) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () =>
          resolve({ status: "unchecked", score: null, basis: null, summary: "", checks: [] }),
        );
      }),
    close: async () => undefined,
  };

  it("leaves the fallback its chance where unchecked answers are not taken", async () => {
    const yard = await started({ [FIRST]: [answers(GOOD)], [SECOND]: [after(1000)] }, endless);
    const one = await yard.open({ config: { tasks: [{ id: "general", on_unchecked: "next" }] } });
    const outcome = await one.route({ deadline_ms: 20_000 });
    expect(yard.calls.map(({ model }) => model.id)).toEqual([FIRST, SECOND]);
    expect(outcome).toMatchObject({ ok: true, value: { status: "below_quality", verdict: { status: "unchecked" } } });
    expect(yard.clock.elapsedMs()).toBeLessThanOrEqual(20_050);
  });

  it("is cut off by the deadline where they are, and the answer is not lost", async () => {
    const yard = await started({ [FIRST]: [answers(GOOD)] }, endless);
    const one = await yard.open();
    const outcome = await one.route({ deadline_ms: 5000 });
    expect(outcome).toMatchObject({ ok: true, value: { text: GOOD, verdict: { status: "unchecked" } } });
    expect(yard.clock.elapsedMs()).toBeLessThanOrEqual(5050);
  });
});

describe("the lease of a reservation", () => {
  const day = { scope: { kind: "day" as const }, limitNanoUsd: 1e12 };

  it("is renewed while a call runs, so that no other process takes it for abandoned", async () => {
    const yard = await started({ [FIRST]: [after(80_000)], [SECOND]: [answers(GOOD)] });
    const [one, other] = [await yard.open(), await yard.open()];
    const long = one.route({ models: [FIRST], deadline_ms: 600_000 });
    for (let at = 0; at < 3; at += 1) {
      await pass(yard.clock, 25_000);
      expect(whoOf(await other.route({ models: [SECOND] }))).toBe(SECOND);
      const ledger = openLedger({ path: yard.dbPath(), storeText: false });
      const [budget] = (await ledger.recent([day], yard.clock.nowMs())).budgets;
      expect(budget?.heldNanoUsd).toBeGreaterThan(0);
      expect((await ledger.metrics(FIRST)).length).toBe(0);
      ledger.close();
    }
    expect(whoOf(await long)).toBe(FIRST);
  });

  it("of a process that is gone runs out soon, whatever its request's deadline was", async () => {
    const yard = await started({ [SECOND]: [answers(GOOD)] });
    const one = await yard.open();
    const gone = openLedger({ path: yard.dbPath(), storeText: false });
    await one.route({ models: [SECOND] });
    const nowMs = yard.clock.nowMs();
    await gone.reserve({
      attemptId: "dead-attempt",
      role: "judge",
      request: {
        routeId: "dead-route",
        principal: null,
        task: "general",
        startedAtMs: nowMs,
        budgetNanoUsd: null,
        deadlineMs: 600_000,
        minQuality: 0.6,
        optimize: "quality",
        promptChars: 1,
        callerTokens: 1,
        promptSha256: "00",
        promptText: null,
        plan: { order: [FIRST], rejected: [] },
        notes: [],
      },
      model: FIRST,
      provider: "anthropic",
      amountNanoUsd: 7_000_000,
      limits: [],
      nowMs,
      leaseUntilMs: nowMs + 30_000,
      endsByMs: nowMs + 600_000,
      room: null,
      probe: null,
      outageKeys: [],
    });
    await pass(yard.clock, 31_000);
    await one.route({ models: [SECOND] });
    expect(await gone.metrics(FIRST)).toMatchObject([
      { attempts: 1, failed: 1, failuresByKind: { dead: 1 }, costNanoUsd: 7_000_000 },
    ]);
    gone.close();
  });
});

describe("money that others hold", () => {
  it("is reported apart from what is spent, with the time to retry", async () => {
    const yard = await started({ [FIRST]: [after(5000)] });
    const one = await yard.open({ config: { budgets: { day_usd: 0.15 } } });
    const other = await yard.open({ config: { budgets: { day_usd: 0.15 } } });
    const running = one.route({ models: [FIRST], deadline_ms: 20_000 });
    await pass(yard.clock, 1000);
    const refused = await other.route({ models: [FIRST] });
    expect(refused).toMatchObject({ ok: false, error: { code: "budget_exceeded", cost_usd: 0 } });
    if (refused.ok) throw new Error("unreachable");
    expect(refused.error.message).toContain("held by running calls");
    expect(refused.error.retry_after_ms).toBeGreaterThan(15_000);
    expect(refused.error.retry_after_ms).toBeLessThanOrEqual(19_000);
    expect(whoOf(await running)).toBe(FIRST);
    expect(whoOf(await other.route({ models: [FIRST] }))).toBe(FIRST);
  });
});

describe("a ledger that breaks in the middle of a request", () => {
  it("costs neither the answer so far nor the account of what was spent", async () => {
    const yard = await started({ [FIRST]: [[{ waitMs: 1000 }, { fail: "overloaded" }]], [SECOND]: [answers(GOOD)] });
    const one = await yard.open();
    writeFileSync(`${yard.dbPath()}.other`, "this is no database, however long one looks at it ".repeat(100));
    const routed = one.route();
    await pass(yard.clock, 500);
    rmSync(`${yard.dbPath()}-wal`);
    renameSync(`${yard.dbPath()}.other`, yard.dbPath());
    const outcome = await routed;
    expect(outcome).toMatchObject({ ok: false, error: { code: "all_failed", attempts: [{ model: FIRST }] } });
  });
});
