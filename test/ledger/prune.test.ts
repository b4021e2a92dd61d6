import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import type { PruneOrder } from "../../src/core/ledger-reader.ts";
import { Connection } from "../../src/ledger/sqlite/db/connection.ts";
import { FIRST } from "../../src/ledger/sqlite/migrations/0001-first.ts";
import { ROLES } from "../../src/ledger/sqlite/migrations/0002-roles.ts";
import { HEALTH } from "../../src/ledger/sqlite/migrations/0003-health.ts";
import { migrate } from "../../src/ledger/sqlite/db/migrate.ts";
import { PRUNED_TABLES, pruneStep, type PruneCursor } from "../../src/ledger/sqlite/prune/step.ts";
import { reserve } from "../../src/ledger/sqlite/write/reserve.ts";
import { settle } from "../../src/ledger/sqlite/write/settle.ts";
import {
  attemptRecord,
  DAY_MS,
  dayLimit,
  NOON,
  requestEnd,
  requestRecord,
  reserveInput,
  routeOnce,
  type TestLedger,
} from "./records.ts";
import { addressOf, ledgerAt, ON_POSTGRES, rawDatabase, tempPath } from "./support.ts";

const NEXT_DAY = "2026-11-19";
const LATER = NOON + 3 * DAY_MS;

const orderOf = (before: string, over: Partial<PruneOrder> = {}): PruneOrder => ({
  before,
  nowMs: LATER,
  vacuum: false,
  signal: new AbortController().signal,
  ...over,
});

/** A request on each of so many days from the first on, `perDay` each, that ended within its day. */
async function routeDaily(ledger: TestLedger, days: number, perDay = 1): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    const nowMs = NOON + day * DAY_MS;
    for (let index = 0; index < perDay; index += 1)
      await routeOnce(ledger, `r${day}-${index}`, { reserve: { nowMs }, end: { endedAtMs: nowMs + 900 } });
  }
}

/** Every number that the ledger gives about the past. */
async function totals(ledger: TestLedger): Promise<unknown> {
  const spend = [];
  for (const groupBy of ["day", "model", "provider", "task"] as const)
    spend.push(await ledger.spend({ since: null, until: null, groupBy }));
  const { budgets } = await ledger.recent([dayLimit(1e9), { scope: { kind: "month" }, limitNanoUsd: 1e9 }], NOON);
  return { spend, budgets, metrics: await ledger.metrics(null), days: await ledger.recentDays("", 99) };
}

