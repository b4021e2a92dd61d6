import Database from "better-sqlite3";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../src/app.ts";
import { openDatabase } from "../../src/ledger/sqlite/db/open.ts";
import { openLedger } from "../../src/ledger/ledger.ts";
import { HERE } from "../cases/request.ts";
import { lockLedger, type ForeignLock } from "../support/foreign-lock.ts";
import { FIRST, GOOD, KEYS, SECOND, warmUp } from "../support/routed.ts";
import { sandboxService, type SandboxService } from "../support/sandbox-service.ts";
import { answers, scriptedProviders, type Step } from "../support/scripted-provider.ts";
import { pass } from "../support/station.ts";
import { tempPath } from "../ledger/support.ts";

beforeAll(warmUp);

const open: { app?: SandboxService; lock?: ForeignLock } = {};
afterEach(async () => {
  await open.lock?.release();
  await open.app?.close();
  delete open.app;
  delete open.lock;
});

const CONFIG = { budgets: { day_usd: 10 } };
const { signal } = new AbortController();
const INPUT = { task: "general", prompt: "What are railway signals for?", models: [FIRST] };

/** A service in real time, on a ledger that is there already. */
async function started(script: readonly (readonly Step[])[], warnings: string[] = []) {
  const { create, calls } = scriptedProviders({ [FIRST]: script, [SECOND]: [answers(GOOD)] }, systemClock);
  const path = tempPath();
  openDatabase(Database, path).close();
  const deps = { createProvider: create, verifier: HERE, warn: (message: string) => void warnings.push(message) };
  const app = await sandboxService({ env: KEYS }, CONFIG, deps, path);
  open.app = app;
  return { app, calls, path };
}

async function lock(path: string, what: "write" | "all" = "write"): Promise<ForeignLock> {
  open.lock = await lockLedger(path, what);
  return open.lock;
}

/** What the ledger says of the day. */
async function dayOf(path: string): Promise<{ readonly spent: number; readonly held: number }> {
  const ledger = openLedger({ path, storeText: false });
  const { budgets } = await ledger.recent([{ scope: { kind: "day" }, limitNanoUsd: 1e12 }], Date.now());
  ledger.close();
  return { spent: budgets[0]?.spentNanoUsd ?? -1, held: budgets[0]?.heldNanoUsd ?? -1 };
}

describe("a ledger that another program has locked when a request comes", () => {
  it.each(["write", "all"] as const)("is waited for as long as the deadline allows (%s)", async (what) => {
    const { app, path } = await started([answers(GOOD)]);
    const held = await lock(path, what);
    const outcome = app.service.route({ ...INPUT, deadline_ms: 20_000 }, { signal });
    await pass(systemClock, 2500);
    await held.release();
    expect(await outcome).toMatchObject({ ok: true, value: { text: GOOD, cost_is_estimated: false } });
  });

  it.each(["write", "all"] as const)("ends it with ledger_unavailable when the deadline is near (%s)", async (what) => {
    const { app, path, calls } = await started([answers(GOOD)]);
    await lock(path, what);
    const outcome = await app.service.route({ ...INPUT, deadline_ms: 1500 }, { signal });
    if (outcome.ok) throw new Error("should fail");
    expect(outcome.error).toMatchObject({ code: "ledger_unavailable", cost_usd: 0, attempts: [] });
    expect(outcome.error.retry_after_ms).toBeGreaterThan(0);
    expect(outcome.error.message).toContain("locked by another process");
    expect(calls).toEqual([]);
  });

  it("ends a batch in the same way", async () => {
    const { app, path, calls } = await started([answers(GOOD)]);
    await lock(path);
    const batch = { tasks: [INPUT, INPUT], deadline_ms: 1500, budget_usd: 1 };
    const outcome = await app.service.routeBatch(batch, { signal });
    if (outcome.ok) throw new Error("should fail");
    expect(outcome.error.code).toBe("ledger_unavailable");
    expect(outcome.error.retry_after_ms).toBeGreaterThan(0);
    expect(calls).toEqual([]);
  });

  it("is not waited for when the caller cancels", async () => {
    const { app, path } = await started([answers(GOOD)]);
    await lock(path);
    const control = new AbortController();
    const outcome = app.service.route({ ...INPUT, deadline_ms: 600_000 }, { signal: control.signal });
    await pass(systemClock, 600);
    control.abort();
    expect(await outcome).toMatchObject({ ok: false, error: { code: "cancelled", cost_usd: 0 } });
  });

  it("stops no one else: SQLite itself never waits for a lock", () => {
    const db = openDatabase(Database, ":memory:");
    expect(db.pragma("busy_timeout", { simple: true })).toBe(0);
    db.close();
  });
});

