import "better-sqlite3";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { FIRST, GOOD, SECOND, warmUp } from "../support/routed.ts";
import { answers, type Step } from "../support/scripted-provider.ts";
import { OFFLINE, pass, station, whoOf, type Scripts, type Station } from "../support/station.ts";

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

const fails = (kind: Extract<Step, { fail: unknown }>["fail"], retryAfterMs?: number): readonly Step[] => [
  retryAfterMs === undefined ? { fail: kind } : { fail: kind, retryAfterMs },
];
const callsOf = ({ calls }: Station, model: string): number => calls.filter((call) => call.model.id === model).length;

describe("a second process on the ledger", () => {
  it("does not ask a model that has failed three times in a row in the first", async () => {
    const yard = await started({ [FIRST]: [fails("network")], [SECOND]: [answers(GOOD)] });
    const [one, other] = [await yard.open(), await yard.open()];
    for (let at = 0; at < 3; at += 1) expect(whoOf(await one.route())).toBe(SECOND);
    expect(callsOf(yard, FIRST)).toBe(3);
    const outcome = await other.route();
    expect(whoOf(outcome)).toBe(SECOND);
    expect(callsOf(yard, FIRST)).toBe(3);
    if (!outcome.ok) throw new Error("unreachable");
    expect(outcome.value.plan.rejected.find(({ model }) => model === FIRST)?.reason).toMatch(
      /^failed 3 times in a row; skipped for another \d+ s$/,
    );
  });

  it("does not ask a provider whose several models have failed in a row", async () => {
    const third = "claude-haiku-5-5";
    const yard = await started({
      [FIRST]: [fails("overloaded")],
      "claude-sonnet-5-5": [fails("overloaded")],
      [SECOND]: [answers(GOOD)],
    });
    const [one, other] = [await yard.open(), await yard.open()];
    for (let at = 0; at < 3; at += 1) await one.route({ models: [FIRST, "claude-sonnet-5-5", SECOND] });
    const outcome = await other.route({ models: [third, SECOND] });
    expect(whoOf(outcome)).toBe(SECOND);
    expect(callsOf(yard, third)).toBe(0);
  });

  it.each([
    ["auth", "15 s"],
    ["quota", "60 s"],
  ] as const)("leaves a provider alone after %s, and every request learns why", async (kind, wait) => {
    const yard = await started({ [FIRST]: [fails(kind)], [SECOND]: [answers(GOOD)] });
    const [one, other] = [await yard.open(), await yard.open()];
    await one.route();
    // Another model of the same provider.
    expect(whoOf(await other.route({ models: ["claude-haiku-5-5", SECOND] }))).toBe(SECOND);
    expect(callsOf(yard, "claude-haiku-5-5")).toBe(0);
    const listed = await other.service.listModels({ provider: "anthropic" });
    if (!listed.ok) throw new Error("unreachable");
    for (const model of listed.value.models.filter(({ lifecycle }) => !lifecycle.startsWith("retired"))) {
      expect(model).toMatchObject({ available: false });
      expect(model.unavailable_reason).toBe(
        `provider anthropic: ${kind} (scripted ${kind}); skipped for another ${wait}`,
      );
    }
    const findings = await other.service.diagnose(false);
    expect(findings).toContainEqual({
      level: "problem",
      about: "provider anthropic",
      detail: `${kind}: scripted ${kind}; not asked for another ${wait}`,
    });
  });

  it("asks with its own key when it was another key that the provider refused", async () => {
    const yard = await started({ [FIRST]: [fails("auth"), answers(GOOD)], [SECOND]: [answers(GOOD)] });
    await (await yard.open()).route();
    const other = await yard.open({ env: { ...OFFLINE, ANTHROPIC_API_KEY: "another-key" } });
    expect(whoOf(await other.route())).toBe(FIRST);
  });

  it("does not come back before the time that a vendor has named", async () => {
    const yard = await started({ [FIRST]: [fails("rate_limit", 40_000), answers(GOOD)], [SECOND]: [answers(GOOD)] });
    const [one, other] = [await yard.open(), await yard.open()];
    expect(whoOf(await one.route())).toBe(SECOND);
    expect(whoOf(await other.route())).toBe(SECOND);
    expect(callsOf(yard, FIRST)).toBe(1);
    await pass(yard.clock, 40_000);
    expect(whoOf(await other.route())).toBe(FIRST);
  });
});

