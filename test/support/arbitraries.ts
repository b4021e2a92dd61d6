import * as fc from "fast-check";
import type { BudgetState } from "../../src/core/budget.ts";
import type { Snapshot } from "../../src/core/planning.ts";
import type { Catalogue, Model } from "../../src/core/model.ts";
import type { PriceRow } from "../../src/core/price.ts";
import type { Request } from "../../src/core/request.ts";
import { render } from "../../src/core/prompt.ts";

/** A price as vendors print them: up to six decimals. */
const usd = fc.integer({ min: 0, max: 60_000_000 }).map((micro) => micro / 1e6);
const cachePrice = fc.oneof(usd, fc.constant("none" as const), fc.constant("unknown" as const));

export const priceRow: fc.Arbitrary<PriceRow> = fc.record(
  {
    inputUsd: usd,
    outputUsd: usd,
    cacheReadUsd: cachePrice,
    cacheWriteUsd: cachePrice,
    longPrompt: fc.record({
      overTokens: fc.integer({ min: 1, max: 500_000 }),
      inputUsd: usd,
      outputUsd: usd,
      cacheReadUsd: cachePrice,
      cacheWriteUsd: cachePrice,
    }),
  },
  { requiredKeys: ["inputUsd", "outputUsd", "cacheReadUsd", "cacheWriteUsd"] },
);

const thinking: fc.Arbitrary<Model["thinking"]> = fc.oneof(
  fc.constant({ mode: "none" as const }),
  fc.record({
    mode: fc.constantFrom("optional" as const, "always" as const),
    roomTokens: fc.constant({ low: 4096, normal: 32_768 }),
  }),
);

export function modelNamed(id: string): fc.Arbitrary<Model> {
  return fc.record({
    id: fc.constant(id),
    provider: fc.constantFrom("anthropic", "openai", "together", "google"),
    wireId: fc.constant(`wire-${id}`),
    aliases: fc.constant([]),
    prices: fc.oneof({ weight: 9, arbitrary: priceRow }, { weight: 1, arbitrary: fc.constant("unpriced" as const) }),
    contextTokens: fc.integer({ min: 1000, max: 1_000_000 }),
    maxOutputTokens: fc.oneof(fc.integer({ min: 256, max: 200_000 }), fc.constant("unknown" as const)),
    timeoutMs: fc.integer({ min: 1000, max: 60_000 }),
    floorMs: fc.integer({ min: 1, max: 5000 }),
    outputTokensPerS: fc.integer({ min: 1, max: 500 }),
    quality: fc.double({ min: 0, max: 1, noNaN: true }),
    sampling: fc.constantFrom("accepted" as const, "rejected" as const),
    thinking,
    tokenFactor: fc.constantFrom(1, 1.3),
    lifecycle: fc.oneof(
      { weight: 6, arbitrary: fc.constant({ state: "current" as const }) },
      { weight: 1, arbitrary: fc.constant({ state: "legacy" as const, successor: "m0", shutdownDate: "2026-01-01" }) },
      { weight: 1, arbitrary: fc.constant({ state: "retired" as const, successor: "m1", since: "unknown" }) },
    ),
    source: fc.constant("made up"),
    asOf: fc.constant("2026-11-23"),
  });
}

export function catalogueOf(models: readonly Model[]): Catalogue {
  return { models, find: (name) => models.find((model) => model.id === name) };
}

export const NOW_MS = Date.UTC(2026, 10, 23, 12);

/** A catalogue of six models and the world around it: providers on or off, breakers, budgets. */
export const snapshot: fc.Arbitrary<Snapshot> = fc
  .record({
    models: fc.tuple(...["m0", "m1", "m2", "m3", "m4", "m5"].map(modelNamed)),
    on: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    open: fc.subarray(["m0", "m1", "m2", "m3", "m4", "m5"]),
    budgets: fc.array(
      fc.record({
        limit: fc.nat(2_000_000_000),
        spent: fc.nat(1_000_000_000),
        held: fc.nat(500_000_000),
        kind: fc.constantFrom("day" as const, "month" as const),
      }),
      { maxLength: 2 },
    ),
    latencies: fc.array(
      fc.record({ samples: fc.nat(60), p50Ms: fc.integer({ min: 1, max: 60_000 }), moreMs: fc.nat(60_000) }),
      { maxLength: 6 },
    ),
    allowUnpriced: fc.boolean(),
  })
  .map(({ models, on, open, budgets, latencies, allowUnpriced }) => ({
    nowMs: NOW_MS,
    catalogue: catalogueOf(models),
    providers: new Map(
      ["anthropic", "openai", "together", "google"].map((id, index) => [
        id,
        on[index] === true ? { available: true as const } : { available: false as const, reason: "off" },
      ]),
    ),
    health: new Map(
      open.map((id) => [
        id,
        { state: "open" as const, untilMs: NOW_MS + 1000, reason: "failed 3 times in a row", why: "failing" as const },
      ]),
    ),
    budgets: budgets.map((each): BudgetState => ({
      scope: { kind: each.kind },
      limitNanoUsd: each.limit,
      spentNanoUsd: each.spent,
      heldNanoUsd: each.held,
      heldUntilMs: each.held > 0 ? NOW_MS + 1000 : null,
    })),
    outages: new Map(),
    latencies: new Map(
      latencies.map((latency, index) => [`m${index}`, { ...latency, p95Ms: latency.p50Ms + latency.moreMs }] as const),
    ),
    allowUnpriced,
  }));

export const request: fc.Arbitrary<Request> = fc
  .record({
    prompt: fc.string({ minLength: 1, maxLength: 400 }),
    budgetNanoUsd: fc.option(fc.nat(3_000_000_000)),
    deadlineMs: fc.integer({ min: 1, max: 60_000 }),
    models: fc.option(fc.shuffledSubarray(["m0", "m1", "m2", "m3", "m4", "m5"], { minLength: 1 })),
    optimize: fc.constantFrom("quality" as const, "cost" as const, "latency" as const),
    maxOutputTokens: fc.integer({ min: 1, max: 20_000 }),
  })
  .map((input) => {
    const context = { system: null, files: [], notes: [], tests: [] };
    const task = {
      id: "planning",
      title: "Planning",
      description: "",
      candidates: ["m0", "m1", "m2", "m3"],
      minQuality: 0.9,
      optimize: "quality" as const,
      maxOutputTokens: 4096,
      expectedOutputTokens: 1000,
      checks: [],
    };
    return {
      ...input,
      routeId: "r1",
      principal: null,
      task,
      context,
      rendered: render(input.prompt, context, null),
      minQuality: 0.9,
      responseSchema: null,
      accept: [],
      repair: true,
      onBelowQuality: "return_best" as const,
      onUnchecked: ["accept"] as const,
      evidenceModels: input.models ?? task.candidates,
      notes: [],
    };
  });
