import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ERROR_RULES, type ErrorKind } from "../../src/core/errors.ts";
import type { Model } from "../../src/core/model.ts";
import { nanoFromUsd } from "../../src/core/money.ts";
import { pricesAt } from "../../src/core/price.ts";
import { renderedOf } from "../../src/core/prompt.ts";
import { settlementOf, type CallFacts } from "../../src/core/settlement.ts";
import { promptTokens, UNKNOWN_USAGE, worstCaseCost, type Usage } from "../../src/core/usage.ts";
import { MODELS } from "../../src/catalog/models.ts";
import { modelNamed, NOW_MS } from "../support/arbitraries.ts";

const MODEL = MODELS.find(({ id }) => id === "gpt-6.2-sol") as Model;
const SENT = renderedOf(null, "Name the colours of railway signals.");
const ANSWER = "Red, yellow and green. Some railways also use lunar white.";
const LIMIT = 1000;

const usage = (inputTokens: number | null, outputTokens: number | null, more: Partial<Usage> = {}): Usage => ({
  ...UNKNOWN_USAGE,
  inputTokens,
  outputTokens,
  ...more,
});

function held(model: Model, outputLimitTokens: number): number {
  const prices = model.prices === "unpriced" ? null : pricesAt(model.prices, NOW_MS, SENT.maxTokens);
  return prices === null ? 0 : worstCaseCost(SENT.maxTokens, outputLimitTokens, prices);
}

function settled(over: Partial<CallFacts>) {
  const model = over.model ?? MODEL;
  return settlementOf({
    model,
    startedAtMs: NOW_MS,
    reported: usage(12, 20),
    isContradictory: false,
    tier: "standard",
    statedCostNanoUsd: null,
    heldNanoUsd: held(model, LIMIT),
    inputTokensMax: SENT.maxTokens,
    outputLimitTokens: LIMIT,
    sent: SENT,
    received: ANSWER,
    failure: null,
    unsent: false,
    ...over,
  });
}

const free: Model = {
  ...MODEL,
  prices: { inputUsd: 0, outputUsd: 0, cacheReadUsd: "none", cacheWriteUsd: "none" },
};

describe("a usage that can be", () => {
  it("is booked to the nano, as exact", () => {
    const { usage: kept, cost, doubts } = settled({});
    expect(kept).toEqual(usage(12, 20));
    expect(cost.exact).toBe(true);
    expect(cost.nanoUsd).toBeGreaterThan(0);
    expect(doubts).toEqual([]);
  });

  it("may be above the output limit by the tokens of one step of decoding", () => {
    const heldNanoUsd = held(MODEL, 2 * LIMIT);
    expect(settled({ heldNanoUsd, reported: usage(12, LIMIT + 32) })).toMatchObject({
      cost: { exact: true },
      doubts: [],
    });
    expect(settled({ heldNanoUsd, reported: usage(12, LIMIT + 33) }).cost.exact).toBe(false);
  });

  it("may have the tokens of a chat template that the endpoint adds", () => {
    expect(settled({ reported: usage(900, 20) })).toMatchObject({ cost: { exact: true }, doubts: [] });
  });

  it("may have all of its input in a cache", () => {
    expect(settled({ reported: usage(0, 20, { cacheReadTokens: 12 }) }).doubts).toEqual([]);
  });
});

describe("a usage that cannot be", () => {
  it("of more output than was allowed books what the limit allows, and names the figure", () => {
    const { usage: kept, cost, doubts } = settled({ reported: usage(12, 19_900_000) });
    expect(kept.outputTokens).toBe(LIMIT);
    expect(cost.exact).toBe(false);
    expect(cost.nanoUsd).toBeLessThanOrEqual(held(MODEL, LIMIT));
    expect(doubts).toEqual(["reported 19900000 output tokens, above the limit of 1000"]);
  });

  it("of a cost above what is held books what is held", () => {
    const { cost, doubts } = settled({ reported: usage(3000, LIMIT) });
    expect(cost).toEqual({ nanoUsd: held(MODEL, LIMIT), exact: false });
    expect(doubts).toEqual([
      expect.stringMatching(/^reported a usage that comes to \$0\.\d+, above the \$0\.\d+ that/),
    ]);
  });

  it("hides no output among the reasoning", () => {
    expect(settled({ reported: usage(12, 20, { reasoningTokens: 19_900_000 }) })).toMatchObject({
      cost: { exact: false },
      usage: { outputTokens: LIMIT, reasoningTokens: null },
    });
  });

  it.each([
    ["0 input and 0 output tokens beside an answer", usage(0, 0)],
    ["0 output tokens beside an answer", usage(12, 0)],
    ["0 input tokens", usage(0, 20)],
    ["far more input than was sent", usage(19_000_000, 20)],
    ["far more cached input than was sent", usage(12, 20, { cacheReadTokens: 19_000_000 })],
  ])("of %s counts as not told: a marked estimate", (_, reported) => {
    const honest = settled({ reported: UNKNOWN_USAGE });
    const { usage: kept, cost, doubts } = settled({ reported });
    expect(cost.exact).toBe(false);
    expect(cost.nanoUsd).toBeGreaterThan(0);
    expect(doubts.length).toBeGreaterThan(0);
    expect([honest.usage.inputTokens, reported.inputTokens]).toContain(kept.inputTokens);
    expect(kept.cacheReadTokens).toBeNull();
  });

  it("of one token for a long answer counts as not told", () => {
    const { usage: kept, cost } = settled({ reported: usage(12, 1), received: "Signals. ".repeat(300) });
    expect(cost.exact).toBe(false);
    expect(kept.outputTokens).toBeGreaterThan(300);
  });

  it("of figures that contradict each other is never exact", () => {
    const { usage: kept, cost, doubts } = settled({ isContradictory: true });
    expect(kept).toEqual(usage(12, 20));
    expect(cost).toEqual({ nanoUsd: settled({}).cost.nanoUsd, exact: false });
    expect(doubts).toEqual(["reported counts that contradict each other"]);
  });

  it("costs nothing at a model that is free, and is no news", () => {
    expect(settled({ model: free, reported: usage(0, 0) })).toMatchObject({
      cost: { nanoUsd: 0, exact: true },
      doubts: [],
    });
  });
});