describe("what is learnt while others are on their way", () => {
  it("is heeded by queued calls: a refused key is tried once, not by every request", async () => {
    const yard = await started({ [FIRST]: [[{ waitMs: 500 }, { fail: "auth" }]], [SECOND]: [answers(GOOD)] });
    const one = await yard.open({ config: { providers: { anthropic: { limits: { concurrency: 1 } } } } });
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => one.route()));
    expect(outcomes.map(whoOf)).toEqual(Array.from({ length: 8 }, () => SECOND));
    expect(callsOf(yard, FIRST)).toBe(1);
  });

  it("is not undone by a call that began before and ends well after", async () => {
    const yard = await started({
      [FIRST]: [[{ waitMs: 5000 }, ...answers(GOOD)], fails("rate_limit", 60_000)],
      [SECOND]: [answers(GOOD)],
    });
    const [one, other] = [await yard.open(), await yard.open()];
    const early = one.route({ deadline_ms: 60_000 });
    await pass(yard.clock, 1000);
    expect(whoOf(await other.route())).toBe(SECOND);
    expect(whoOf(await early)).toBe(FIRST);
    expect(whoOf(await other.route())).toBe(SECOND);
    expect(callsOf(yard, FIRST)).toBe(2);
  });

  it("a primary that hangs is found out at the usual deadline, with several who could take over", async () => {
    const yard = await started({ "gpt-6-luna": [["hang"]], [SECOND]: [answers(GOOD)], [FIRST]: [answers(GOOD)] });
    const one = await yard.open();
    const models = ["gpt-6-luna", SECOND, FIRST];
    for (let at = 0; at < 4; at += 1) expect(whoOf(await one.route({ models, deadline_ms: 30_000 }))).toBe(SECOND);
    expect(callsOf(yard, "gpt-6-luna")).toBe(3);
  });

  it("an answer whose vendor does not hang up after its finish is not lost", async () => {
    const yard = await started({
      [FIRST]: [[{ say: GOOD }, { finish: "stop" }, "hang"]],
      [SECOND]: [answers("Other.")],
    });
    const outcome = await (await yard.open()).route({ deadline_ms: 30_000 });
    expect(outcome).toMatchObject({ ok: true, value: { model: FIRST, text: GOOD } });
    // A stop behind a lone piece may come early, as some endpoints send it with each piece: only silence or the end tells.
    expect(yard.clock.elapsedMs()).toBeLessThan(10_000);
  });
});

