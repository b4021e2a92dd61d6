import Database from "better-sqlite3";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf, type BudgetLimit } from "../../src/core/budget.ts";
import { openDatabase } from "../../src/ledger/sqlite/db/open.ts";
import { Archive } from "./archive.ts";
import {
  attemptRecord,
  DAY_MS,
  failedAttempt,
  NOON,
  requestEnd,
  requestRecord,
  reserveInput,
  type TestLedger,
} from "./records.ts";
import { ledgerAt, ON_POSTGRES, sqliteAt, tempPath } from "./support.ts";
import { twins } from "./twins.ts";

const TASKS = ["planning", "coding"];
const MODELS = [
  { model: "alpha", provider: "acme" },
  { model: "beta", provider: "acme" },
  { model: "gamma", provider: "bits" },
];

const LIMITS: readonly BudgetLimit[] = [
  { scope: { kind: "day" }, limitNanoUsd: 3000 },
  { scope: { kind: "week" }, limitNanoUsd: 3000 },
  { scope: { kind: "month" }, limitNanoUsd: 5000 },
  { scope: { kind: "task", task: "coding", per: "day" }, limitNanoUsd: 1500 },
  { scope: { kind: "provider", provider: "acme", per: "month" }, limitNanoUsd: 2500 },
];
const CALL_LIMIT = 1200;

const limitsOf = (routeId: string): BudgetLimit[] => [
  { scope: { kind: "call", routeId }, limitNanoUsd: CALL_LIMIT },
  ...LIMITS,
];

const small = fc.nat({ max: 7 });
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("reserve"),
      route: small,
      model: fc.nat({ max: 2 }),
      amount: fc.nat({ max: 900 }),
      leaseMs: fc.constantFrom(1000, 100_000),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("settle"),
      pick: fc.nat(),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      how: fc.constantFrom("accepted", "rejected", "timeout", "cancelled"),
      ends: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("finish"), route: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("renew"), pick: fc.nat(), leaseMs: fc.nat({ max: 100_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("report"), route: small, success: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("wait"),
      ms: fc.constantFrom(10, 2000, 60_000, DAY_MS / 2, 15 * DAY_MS, 40 * DAY_MS),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("prune"),
      daysAgo: fc.constantFrom(0, 1, 15, 31),
      vacuum: fc.boolean(),
    }),
  },
) satisfies fc.Arbitrary<Step>;

type Step =
  | { do: "reserve"; route: number; model: number; amount: number; leaseMs: number }
  | { do: "settle"; pick: number; share: number; how: "accepted" | "rejected" | "timeout" | "cancelled"; ends: boolean }
  | { do: "finish"; route: number }
  | { do: "renew"; pick: number; leaseMs: number }
  | { do: "report"; route: number; success: boolean }
  | { do: "wait"; ms: number }
  | { do: "prune"; daysAgo: number; vacuum: boolean };

/** A correction empties the row of "(none)" on one day, and another request fills it on the next. */
const EMPTIED_ON_ITS_FIRST_DAY: Step[] = [
  { do: "reserve", route: 0, model: 0, amount: 0, leaseMs: 1000 },
  { do: "wait", ms: DAY_MS / 2 },
  { do: "reserve", route: 1, model: 0, amount: 0, leaseMs: 1000 },
  { do: "settle", pick: 0, share: 0, how: "accepted", ends: true },
];

interface Held {
  readonly attemptId: string;
  readonly routeId: string;
  readonly model: string;
  readonly provider: string;
  readonly amount: number;
}

/** A process sleeps until its request has expired, was kept for 30 days and pruned, and then still tries to settle it. */
const SLEPT_UNTIL_PRUNED: Step[] = [
  { do: "reserve", route: 0, model: 0, amount: 800, leaseMs: 1000 },
  { do: "reserve", route: 1, model: 1, amount: 300, leaseMs: 1000 },
  { do: "settle", pick: 1, share: 0.5, how: "accepted", ends: true },
  { do: "report", route: 1, success: true },
  { do: "report", route: 1, success: false },
  { do: "wait", ms: 15 * DAY_MS },
  { do: "prune", daysAgo: 0, vacuum: false },
  { do: "wait", ms: 40 * DAY_MS },
  { do: "prune", daysAgo: 0, vacuum: true },
  { do: "settle", pick: 0, share: 0.5, how: "accepted", ends: true },
];