describe("a cost that the endpoint states", () => {
  it("beats the computed one", () => {
    expect(settled({ statedCostNanoUsd: 4321 })).toMatchObject({ cost: { nanoUsd: 4321, exact: true }, doubts: [] });
    expect(settled({ statedCostNanoUsd: 4321, reported: UNKNOWN_USAGE }).cost).toEqual({ nanoUsd: 4321, exact: true });
  });

  it("is an estimate when the call broke off: it may not have been the last word", () => {
    const failure = { kind: "timeout" as const, message: "20 characters and no end" };
    expect(settled({ statedCostNanoUsd: 4321, failure }).cost).toEqual({ nanoUsd: 4321, exact: false });
  });

  it("above what is held books what is held, as an estimate, and is named", () => {
    const { cost, doubts } = settled({ statedCostNanoUsd: nanoFromUsd(199) });
    expect(cost).toEqual({ nanoUsd: held(MODEL, LIMIT), exact: false });
    expect(doubts).toEqual([
      expect.stringMatching(/^stated a cost of \$199\.00, above the \$0\.\d+ that the call may cost/),
    ]);
  });

  it("of nothing beside an answer that has a price is not believed: the price decides", () => {
    const { cost, doubts } = settled({ statedCostNanoUsd: 0 });
    expect(cost).toEqual({ nanoUsd: settled({}).cost.nanoUsd, exact: false });
    expect(doubts).toEqual([expect.stringMatching(/^stated a cost of \$0 for what comes to \$/)]);
  });

  it("of next to nothing is not believed either: no discount goes below a hundredth of the price", () => {
    const { nanoUsd } = settled({}).cost;
    expect(settled({ statedCostNanoUsd: Math.ceil(nanoUsd / 100) }).cost.exact).toBe(true);
    const { cost, doubts } = settled({ statedCostNanoUsd: 1 });
    expect(cost).toEqual({ nanoUsd, exact: false });
    expect(doubts).toEqual([expect.stringMatching(/^stated a cost of \$0\.000000001 for what comes to \$/)]);
  });

  it("of nothing is exact at a model that is free", () => {
    expect(settled({ model: free, statedCostNanoUsd: 0 })).toMatchObject({
      cost: { nanoUsd: 0, exact: true },
      doubts: [],
    });
  });

  it("of something at a model that is said to be free is named, and not booked: nothing was held for it", () => {
    expect(settled({ model: free, statedCostNanoUsd: 5_000_000 })).toMatchObject({
      cost: { nanoUsd: 0, exact: false },
      doubts: [expect.stringContaining("stated a cost of $0.005000")],
    });
  });

  it.each([Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY, 2 ** 60])("of %s is no cost", (statedCostNanoUsd) => {
    expect(settled({ statedCostNanoUsd }).cost).toEqual(settled({}).cost);
  });
});

describe("whatever an endpoint reports and states", () => {
  const count = fc.oneof(
    fc.constant(null),
    fc.nat(3000),
    fc.nat(Number.MAX_SAFE_INTEGER),
    fc.constant(0),
    fc.constant(Number.MAX_SAFE_INTEGER),
  );
  const reported = fc.record({
    inputTokens: count,
    cacheReadTokens: count,
    cacheWriteTokens: count,
    outputTokens: count,
    reasoningTokens: count,
  });
  const stated = fc.option(fc.oneof(fc.nat(100_000), fc.maxSafeNat(), fc.double(), fc.constant(0)));
  const failure = fc.option(
    fc.record({
      kind: fc.constantFrom(...(Object.keys(ERROR_RULES) as ErrorKind[])),
      message: fc.constant("it failed"),
      status: fc.constantFrom(200, 400, 500),
    }),
  );

  it("no more is booked than was held, in whole nano-dollars, and what was above it is not exact", () => {
    fc.assert(
      fc.property(
        modelNamed("m0"),
        reported,
        stated,
        fc.string({ maxLength: 400 }),
        failure,
        fc.nat(4000),
        fc.boolean(),
        (model, usageTold, statedCostNanoUsd, received, failed, outputLimitTokens, isContradictory) => {
          const heldNanoUsd = held(model, outputLimitTokens);
          const facts = {
            model,
            reported: usageTold,
            statedCostNanoUsd,
            received,
            failure: failed,
            outputLimitTokens,
            isContradictory,
          };
          const { cost, usage: kept, doubts } = settled({ ...facts, heldNanoUsd });
          expect(Number.isSafeInteger(cost.nanoUsd)).toBe(true);
          expect(cost.nanoUsd).toBeGreaterThanOrEqual(0);
          expect(cost.nanoUsd).toBeLessThanOrEqual(heldNanoUsd);
          expect((kept.outputTokens ?? 0) + (kept.reasoningTokens ?? 0)).toBeLessThanOrEqual(
            Math.max(outputLimitTokens + 32, received.length * 2),
          );
          expect(promptTokens(kept) ?? 0).toBeLessThanOrEqual(SENT.maxTokens + 4096);
          if (doubts.length > 0 && statedCostNanoUsd === null) expect(cost.exact).toBe(false);
          if (isContradictory && statedCostNanoUsd === null && heldNanoUsd > 0 && received !== "") {
            expect(cost.exact).toBe(false);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
