import "better-sqlite3";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { RouteInput } from "../../src/core/contract.ts";
import { FIRST, GOOD, SECOND, warmUp } from "../support/routed.ts";
import { answers, type Step } from "../support/scripted-provider.ts";
import { station, whoOf, type Process, type Scripts, type Station } from "../support/station.ts";

beforeAll(warmUp);

let open: Station | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

const after = (waitMs: number, text = GOOD): readonly Step[] => [{ waitMs }, ...answers(text)];
const THIRD = "gpt-6-luna";
const HURRY: Partial<RouteInput> = { optimize: "latency", deadline_ms: 60_000 };

/** A process that knows how long both models take: the first about a second, the second two. */
async function measured(then: Scripts): Promise<{ yard: Station; one: Process }> {
  const seen: Record<string, readonly (readonly Step[])[]> = {
    [FIRST]: Array.from({ length: 10 }, () => after(1000)),
    [SECOND]: Array.from({ length: 10 }, () => after(2000)),
    [THIRD]: Array.from({ length: 10 }, () => after(3000)),
  };
  const scripts = Object.fromEntries(
    Object.entries(seen).map(([model, steps]) => [model, [...steps, ...(then[model] ?? [])]]),
  );
  open = await station(scripts);
  const one = await open.open();
  for (const model of Object.keys(seen)) for (let at = 0; at < 10; at += 1) await one.route({ models: [model] });
  return { yard: open, one };
}

async function timed(yard: Station, work: Promise<unknown>): Promise<number> {
  const beforeMs = yard.clock.elapsedMs();
  await work;
  return yard.clock.elapsedMs() - beforeMs;
}

describe("a request in a hurry", () => {
  it("asks the next model when the first is later than it is used to; the first accepted answer counts", async () => {
    const { yard, one } = await measured({ [FIRST]: [after(30_000)], [SECOND]: [after(2000)] });
    const routed = one.route(HURRY);
    expect(await timed(yard, routed)).toBeLessThan(3300);
    const outcome = await routed;
    if (!outcome.ok) throw new Error("unreachable");
    expect(outcome.value).toMatchObject({
      model: SECOND,
      status: "accepted",
      attempts: [
        { model: FIRST, outcome: "failed", error_kind: "cancelled" },
        { model: SECOND, outcome: "accepted" },
      ],
    });
    expect(outcome.value.notes.join("\n")).toContain(`${FIRST} was late; ${SECOND} was asked as well`);
  });

  it("counts what the loser has cost, in the answer and in the ledger", async () => {
    const { one } = await measured({ [FIRST]: [[{ say: "Signals" }, "hang"]], [SECOND]: [after(2000)] });
    const before = await one.service.spendReport({});
    const outcome = await one.route(HURRY);
    const spend = await one.service.spendReport({});
    if (!outcome.ok || !spend.ok || !before.ok) throw new Error("unreachable");
    const [loser, winner] = outcome.value.attempts;
    expect(loser?.cost_usd).toBeGreaterThan(0);
    expect(winner?.cost_usd).toBeGreaterThan(0);
    expect(outcome.value.cost_usd).toBeCloseTo((loser?.cost_usd ?? 0) + (winner?.cost_usd ?? 0), 9);
    expect(spend.value.totals.cost_usd - before.value.totals.cost_usd).toBeCloseTo(outcome.value.cost_usd, 9);
    const budget = await one.service.budget();
    expect(JSON.stringify(budget)).not.toMatch(/"held_usd":[1-9]/);
  });

  it("takes the first model's answer when that comes first after all, and ends the second", async () => {
    const { yard, one } = await measured({ [FIRST]: [after(2500)], [SECOND]: [after(20_000)] });
    const routed = one.route(HURRY);
    expect(await timed(yard, routed)).toBeLessThan(2700);
    expect(await routed).toMatchObject({
      ok: true,
      value: { model: FIRST, attempts: [{ outcome: "accepted" }, { model: SECOND, error_kind: "cancelled" }] },
    });
  });

  it("asks one more when the second fails while the first is still late", async () => {
    const { yard, one } = await measured({
      [FIRST]: [after(40_000)],
      [SECOND]: [[{ waitMs: 100 }, { fail: "overloaded" }]],
      [THIRD]: [after(1000)],
    });
    const routed = one.route({ ...HURRY, models: [FIRST, SECOND, THIRD] });
    expect(await timed(yard, routed)).toBeLessThan(3000);
    expect(whoOf(await routed)).toBe(THIRD);
  });

  it("never has more than two at work, and falls back when both fail", async () => {
    const { one } = await measured({
      [FIRST]: [[{ waitMs: 5000 }, { fail: "overloaded" }]],
      [SECOND]: [[{ waitMs: 5000 }, { fail: "overloaded" }]],
      [THIRD]: [after(100)],
    });
    const outcome = await one.route({ ...HURRY, models: [FIRST, SECOND, THIRD] });
    expect(whoOf(outcome)).toBe(THIRD);
    if (!outcome.ok) throw new Error("unreachable");
    expect(outcome.value.attempts.map(({ model }) => model)).toEqual([FIRST, SECOND, THIRD]);
    // The third began when the first had failed, not beside two others.
    expect(outcome.value.latency_ms).toBeGreaterThanOrEqual(5000);
  });

  it("does not pay for a second model that the budget does not allow beside the first", async () => {
    const { one } = await measured({ [FIRST]: [after(5000)], [SECOND]: [after(100)] });
    const outcome = await one.route({ ...HURRY, max_output_tokens: 600, budget_usd: await worstOf(one, FIRST) });
    expect(whoOf(outcome)).toBe(FIRST);
    if (!outcome.ok) throw new Error("unreachable");
    expect(outcome.value.notes.join("\n")).toContain(`${SECOND} was not asked beside ${FIRST}`);
  });

  it("asks the second alone, when it could not be asked beside a first one that then fails", async () => {
    const { yard, one } = await measured({ [FIRST]: [["hang"]], [SECOND]: [after(100)] });
    const budget = (await worstOf(one, FIRST)) * 1.02;
    const outcome = await one.route({ ...HURRY, max_output_tokens: 600, budget_usd: budget });
    expect(whoOf(outcome)).toBe(SECOND);
    expect(yard.calls.slice(-2).map(({ model }) => model.id)).toEqual([FIRST, SECOND]);
  });

  it("asks the second for less when the budget allows less beside the first", async () => {
    const { yard, one } = await measured({ [FIRST]: [after(5000)], [SECOND]: [after(100)] });
    const budget = (await worstOf(one, FIRST)) + (await worstOf(one, SECOND)) / 2;
    const outcome = await one.route({ ...HURRY, max_output_tokens: 600, budget_usd: budget });
    expect(whoOf(outcome)).toBe(SECOND);
    const [first, second] = yard.calls.slice(-2);
    expect(second?.outputLimitTokens).toBeLessThan((first?.outputLimitTokens ?? 0) * 0.9);
  });
});

async function worstOf(one: Process, model: string): Promise<number> {
  const estimate = await one.service.estimate({
    task: "general",
    prompt: "What are railway signals for?",
    models: [model],
    max_output_tokens: 600,
  });
  if (!estimate.ok) throw new Error(estimate.error.message);
  return estimate.value.candidates[0]?.cost_usd_max ?? 0;
}

describe("a request that is not in a hurry", () => {
  it("waits for the first model, however late it is", async () => {
    const { one } = await measured({ [FIRST]: [after(5000)], [SECOND]: [after(100)] });
    expect(whoOf(await one.route({ deadline_ms: 60_000 }))).toBe(FIRST);
  });
});