/** Plays steps on a ledger, and remembers every reservation that was ever granted, settled or not. */
class Player {
  readonly granted: Held[] = [];
  nowMs = NOON;
  readonly #ledger: TestLedger;
  readonly #archive: Archive;
  /** How often each route was pruned: ids are never reused. */
  readonly #pruned = new Map<string, number>();

  constructor(ledger: TestLedger, archive: Archive) {
    this.#ledger = ledger;
    this.#archive = archive;
  }

  async play(step: Step, index: number): Promise<void> {
    switch (step.do) {
      case "reserve":
        return this.#reserve(step, index);
      case "settle":
        return this.#settle(step);
      case "finish":
        return this.#ledger.finish(this.#request(step.route), this.#end(this.#id(step.route), null));
      case "renew": {
        const held = this.granted[step.pick % Math.max(1, this.granted.length)];
        if (held !== undefined) await this.#ledger.renew([held.attemptId], this.nowMs + step.leaseMs);
        return;
      }
      case "report":
        await this.#ledger.recordOutcome(this.#id(step.route), step.success, null, this.nowMs);
        return;
      case "wait":
        this.nowMs += step.ms;
        return;
      case "prune":
        return this.#prune(step);
    }
  }

  /** A process that refuses a reservation has first settled requests with expired leases: only then does it add up the sums. */
  async expireLeases(): Promise<void> {
    const limits = [{ scope: { kind: "day" }, limitNanoUsd: 0 }] as const;
    const refused = await this.#ledger.reserve(reserveInput("swept", "swept", { limits, nowMs: this.nowMs }));
    expect(refused.ok).toBe(false);
  }

  async #prune({ daysAgo, vacuum }: Extract<Step, { do: "prune" }>): Promise<void> {
    await this.expireLeases();
    const before = dayOf(this.nowMs - daysAgo * DAY_MS);
    const gone = this.#archive.keep(Date.parse(before));
    const sums = await sumsOf(this.#ledger, this.nowMs);
    const { signal } = new AbortController();
    const pruned = await this.#ledger.prune({ before, vacuum, nowMs: this.nowMs, signal });
    expect(pruned).toMatchObject({ requests: gone.length, complete: true, freeBytes: 0 });
    expect(await sumsOf(this.#ledger, this.nowMs)).toEqual(sums);
    this.#archive.expectNothingLost();
    for (const id of gone) {
      expect(await this.#ledger.route(id)).toBeNull();
      const [route = ""] = id.split(".");
      this.#pruned.set(route, (this.#pruned.get(route) ?? 0) + 1);
    }
  }

  get ids(): readonly string[] {
    return Array.from({ length: 8 }, (_, route) => this.#id(route));
  }

  #id(route: number): string {
    return `r${route}.${this.#pruned.get(`r${route}`) ?? 0}`;
  }

  #end(routeId: string, attemptId: string | null) {
    return requestEnd(routeId, attemptId, { endedAtMs: this.nowMs });
  }

  #request(route: number) {
    return requestRecord(this.#id(route), { task: TASKS[route % 2] ?? "", startedAtMs: this.nowMs });
  }

  async #reserve(step: Extract<Step, { do: "reserve" }>, index: number): Promise<void> {
    const { model = "", provider = "" } = MODELS[step.model] ?? {};
    const routeId = this.#id(step.route);
    const attemptId = `a${index}`;
    const result = await this.#ledger.reserve(
      reserveInput(routeId, attemptId, {
        request: this.#request(step.route),
        model,
        provider,
        amountNanoUsd: step.amount,
        limits: limitsOf(routeId),
        nowMs: this.nowMs,
        leaseUntilMs: this.nowMs + step.leaseMs,
      }),
    );
    if (result.ok) this.granted.push({ attemptId, routeId, model, provider, amount: step.amount });
  }

