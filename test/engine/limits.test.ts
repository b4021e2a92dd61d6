import "better-sqlite3";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { FIRST, GOOD, SECOND, warmUp } from "../support/routed.ts";
import { answers, type Step } from "../support/scripted-provider.ts";
import { station, whoOf, type Scripts, type Station } from "../support/station.ts";

beforeAll(warmUp);

let open: Station | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

async function started(scripts: Scripts): Promise<Station> {
  open = await station(scripts);
  return open;
}

const TAKES_MS = 1000;
const slow: readonly Step[] = [{ waitMs: TAKES_MS }, ...answers(GOOD)];
const limited = (limits: Record<string, number>) => ({ config: { providers: { anthropic: { limits } } } });
const alone = { models: [FIRST], deadline_ms: 60_000 };

describe("a provider's limit of calls at a time", () => {
  it("lets so many through, and the others in their order as soon as there is room", async () => {
    const yard = await started({ [FIRST]: [slow] });
    const one = await yard.open(limited({ concurrency: 2 }));
    const ends: number[] = [];
    const outcomes = await Promise.all(
      [0, 1, 2, 3, 4, 5].map(async (index) => {
        const outcome = await one.route({ ...alone, prompt: `Question ${index}` });
        ends.push(index);
        return outcome;
      }),
    );
    expect(outcomes.map(whoOf)).toEqual(Array.from({ length: 6 }, () => FIRST));
    expect(yard.calls.map(({ user }) => user)).toEqual([0, 1, 2, 3, 4, 5].map((index) => `Question ${index}`));
    // Two at a time: three rounds, with hardly anything lost between them.
    expect(yard.clock.elapsedMs()).toBeGreaterThanOrEqual(3 * TAKES_MS);
    expect(yard.clock.elapsedMs()).toBeLessThan(3.3 * TAKES_MS);
    expect(ends.slice(0, 2).toSorted((a, b) => a - b)).toEqual([0, 1]);
  });

  it("holds over all processes on the ledger", async () => {
    const yard = await started({ [FIRST]: [slow] });
    const processes = [await yard.open(limited({ concurrency: 1 })), await yard.open(limited({ concurrency: 1 }))];
    const outcomes = await Promise.all([...processes, ...processes].map((each) => each.route(alone)));
    expect(outcomes.map(whoOf)).toEqual([FIRST, FIRST, FIRST, FIRST]);
    expect(yard.clock.elapsedMs()).toBeGreaterThanOrEqual(4 * TAKES_MS);
    expect(yard.clock.elapsedMs()).toBeLessThan(4.5 * TAKES_MS);
  });

  it("is not waited for beyond the deadline: a typed failure on time, and nothing was spent", async () => {
    const yard = await started({ [FIRST]: [[{ waitMs: 20_000 }, ...answers(GOOD)]] });
    const one = await yard.open(limited({ concurrency: 1 }));
    const first = one.route(alone);
    const beforeMs = yard.clock.elapsedMs();
    const second = await one.route({ ...alone, deadline_ms: 3000 });
    expect(yard.clock.elapsedMs() - beforeMs).toBeLessThanOrEqual(3050);
    expect(second).toMatchObject({ ok: false, error: { code: "deadline_exceeded", cost_usd: 0, attempts: [] } });
    if (second.ok) throw new Error("unreachable");
    expect(second.error.message).toContain("provider anthropic is at its limit of 1 calls at a time");
    expect(whoOf(await first)).toBe(FIRST);
    expect(yard.calls).toHaveLength(1);
  });

  it("leaves time for a provider that has room", async () => {
    const yard = await started({ [FIRST]: [[{ waitMs: 20_000 }, ...answers(GOOD)]], [SECOND]: [answers(GOOD)] });
    const one = await yard.open(limited({ concurrency: 1 }));
    const first = one.route(alone);
    const second = await one.route({ deadline_ms: 8000 });
    expect(whoOf(second)).toBe(SECOND);
    await first;
  });

  it("does not strand those who wait behind one that is cancelled", async () => {
    const yard = await started({ [FIRST]: [slow] });
    const one = await yard.open(limited({ concurrency: 1 }));
    const control = new AbortController();
    const ask = (signal: AbortSignal) =>
      one.service.route({ task: "general", prompt: "What are railway signals for?", ...alone }, { signal });
    const never = new AbortController().signal;
    const all = [ask(never), ask(control.signal), ask(never)];
    await yard.clock.sleep(100, never);
    control.abort();
    expect((await Promise.all(all)).map(whoOf)).toEqual([FIRST, "cancelled", FIRST]);
    expect(yard.calls).toHaveLength(2);
  });
});

describe("a provider's limit of calls a minute", () => {
  it("spreads the calls of all processes over time", async () => {
    const yard = await started({ [FIRST]: [answers(GOOD)] });
    const one = await yard.open(limited({ requests_per_minute: 3 }));
    const other = await yard.open(limited({ requests_per_minute: 3 }));
    const outcomes = await Promise.all(
      [one, other, one, other, one, other, one].map((each) => each.route({ ...alone, deadline_ms: 300_000 })),
    );
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    expect(yard.calls).toHaveLength(7);
    // Three at once, three after a minute, one after two.
    expect(yard.clock.elapsedMs()).toBeGreaterThanOrEqual(120_000);
    expect(yard.clock.elapsedMs()).toBeLessThan(125_000);
  });

  it("tells a caller without the time to wait when there will be room", async () => {
    const yard = await started({ [FIRST]: [answers(GOOD)] });
    const one = await yard.open(limited({ requests_per_minute: 1 }));
    await one.route(alone);
    const second = await one.route({ ...alone, deadline_ms: 5000 });
    expect(second).toMatchObject({ ok: false, error: { code: "deadline_exceeded" } });
    if (second.ok) throw new Error("unreachable");
    expect(second.error.retry_after_ms).toBeGreaterThan(50_000);
    expect(second.error.retry_after_ms).toBeLessThanOrEqual(60_000);
  });
});
