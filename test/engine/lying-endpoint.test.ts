import "better-sqlite3";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { UNKNOWN_USAGE, type Usage } from "../../src/core/usage.ts";
import { FIRST, GOOD, run, SECOND, warmUp } from "../support/routed.ts";
import type { Step } from "../support/scripted-provider.ts";
import { station } from "../support/station.ts";

beforeAll(warmUp);

const reports = (inputTokens: number, outputTokens: number): Step => ({
  report: { ...UNKNOWN_USAGE, inputTokens, outputTokens },
});
const lies = (...figures: readonly Step[]): readonly Step[] => [{ say: GOOD }, ...figures, { finish: "stop" }];

describe("an endpoint that lies about what a call costs", () => {
  it("cannot book more than was held: 19,900,000 output tokens under a budget of a cent", async () => {
    const done = await run({
      scripts: { "gpt-6-luna": [lies(reports(12, 19_900_000))] },
      input: { models: ["gpt-6-luna"], budget_usd: 0.01 },
    });
    if (!done.outcome.ok || done.receipt?.ok !== true) throw new Error("should be answered");
    const { value } = done.outcome;
    expect(value.text).toBe(GOOD);
    expect(value.cost_usd).toBeLessThanOrEqual(0.01);
    expect(value.cost_is_estimated).toBe(true);
    expect(value.notes.join("\n")).toMatch(
      /the endpoint of gpt-6-luna reported 19900000 output tokens, above the limit of \d+; the cost is booked as an estimate/,
    );
    expect(done.receipt.value.attempts[0]).toMatchObject({ cost_usd: value.cost_usd, cost_is_estimated: true });
    expect(done.receipt.value.notes.join("\n")).toContain("19900000 output tokens");
    expect(done.spend).toMatchObject({ value: { totals: { cost_usd: value.cost_usd } } });
  });

  it("cannot make savings up: the baseline is counted on tokens that can be", async () => {
    const done = await run({
      scripts: { "gpt-6-luna": [lies(reports(12, 19_900_000))] },
      input: { models: ["gpt-6-luna"], budget_usd: 0.01 },
    });
    if (!done.outcome.ok) throw new Error("should be answered");
    expect(done.outcome.value.baseline?.cost_usd).toBeLessThan(2);
  });

  it("cannot state a cost above what was held", async () => {
    const done = await run({
      scripts: { "gpt-6-luna": [lies(reports(12, 20), { state: 199_000_000_000 })] },
      input: { models: ["gpt-6-luna"], budget_usd: 0.01 },
    });
    if (!done.outcome.ok) throw new Error("should be answered");
    expect(done.outcome.value.cost_usd).toBeLessThanOrEqual(0.01);
    expect(done.outcome.value.cost_is_estimated).toBe(true);
    expect(done.outcome.value.notes.join("\n")).toContain("stated a cost of $199.00");
  });

  it("is believed where it states a cost that can be", async () => {
    const done = await run({
      scripts: { "gpt-6-luna": [lies(reports(12, 20), { state: 7_654 })] },
      input: { models: ["gpt-6-luna"] },
    });
    expect(done.outcome).toMatchObject({ ok: true, value: { cost_usd: 0.000007654, cost_is_estimated: false } });
  });

  it("cannot keep a budget from filling: a usage of zeros beside an answer is a marked estimate", async () => {
    const done = await run({ scripts: { [FIRST]: [lies(reports(0, 0))] }, input: { models: [FIRST] } });
    if (!done.outcome.ok) throw new Error("should be answered");
    expect(done.outcome.value.cost_usd).toBeGreaterThan(0);
    expect(done.outcome.value.cost_is_estimated).toBe(true);
  });
});

describe("the budgets of a day", () => {
  const count = fc.oneof(fc.constant(null), fc.nat(3000), fc.constant(0), fc.nat(Number.MAX_SAFE_INTEGER));
  const told = fc.record({
    inputTokens: count,
    cacheReadTokens: count,
    cacheWriteTokens: count,
    outputTokens: count,
    reasoningTokens: count,
  }) satisfies fc.Arbitrary<Usage>;
  const call = fc.record({
    told,
    stated: fc.option(fc.oneof(fc.nat(100_000_000), fc.constant(199_000_000_000), fc.constant(0))),
    finish: fc.constantFrom("stop" as const, "length" as const, "refusal" as const),
    model: fc.constantFrom(FIRST, SECOND),
  });

  it("are never exceeded, whatever endpoints report and state", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 4, maxLength: 12 }), async (calls) => {
        const scriptsOf = (model: string): (readonly Step[])[] =>
          calls.map(({ told: report, stated, finish }) => [
            { say: `${GOOD} ${model}` },
            { report },
            ...(stated === null ? [] : [{ state: stated }]),
            { finish },
          ]);
        const yard = await station({ [FIRST]: scriptsOf(FIRST), [SECOND]: scriptsOf(SECOND) });
        try {
          const budgets = { day_usd: 0.2, month_usd: 0.25, per_provider: { openai: { day_usd: 0.1 } } };
          const one = await yard.open({ config: { budgets } });
          for (const { model } of calls) {
            const outcome = await one.route({ models: [model], budget_usd: 0.08, max_output_tokens: 600 });
            const costUsd = outcome.ok ? outcome.value.cost_usd : outcome.error.cost_usd;
            expect(costUsd).toBeLessThanOrEqual(0.08);
          }
          const state = await one.service.budget();
          if (!state.ok) throw new Error(state.error.message);
          expect(state.value.budgets).toHaveLength(3);
          for (const { limit_usd, spent_usd, held_usd } of state.value.budgets) {
            expect(held_usd).toBe(0);
            expect(spent_usd).toBeLessThanOrEqual(limit_usd);
          }
        } finally {
          await yard.close();
        }
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});