  /** Settles an attempt, maybe one that was settled or expired before. No attempt costs more than was reserved for it. */
  async #settle(step: Extract<Step, { do: "settle" }>): Promise<void> {
    const held = this.granted[step.pick % Math.max(1, this.granted.length)];
    if (held === undefined) return;
    const { attemptId, routeId, model, provider } = held;
    const cost = { nanoUsd: Math.floor(held.amount * step.share), exact: true };
    const over = { model, provider, cost, startedAtMs: this.nowMs };
    const attempt =
      step.how === "accepted" || step.how === "rejected"
        ? attemptRecord(routeId, attemptId, { ...over, outcome: step.how })
        : failedAttempt(routeId, attemptId, step.how, over);
    await this.#ledger.settle(
      attempt,
      step.ends ? this.#end(routeId, step.how === "accepted" ? attemptId : null) : null,
    );
  }
}

/** What the rollups should say, by a scan of everything. `key` is an SQL expression over attempts a, requests r and the answer x. */
function scan(db: Database.Database, attemptKey: string, requestKey: string): unknown {
  const sql = `
    SELECT key, sum(requests) AS requests, sum(accepted) AS accepted, sum(verified) AS verified, sum(unchecked) AS unchecked,
      sum(cost) AS costNanoUsd, sum(baseline) AS baselineNanoUsd, sum(caller) AS callerTokens
    FROM (
      SELECT ${attemptKey} AS key, 0 AS requests, 0 AS accepted, 0 AS verified, 0 AS unchecked, a.cost_nano_usd AS cost, 0 AS baseline, 0 AS caller
      FROM all_attempts a JOIN all_requests r ON r.id = a.request
      UNION ALL
      SELECT ${requestKey}, 1, s.name = 'accepted', v.name IS 'verified', v.name IS 'unchecked', 0,
        iif((SELECT o.success FROM all_outcomes o WHERE o.request = r.id) = 0, 0, coalesce(r.baseline_nano_usd, 0)), coalesce(r.caller_tokens, 0)
      FROM all_requests r JOIN names s ON s.id = r.status LEFT JOIN names v ON v.id = r.verdict_status
      LEFT JOIN all_attempts x ON x.request = r.id AND x.seq = r.answer_seq
    )
    GROUP BY key HAVING sum(requests) > 0 OR sum(cost) > 0 ORDER BY key`;
  return db.prepare(sql).all();
}

const named = (id: string): string => `(SELECT name FROM names WHERE id = ${id})`;
const dated = (ms: string): string => `strftime('%Y-%m-%d', ${ms}, 'unixepoch')`;

const SCANS = {
  day: [dated("a.day * 86400"), dated("r.started_at_ms / 1000")],
  model: [named("a.model"), named("coalesce(x.model, 0)")],
  provider: [named("a.provider"), named("coalesce(x.provider, 0)")],
  task: [named("r.task"), named("r.task")],
} as const;

function scanModels(db: Database.Database): unknown {
  const reported = (
    success: number,
  ): string => `(SELECT count(*) FROM all_outcomes o JOIN all_requests r ON r.id = o.request
    JOIN all_attempts x ON x.request = r.id AND x.seq = r.answer_seq WHERE o.success = ${success} AND x.model = a.model)`;
  const outcome = (name: string): string => `sum(${named("a.outcome")} = '${name}')`;
  const sql = `
    SELECT ${named("a.model")} AS model, count(*) AS attempts, ${outcome("accepted")} AS accepted, ${outcome("rejected")} AS rejected,
      ${outcome("failed")} AS failed, sum(a.cost_nano_usd) AS costNanoUsd, sum(coalesce(a.input_tokens + a.cache_read_tokens, 0)) AS inputTokens,
      ${reported(1)} AS reportedSuccess, ${reported(0)} AS reportedFailure
    FROM all_attempts a GROUP BY a.model ORDER BY model`;
  return db.prepare(sql).all();
}

/** Every number that the ledger gives about the past. */
async function sumsOf(ledger: TestLedger, nowMs: number): Promise<unknown> {
  const spend = [];
  for (const groupBy of ["day", "model", "provider", "task"] as const)
    spend.push(await ledger.spend({ since: null, until: null, groupBy }));
  return [spend, await ledger.metrics(null), (await ledger.recent(LIMITS, nowMs)).budgets];
}