describe("ledger prune", () => {
  it("deletes what ended before the day, with all that belongs to it, and changes no sum", async () => {
    const path = tempPath();
    const ledger = ledgerAt(path, { storeText: true });
    await routeDaily(ledger, 3, 2);
    await ledger.recordOutcome("r0-0", true, "it worked", NOON);
    const before = await totals(ledger);
    const pruned = await ledger.prune(orderOf("2026-11-20"));
    expect(pruned).toMatchObject({ requests: 4, attempts: 4, kept: 0, complete: true });
    expect(await totals(ledger)).toEqual(before);
    expect(await ledger.recentRouteIds("", 9)).toEqual(["r2-1", "r2-0"]);
    expect(await ledger.route("r0-0")).toBeNull();
    expect(await ledger.route("r2-0")).toMatchObject({ costNanoUsd: 400 });
    if (!ON_POSTGRES) {
      const db = rawDatabase(path);
      const left = PRUNED_TABLES.map((table) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
      expect(Object.fromEntries(PRUNED_TABLES.map((table, index) => [table, left[index]]))).toEqual({
        reservations: 0,
        check_lists: 2,
        checks: 0,
        texts: 4,
        outcomes: 0,
        attempts: 2,
      });
    }
    expect(await ledger.prunedBefore()).toBe("2026-11-20");
    expect(await ledger.health(true)).toMatchObject({ requests: 2, integrity: "ok" });
  });

  it("knows every table that refers to requests or attempts", () => {
    const db = rawDatabase(":memory:");
    migrate(db, "l");
    const referring = db
      .prepare(
        `SELECT DISTINCT t.name FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f
         WHERE t.type = 'table' AND f."table" IN ('requests', 'attempts') ORDER BY t.name`,
      )
      .pluck()
      .all();
    expect(referring).toEqual(PRUNED_TABLES.toSorted());
  });

  it("counts by the end of a request, not by its beginning", async () => {
    const ledger = ledgerAt();
    const midnight = Date.parse(NEXT_DAY);
    await routeOnce(ledger, "over-midnight", { end: { endedAtMs: midnight } });
    await routeOnce(ledger, "just-before", { end: { endedAtMs: midnight - 1 } });
    expect(await ledger.prune(orderOf(NEXT_DAY))).toMatchObject({ requests: 1 });
    expect(await ledger.recentRouteIds("", 9)).toEqual(["over-midnight"]);
  });

  it("leaves alone what still runs, and what ended but holds money", async () => {
    const ledger = ledgerAt();
    const leaseUntilMs = LATER + DAY_MS;
    await ledger.reserve(reserveInput("runs", "a1", { leaseUntilMs }));
    await ledger.reserve(reserveInput("hedged", "a2", { leaseUntilMs }));
    await ledger.reserve(reserveInput("hedged", "a3", { leaseUntilMs }));
    await ledger.settle(attemptRecord("hedged", "a2"), requestEnd("hedged", "a2"));
    expect(await ledger.prune(orderOf("2026-11-21"))).toMatchObject({ requests: 0, kept: 1 });
    await ledger.settle(attemptRecord("hedged", "a3"), null);
    await ledger.settle(attemptRecord("runs", "a1"), requestEnd("runs", "a1"));
    expect(await ledger.prune(orderOf("2026-11-21"))).toMatchObject({ requests: 2, attempts: 3, kept: 0 });
  });

  it("keeps what a dead process left for 30 days, so that one that only slept can still correct it", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("slept", "a1", { leaseUntilMs: NOON + 1000 }));
    // Requests with expired leases are settled first.
    expect(await ledger.prune(orderOf(NEXT_DAY))).toMatchObject({ requests: 0, kept: 1 });
    expect((await ledger.route("slept"))?.end?.status).toBe("failed");
    await ledger.settle(attemptRecord("slept", "a1"), requestEnd("slept", "a1"));
    const corrected = await totals(ledger);
    expect(corrected).toMatchObject({ metrics: [{ accepted: 1, failed: 0, costNanoUsd: 400 }] });
    expect(await ledger.prune(orderOf(NEXT_DAY))).toMatchObject({ requests: 1, kept: 0 });
    expect(await totals(ledger)).toEqual(corrected);
  });

  it("takes no word any more from a process that slept for longer than that", async () => {
    const ledger = ledgerAt();
    await ledger.reserve(reserveInput("slept", "a1", { leaseUntilMs: NOON + 1000 }));
    const muchLater = NOON + 40 * DAY_MS;
    await ledger.prune(orderOf("2026-12-28", { nowMs: muchLater }));
    const settled = await totals(ledger);
    expect(settled).toMatchObject({ metrics: [{ attempts: 1, failed: 1, costNanoUsd: 1000 }] });
    await ledger.settle(attemptRecord("slept", "a1"), requestEnd("slept", "a1"));
    expect(await totals(ledger)).toEqual(settled);
  });

  it.skipIf(ON_POSTGRES)("forgets texts that no record refers to, and keeps all others", async () => {
    const path = tempPath();
    const ledger = ledgerAt(path);
    const saying = (reason: string, startedAtMs: number, routeId: string) => ({
      reserve: {
        nowMs: startedAtMs,
        request: requestRecord(routeId, { startedAtMs, plan: { order: [], rejected: [{ model: "m", reason }] } }),
      },
      end: { endedAtMs: startedAtMs + 1 },
    });
    for (let index = 0; index < 4; index += 1) {
      await routeOnce(ledger, `o${index}`, saying("said on the first day only", NOON, `o${index}`));
      await routeOnce(ledger, `b${index}`, saying("said on both of the days", NOON, `b${index}`));
    }
    const next = NOON + 3 * DAY_MS;
    await routeOnce(ledger, "n", saying("said on both of the days", next, "n"));
    const db = rawDatabase(path);
    const phrases = (): string => JSON.stringify(db.prepare("SELECT text FROM phrases").pluck().all());
    expect(phrases()).toContain("both of the days");
    expect(phrases()).toContain("first day only");
    await ledger.prune(orderOf("2026-11-21"));
    expect(phrases()).not.toContain("first day only");
    expect((await ledger.route("n"))?.request.plan.rejected).toEqual([
      { model: "m", reason: "said on both of the days" },
    ]);
    expect((await ledger.route("n"))?.attempts[0]?.verdict?.checks[0]?.detail).toBe("2 of 2 blocks parse");
  });

  it.skipIf(ON_POSTGRES)("gives the space back to the disk", async () => {
    const path = tempPath();
    const ledger = ledgerAt(path, { storeText: true });
    const text = "long ".repeat(2000);
    for (let index = 0; index < 100; index += 1) await routeOnce(ledger, `r${index}`, { attempt: { text } });
    const { sizeBytesBefore, sizeBytesAfter, freeBytes } = await ledger.prune(orderOf(NEXT_DAY));
    expect(sizeBytesBefore).toBeGreaterThan(1_000_000);
    expect(sizeBytesAfter).toBeLessThan(300_000);
    expect(freeBytes).toBe(0);
    ledger.close();
    expect(statSync(path).size).toBe(sizeBytesAfter);
  });

  it.skipIf(ON_POSTGRES)(
    "keeps the space of an older file for new requests, until a vacuum rewrites the file",
    async () => {
      const path = tempPath();
      const old = rawDatabase(path);
      migrate(old, path, [FIRST, ROLES, HEALTH]);
      old.close();
      const ledger = ledgerAt(path, { storeText: true });
      const fill = async (): Promise<void> => {
        for (let index = 0; index < 100; index += 1)
          await routeOnce(ledger, `r${index}`, { attempt: { text: "long ".repeat(2000) } });
      };
      await fill();
      const first = await ledger.prune(orderOf(NEXT_DAY));
      expect(first.sizeBytesAfter).toBe(first.sizeBytesBefore);
      expect(first.freeBytes).toBeGreaterThan(1_000_000);
      const second = await ledger.prune(orderOf(NEXT_DAY, { vacuum: true }));
      expect(second.sizeBytesAfter).toBeLessThan(300_000);
      expect(second.freeBytes).toBe(0);
      // From then on it shrinks like any other.
      await fill();
      expect((await ledger.prune(orderOf(NEXT_DAY))).sizeBytesAfter).toBeLessThan(300_000);
      expect((await ledger.health(true)).integrity).toBe("ok");
    },
  );

  it("stops between two transactions when its signal fires, and continues on the next run", async () => {
    const ledger = ledgerAt();
    await routeDaily(ledger, 2, 100);
    const before = await totals(ledger);
    const stop = new AbortController();
    const work = ledger.prune(orderOf("2026-11-21", { signal: stop.signal }));
    stop.abort();
    const part = await work;
    expect(part).toMatchObject({ complete: false });
    expect(part.requests).toBeLessThan(200);
    const rest = await ledger.prune(orderOf("2026-11-21"));
    expect(rest).toMatchObject({ requests: 200 - part.requests, complete: true });
    expect(await totals(ledger)).toEqual(before);
  });

  it("ends a step when its time is over, however much there is to delete, and goes on where it was", () => {
    const db = new Database(":memory:");
    migrate(db, "l");
    const connection = new Connection(db);
    for (let index = 0; index < 60; index += 1) {
      connection.write(() => reserve(connection, reserveInput(`r${index}`, `a${index}`), false));
      connection.write(() =>
        settle(connection, attemptRecord(`r${index}`, `a${index}`), requestEnd(`r${index}`, `a${index}`), false),
      );
    }
    const beforeDay = Date.parse(NEXT_DAY) / DAY_MS;
    const steps: number[] = [];
    let cursor: PruneCursor = { afterId: 0, lateInARow: 0, oldestKeptDay: beforeDay };
    for (let isLast = false; !isLast;) {
      const step = connection.write(() => pruneStep(connection, beforeDay, cursor, LATER, () => true));
      steps.push(step.requests);
      ({ cursor, isLast } = step);
    }
    expect(steps).toEqual([25, 25, 10]);
    connection.close();
  });

  it("is not stopped by one request whose clock was wrong", async () => {
    const ledger = ledgerAt();
    const future = NOON + 900 * DAY_MS;
    await routeOnce(ledger, "future", { reserve: { nowMs: future }, end: { endedAtMs: future } });
    await routeOnce(ledger, "past");
    expect(await ledger.prune(orderOf(NEXT_DAY))).toMatchObject({ requests: 1 });
    expect(await ledger.recentRouteIds("", 9)).toEqual(["future"]);
  });

  it("lets another process go on booking on the same file, and loses none of it", async () => {
    const path = tempPath();
    const ledger = ledgerAt(path);
    await routeDaily(ledger, 1, 400);
    const script = new URL("workers/hammer.ts", import.meta.url).pathname;
    const child = spawn(process.execPath, [script, addressOf(path), "busy", "150", "1000000000"], { stdio: "pipe" });
    const output: string[] = [];
    child.stdout.on("data", (data: Buffer) => output.push(data.toString()));
    const closed = once(child, "close");
    let pruned = 0;
    for (let round = 0; round < 3; round += 1) pruned += (await ledger.prune(orderOf(NEXT_DAY))).requests;
    await closed;
    expect(output.join("")).toBe('{"granted":150,"refused":0}\n');
    pruned += (await ledger.prune(orderOf(NEXT_DAY))).requests;
    expect(pruned).toBe(550);
    expect((await ledger.spend({ since: null, until: null, groupBy: "day" })).totals).toMatchObject({
      requests: 550,
      costNanoUsd: 400 * 400 + 150 * 1000,
    });
  });
});