describe("a principal whose prompts get no answers", () => {
  it.each(["empty", "invalid_response", "refusal"] as const)(
    "takes no model out for any other: five times %s",
    async (kind) => {
      const yard = await started({
        [FIRST]: [...Array.from({ length: 5 }, () => fails(kind)), answers(GOOD)],
        [SECOND]: [answers(GOOD)],
      });
      const { service } = await yard.open();
      const { signal } = new AbortController();
      const input = { task: "general", prompt: "What are signals for?", models: [FIRST, SECOND], deadline_ms: 10_000 };
      for (let at = 0; at < 3; at += 1) await service.as("mallory").route(input, { signal });
      // Alone, the model is asked although it is out: twice, where its failure can pass.
      while (callsOf(yard, FIRST) < 5) await service.as("mallory").route({ ...input, models: [FIRST] }, { signal });
      const estimate = await service.as("alice").estimate(input);
      expect(estimate).toMatchObject({ ok: true, value: { order: [FIRST, SECOND], rejected: [] } });
      expect(whoOf(await service.as("alice").route(input, { signal }))).toBe(FIRST);
    },
  );

  it("finds the model out of the order itself, until its time is over", async () => {
    const yard = await started({ [FIRST]: [fails("empty")], [SECOND]: [answers(GOOD)] });
    const { service } = await yard.open();
    const { signal } = new AbortController();
    const input = { task: "general", prompt: "What are signals for?", models: [FIRST, SECOND], deadline_ms: 10_000 };
    const mallory = service.as("mallory");
    for (let at = 0; at < 3; at += 1) await mallory.route(input, { signal });
    expect(await mallory.estimate(input)).toMatchObject({ value: { order: [SECOND] } });
    const listed = await mallory.listModels({ provider: "anthropic" });
    expect(listed.ok && listed.value.models.find(({ id }) => id === FIRST)?.health).toContain(
      "failed 3 times in a row",
    );
    await pass(yard.clock, 20_000);
    expect(await mallory.estimate(input)).toMatchObject({ value: { order: [FIRST, SECOND] } });
  });

  it("brings no model back that the vendor has taken out for all", async () => {
    const yard = await started({
      [FIRST]: [fails("network"), fails("network"), fails("network"), fails("refusal")],
      [SECOND]: [answers(GOOD)],
    });
    const { service } = await yard.open();
    const { signal } = new AbortController();
    const input = { task: "general", prompt: "What are signals for?", models: [FIRST, SECOND], deadline_ms: 10_000 };
    for (let at = 0; at < 3; at += 1) await service.as("alice").route(input, { signal });
    await service.as("mallory").route({ ...input, models: [FIRST] }, { signal });
    expect(await service.as("alice").estimate(input)).toMatchObject({ value: { order: [SECOND] } });
  });
});

describe("a lone candidate", () => {
  const alone = { models: [FIRST] };

  it("is tried although its breaker is open", async () => {
    const yard = await started({ [FIRST]: [fails("timeout"), fails("timeout"), fails("timeout"), answers(GOOD)] });
    const one = await yard.open();
    for (let at = 0; at < 3; at += 1) await one.route(alone);
    expect(whoOf(await one.route(alone))).toBe(FIRST);
  });

  it("is tried although its provider has refused the key: the account may work again", async () => {
    const yard = await started({ [FIRST]: [fails("auth"), answers(GOOD)], [SECOND]: [answers(GOOD)] });
    const one = await yard.open();
    expect(whoOf(await one.route(alone))).toBe("all_failed");
    expect(whoOf(await one.route(alone))).toBe(FIRST);
    // And the success is shared with every process.
    expect(whoOf(await (await yard.open()).route())).toBe(FIRST);
  });

  it("waits for the time that its vendor has named", async () => {
    const yard = await started({ [FIRST]: [fails("rate_limit", 4000), answers(GOOD)], [SECOND]: [answers(GOOD)] });
    const one = await yard.open();
    await one.route();
    const beforeMs = yard.clock.elapsedMs();
    expect(whoOf(await one.route(alone))).toBe(FIRST);
    expect(yard.clock.elapsedMs() - beforeMs).toBeGreaterThanOrEqual(3900);
  });

  it("is not asked before that time: the caller learns when to come back", async () => {
    const yard = await started({ [FIRST]: [fails("rate_limit", 60_000)], [SECOND]: [answers(GOOD)] });
    const one = await yard.open();
    await one.route();
    const outcome = await one.route(alone);
    expect(outcome).toMatchObject({ ok: false, error: { code: "no_candidate", cost_usd: 0, attempts: [] } });
    if (outcome.ok) throw new Error("unreachable");
    expect(outcome.error.retry_after_ms).toBeGreaterThan(50_000);
    expect(outcome.error.retry_after_ms).toBeLessThanOrEqual(60_000);
    expect(callsOf(yard, FIRST)).toBe(1);
  });
});