async function checkLimits(ledger: TestLedger, { nowMs, ids }: Player): Promise<void> {
  const limits = [...LIMITS, ...ids.flatMap((routeId) => limitsOf(routeId).slice(0, 1))];
  const { budgets } = await ledger.recent(limits, nowMs);
  for (const budget of budgets) {
    expect(budget.spentNanoUsd).toBeGreaterThanOrEqual(0);
    expect(budget.heldNanoUsd).toBeGreaterThanOrEqual(0);
    expect(budget.spentNanoUsd + budget.heldNanoUsd).toBeLessThanOrEqual(budget.limitNanoUsd);
  }
}

async function checkRollups(ledger: TestLedger, db: Database.Database): Promise<void> {
  const byKey = (one: { key: string }, other: { key: string }): number => (one.key < other.key ? -1 : 1);
  for (const groupBy of ["day", "model", "provider", "task"] as const) {
    const { rows, totals } = await ledger.spend({ since: null, until: null, groupBy });
    expect(rows.toSorted(byKey)).toEqual(scan(db, ...SCANS[groupBy]));
    expect(rows.reduce((sum, row) => sum + row.costNanoUsd, 0)).toBe(totals.costNanoUsd);
    expect(rows.reduce((sum, row) => sum + row.requests, 0)).toBe(totals.requests);
  }
  const metrics = await ledger.metrics(null);
  const expected = scanModels(db) as Record<string, unknown>[];
  expect(metrics).toHaveLength(expected.length);
  expect(metrics).toMatchObject(expected);
  for (const row of metrics) {
    expect(Object.values(row.failuresByKind).reduce((sum, count) => sum + count, 0)).toBe(row.failed);
  }
}

describe("any interleaving of reservations, settlements, ends, expiries and prunings", () => {
  it("never exceeds a limit, and keeps rollups that equal a full scan", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const path = tempPath();
        const db = openDatabase(Database, path);
        const ledger = ON_POSTGRES ? twins(sqliteAt(path), ledgerAt()) : ledgerAt(path);
        const player = new Player(ledger, new Archive(db));
        for (const [index, each] of steps.entries()) {
          await player.play(each, index);
          await checkLimits(ledger, player);
        }
        // A last reservation settles all requests with expired leases.
        player.nowMs += DAY_MS;
        await player.play({ do: "reserve", route: 0, model: 0, amount: 0, leaseMs: 1000 }, steps.length);
        await checkRollups(ledger, db);
        const stored = Number(db.prepare("SELECT count(*) FROM requests").pluck().get());
        expect(await ledger.health(true)).toMatchObject({ requests: stored, integrity: "ok" });
        expect(db.prepare("SELECT count(*) FROM requests WHERE status IS NULL").pluck().get()).toBeLessThanOrEqual(1);
        for (const id of player.ids) await ledger.route(id);
        db.close();
        ledger.close();
      }),
      { numRuns: ON_POSTGRES ? 40 : 80, examples: [[EMPTIED_ON_ITS_FIRST_DAY], [SLEPT_UNTIL_PRUNED]] },
    );
  });

  it("books exactly what was settled once nothing is held any more", async () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat({ max: 1e12 }), share), { maxLength: 30 }), async (attempts) => {
        const ledger = ledgerAt();
        let expected = 0;
        for (const [index, [amount, part]] of attempts.entries()) {
          const nanoUsd = Math.floor(amount * part);
          await ledger.reserve(reserveInput(`r${index}`, `a${index}`, { amountNanoUsd: amount }));
          await ledger.settle(attemptRecord(`r${index}`, `a${index}`, { cost: { nanoUsd, exact: true } }), null);
          expected += nanoUsd;
        }
        const [budget] = (await ledger.recent([LIMITS[0] as BudgetLimit], NOON)).budgets;
        expect(budget).toMatchObject({ spentNanoUsd: expected, heldNanoUsd: 0 });
        ledger.close();
      }),
      { numRuns: 30 },
    );
  });
});