describe("trouble with pruning", () => {
  it("leaves every sum and every other request as they were when its process is killed", async () => {
    const path = tempPath();
    const ledger = ledgerAt(path, { storeText: true });
    await routeDaily(ledger, 2, 300);
    const before = await totals(ledger);
    const script = new URL("workers/prune.ts", import.meta.url).pathname;
    for (const afterMs of [0, 3, 9]) {
      const child = spawn(process.execPath, [script, path, NEXT_DAY, String(LATER)], { stdio: "pipe" });
      await once(child.stdout, "data");
      setTimeout(() => child.kill("SIGKILL"), afterMs);
      await once(child, "close");
      expect(await totals(ledger)).toEqual(before);
      expect((await ledger.health(true)).integrity).toBe("ok");
    }
    await ledger.prune(orderOf(NEXT_DAY));
    expect(await ledger.health(true)).toMatchObject({ requests: 300, integrity: "ok" });
    expect(await totals(ledger)).toEqual(before);
  });

  it.each(["yesterday", "2026-02-30", ""])("refuses %j as a day", async (before) => {
    const ledger = ledgerAt();
    await routeOnce(ledger, "r1");
    await expect(ledger.prune(orderOf(before))).rejects.toMatchObject({ kind: "invalid_request" });
  });

  it("says that there is no ledger, and makes none", async () => {
    const path = tempPath();
    await expect(ledgerAt(path).prune(orderOf(NEXT_DAY))).rejects.toMatchObject({
      kind: "ledger_unavailable",
      message: expect.stringMatching(/^There is no ledger at \S+: nothing to prune$/),
    });
    expect(() => statSync(path)).toThrow("ENOENT");
    expect(await ledgerAt(path).health(true)).toMatchObject({ integrity: "not created yet" });
  });

  it.skipIf(ON_POSTGRES)("gives up on a ledger that is locked for too long, and says how far it came", async () => {
    const path = tempPath();
    const ledger = ledgerAt(path, { busyTimeoutMs: 20 });
    await routeDaily(ledger, 1, 300);
    const other = rawDatabase(path);
    other.exec("BEGIN IMMEDIATE");
    await expect(ledger.prune(orderOf(NEXT_DAY))).rejects.toMatchObject({
      kind: "ledger_unavailable",
      message: expect.stringMatching(/locked by another process/),
    });
    other.exec("ROLLBACK");
    expect(await ledger.prune(orderOf(NEXT_DAY))).toMatchObject({ requests: 300 });
  });
});
