import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { answers, type Step } from "../support/scripted-provider.ts";
import { FIRST as BASELINE, SECOND, warmUp } from "../support/routed.ts";
import { pass, station, type Process, type Scripts, type Station } from "../support/station.ts";

beforeAll(warmUp);

const GOOD = "Railway signals tell drivers whether the line ahead is clear, so that trains keep apart.";
const CHEAP = "claude-haiku-5-5";
const REFUSED: readonly Step[] = [{ say: "I cannot" }, { finish: "refusal" }];

let yard: Station;
afterEach(() => yard.close());

async function opened(scripts: Scripts, config: Record<string, unknown> = { baseline_share: 1 }): Promise<Process> {
  yard = await station(scripts);
  return yard.open({ config });
}

async function totalsOf({ service }: Process) {
  const report = await service.spendReport({});
  if (!report.ok) throw new Error(report.error.message);
  return report.value.totals;
}

describe("savings", () => {
  it("an answer that was not accepted earns no baseline: it is pure cost", async () => {
    const one = await opened({ [SECOND]: [answers("not JSON at all")] }, {});
    const routed = await one.route({ models: [SECOND], accept: [{ contains: "interlocking" }], repair: false });
    expect(routed).toMatchObject({ ok: true, value: { status: "below_quality", baseline: null } });
    const totals = await totalsOf(one);
    expect(totals.baseline_usd).toBe(0);
    expect(totals.saved_usd).toBe(-totals.cost_usd);
    expect(totals.cost_usd).toBeGreaterThan(0);
    expect(totals.saved_share).toBe(null);
  });

  it("count the caller's own tokens, at the baseline's output price", async () => {
    const one = await opened({ [SECOND]: [answers(GOOD)] }, {});
    await one.route({ models: [SECOND], prompt: "What are railway signals for? ".repeat(200) });
    const totals = await totalsOf(one);
    expect(totals.caller_tokens).toBeGreaterThan(1000);
    expect(totals.caller_tokens).toBeLessThan(3000);
    expect(totals.caller_usd).toBeCloseTo((totals.caller_tokens * 20) / 1e6, 6);
  });
});

describe("a shadow run of the baseline", () => {
  it("follows an accepted answer, on the receipt and in the books, and is not in the answer", async () => {
    const slow: Step[] = [{ waitMs: 5000 }, ...answers(GOOD)];
    const one = await opened({ [SECOND]: [answers(GOOD)], [BASELINE]: [slow] });
    const routed = await one.route({ models: [SECOND] });
    if (!routed.ok) throw new Error(routed.error.message);
    expect(yard.clock.elapsedMs()).toBeLessThan(5000);
    expect(routed.value.attempts).toHaveLength(1);
    await pass(yard.clock, 10_000);
    await expect.poll(async () => (await totalsOf(one)).measured?.runs).toBe(1);
    const receipt = await one.service.receipt(routed.value.route_id);
    if (!receipt.ok) throw new Error(receipt.error.message);
    expect(receipt.value.attempts.map(({ role, model, returned }) => [role, model, returned])).toEqual([
      ["answer", SECOND, true],
      ["shadow", BASELINE, false],
    ]);
    expect(receipt.value).toMatchObject({ status: "accepted" });
    const totals = await totalsOf(one);
    expect(totals).toMatchObject({ requests: 1, accepted: 1, cost_usd: receipt.value.cost_usd });
    expect(totals.measured?.cost_usd).toBeCloseTo(receipt.value.cost_usd - routed.value.cost_usd, 9);
  });

  it("gives the measured share with its interval, by task, once there are ten", async () => {
    const one = await opened({
      [SECOND]: Array.from({ length: 30 }, (_, index) => (index % 5 === 0 ? REFUSED : answers(GOOD))),
      [BASELINE]: [answers(GOOD)],
    });
    for (let count = 0; count < 15; count += 1) await one.route({ models: [SECOND] });
    await expect.poll(async () => (await totalsOf(one)).measured?.runs).toBe(15);
    const report = await one.service.spendReport({ group_by: "task" });
    if (!report.ok) throw new Error(report.error.message);
    const { totals, rows } = report.value;
    const { measured } = totals;
    expect(measured?.low).toBeLessThan(measured?.saved_share ?? 0);
    expect(measured?.high).toBeGreaterThan(measured?.saved_share ?? 1);
    expect(rows[0]?.measured).toEqual(measured);
    expect(totals.target.by).toBe("measured");
  });

  it("asks nobody where the baseline has answered, or where nothing was accepted", async () => {
    const one = await opened({ [SECOND]: [REFUSED], [BASELINE]: [answers(GOOD)] });
    await one.route({ models: [BASELINE] });
    await one.route({ models: [SECOND] });
    await expect.poll(async () => (await totalsOf(one)).measured).toMatchObject({ runs: 2, cost_usd: 0 });
    expect(one.calls).toHaveLength(2);
  });

  it("is left out where the call's budget does not allow it", async () => {
    const scripts = { [CHEAP]: [answers(GOOD)], [BASELINE]: [answers(GOOD)] };
    const one = await opened(scripts);
    expect(await one.route({ models: [CHEAP], budget_usd: 0.01 })).toMatchObject({ ok: true });
    await pass(yard.clock, 60_000);
    await one.service.close();
    expect(one.calls.map(({ model }) => model.id)).toEqual([CHEAP]);
  });

  it("is cancelled when the service closes, and its money is settled", async () => {
    const one = await opened({ [SECOND]: [answers(GOOD)], [BASELINE]: [[{ say: "Railway" }, "hang"]] });
    await one.route({ models: [SECOND] });
    await expect.poll(() => one.calls.length).toBe(2);
    await one.service.close();
    const other = await yard.open({ config: { budgets: { day_usd: 5 } } });
    expect(await other.service.budget()).toMatchObject({ value: { budgets: [{ held_usd: 0 }] } });
    expect((await totalsOf(other)).measured).toBe(null);
  });

  it("never runs by default, nor when the process ends after the answer", async () => {
    const scripts = { [SECOND]: [answers(GOOD)], [BASELINE]: [answers(GOOD)] };
    const one = await opened(scripts, {});
    await one.route({ models: [SECOND] });
    const last = await yard.open({ config: { baseline_share: 1 } });
    const input = { task: "general", prompt: "What are signals for?", models: [SECOND] };
    await last.service.route(input, { signal: new AbortController().signal, isLast: true });
    await pass(yard.clock, 60_000);
    expect(yard.calls.map(({ model }) => model.id)).toEqual([SECOND, SECOND]);
  });
});