describe("a ledger that another program has locked when a call ends", () => {
  const slow: readonly Step[] = [{ say: GOOD }, { waitMs: 1500 }, { finish: "stop" }];

  it("gets the known cost later; the caller gets the answer at once", async () => {
    const { app, path, calls } = await started([slow]);
    const routed = app.service.route({ ...INPUT, deadline_ms: 20_000 }, { signal });
    await expect.poll(() => calls.length, { timeout: 10_000 }).toBe(1);
    const held = await lock(path);
    const outcome = await routed;
    if (!outcome.ok) throw new Error(outcome.error.message);
    const { cost_usd: costUsd, cost_is_estimated: isEstimated, notes, route_id: routeId } = outcome.value;
    expect(isEstimated).toBe(false);
    expect(notes.join("\n")).toMatch(/this request is recorded later: .* is locked by another process/);
    expect((await dayOf(path)).held).toBeGreaterThan(costUsd * 1e9);
    await held.release();
    await expect.poll(() => dayOf(path), { timeout: 10_000 }).toEqual({ spent: Math.round(costUsd * 1e9), held: 0 });
    expect(await app.service.receipt(routeId)).toMatchObject({
      ok: true,
      value: { status: "accepted", cost_usd: costUsd, attempts: [{ cost_is_estimated: false }] },
    });
  });

  it("does not end the request: the next model is asked as soon as the ledger is free", async () => {
    const { app, path, calls } = await started([[{ say: GOOD }, { waitMs: 1500 }, { finish: "refusal" }]]);
    const models = [FIRST, SECOND];
    const routed = app.service.route({ ...INPUT, models, deadline_ms: 20_000 }, { signal });
    await expect.poll(() => calls.length, { timeout: 10_000 }).toBe(1);
    const held = await lock(path);
    await pass(systemClock, 3000);
    await held.release();
    const outcome = await routed;
    expect(outcome).toMatchObject({ ok: true, value: { model: SECOND } });
    if (!outcome.ok) throw new Error("unreachable");
    const spent = Math.round(outcome.value.cost_usd * 1e9);
    await expect.poll(() => dayOf(path), { timeout: 10_000 }).toEqual({ spent, held: 0 });
  });

  it("gets it when the service closes, if it is free within that time", async () => {
    const { app, path, calls } = await started([slow]);
    const routed = app.service.route({ ...INPUT, deadline_ms: 20_000 }, { signal });
    await expect.poll(() => calls.length, { timeout: 10_000 }).toBe(1);
    const held = await lock(path);
    const outcome = await routed;
    if (!outcome.ok) throw new Error(outcome.error.message);
    const closed = app.service.close();
    await pass(systemClock, 700);
    await held.release();
    await closed;
    expect(await dayOf(path)).toEqual({ spent: Math.round(outcome.value.cost_usd * 1e9), held: 0 });
  });

  it("leaves the worst case to the next process when it stays locked to the end, and says so", async () => {
    const warnings: string[] = [];
    const { app, path, calls } = await started([slow], warnings);
    const routed = app.service.route({ ...INPUT, deadline_ms: 20_000 }, { signal });
    await expect.poll(() => calls.length, { timeout: 10_000 }).toBe(1);
    await lock(path);
    expect(await routed).toMatchObject({ ok: true });
    await app.service.close();
    expect(warnings).toEqual([
      expect.stringMatching(/^not written to the ledger: 1 at the end; the next process books the worst case$/),
    ]);
    expect((await dayOf(path)).held).toBeGreaterThan(0);
  });
});