describe("when every candidate has failed", () => {
  it("those that were left out for their health are asked after all", async () => {
    const yard = await started({
      [FIRST]: [fails("network"), fails("network"), fails("network"), answers(GOOD)],
      [SECOND]: [answers(GOOD), answers(GOOD), answers(GOOD), fails("context_length")],
    });
    const one = await yard.open();
    for (let at = 0; at < 3; at += 1) expect(whoOf(await one.route())).toBe(SECOND);
    expect(whoOf(await one.route())).toBe(FIRST);
  });

  it("models with a temporary failure are called once more, and none a third time", async () => {
    const yard = await started({
      [FIRST]: [fails("overloaded"), answers(GOOD)],
      [SECOND]: [fails("empty")],
      "gpt-6-luna": [fails("refusal")],
    });
    const one = await yard.open();
    const outcome = await one.route({ models: [SECOND, FIRST, "gpt-6-luna"] });
    expect(whoOf(outcome)).toBe(FIRST);
    expect(yard.calls.map(({ model }) => model.id)).toEqual([SECOND, FIRST, "gpt-6-luna", SECOND, FIRST]);
    expect(yard.clock.elapsedMs()).toBeGreaterThanOrEqual(200);
  });

  it("no model with a permanent failure is called again", async () => {
    const yard = await started({ [FIRST]: [fails("refusal")], [SECOND]: [fails("context_length")] });
    expect(whoOf(await (await yard.open()).route())).toBe("all_failed");
    expect(yard.calls).toHaveLength(2);
  });
});

describe("a model that may be well again", () => {
  it("is probed by one call at a time; all others go on to the next model", async () => {
    const slow: readonly Step[] = [{ waitMs: 2000 }, ...answers(GOOD)];
    const yard = await started({
      [FIRST]: [fails("network"), fails("network"), fails("network"), slow],
      [SECOND]: [answers(GOOD)],
    });
    const [one, other] = [await yard.open(), await yard.open()];
    for (let at = 0; at < 3; at += 1) await one.route();
    await pass(yard.clock, 20_000);
    const outcomes = await Promise.all([one, other, one, other, one, other].map((each) => each.route()));
    expect(outcomes.map(whoOf).toSorted()).toEqual([FIRST, ...Array.from({ length: 5 }, () => SECOND)]);
    expect(callsOf(yard, FIRST)).toBe(4);
    // The probe succeeded: every request may call the provider again.
    const after = await Promise.all([one, other].map((each) => each.route()));
    expect(after.map(whoOf)).toEqual([FIRST, FIRST]);
  });

  it("is called by all when there is no other", async () => {
    const slow: readonly Step[] = [{ waitMs: 2000 }, ...answers(GOOD)];
    const yard = await started({ [FIRST]: [fails("network"), fails("network"), fails("network"), slow] });
    const one = await yard.open();
    // Alone, a network failure is tried twice.
    for (let at = 0; at < 2; at += 1) await one.route({ models: [FIRST] });
    await pass(yard.clock, 300_000);
    const outcomes = await Promise.all([1, 2, 3].map(() => one.route({ models: [FIRST] })));
    expect(outcomes.map(whoOf)).toEqual([FIRST, FIRST, FIRST]);
  });

  it("stays out for longer each time that its provider says no again", async () => {
    const yard = await started({ [FIRST]: [fails("quota")], [SECOND]: [answers(GOOD)] });
    const one = await yard.open();
    await one.route();
    await pass(yard.clock, 61_000);
    await one.route();
    expect(callsOf(yard, FIRST)).toBe(2);
    await pass(yard.clock, 61_000);
    await one.route();
    expect(callsOf(yard, FIRST)).toBe(2);
    await pass(yard.clock, 61_000);
    await one.route();
    expect(callsOf(yard, FIRST)).toBe(3);
  });
});
