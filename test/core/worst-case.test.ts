import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Snapshot } from "../../src/core/planning.ts";
import type { Model } from "../../src/core/model.ts";
import { plan } from "../../src/core/plan.ts";
import { render } from "../../src/core/prompt.ts";
import type { Request } from "../../src/core/request.ts";
import { worstCaseOf } from "../../src/core/worst-case.ts";
import { catalogueOf, NOW_MS, request, snapshot } from "../support/arbitraries.ts";

function model(id: string, provider: string, outputUsd: number): Model {
  return {
    id,
    provider,
    wireId: id,
    aliases: [],
    prices: { inputUsd: 0, outputUsd, cacheReadUsd: "none", cacheWriteUsd: "none" },
    contextTokens: 100_000,
    maxOutputTokens: 10_000,
    timeoutMs: 10_000,
    outputTokensPerS: 100,
    floorMs: 1,
    quality: 0.9,
    sampling: "accepted",
    thinking: { mode: "none" },
    tokenFactor: 1,
    lifecycle: { state: "current" },
    source: "made up",
    asOf: "2026-11-23",
  };
}

const ON: Snapshot = {
  nowMs: NOW_MS,
  catalogue: catalogueOf([model("a", "one", 1), model("b", "two", 10), model("j", "three", 5)]),
  providers: new Map(["one", "two", "three"].map((id) => [id, { available: true as const }])),
  health: new Map(),
  outages: new Map(),
  latencies: new Map(),
  budgets: [],
  allowUnpriced: false,
};

const context = { system: null, files: [], notes: [], tests: [] };
const ASKED: Request = {
  routeId: "r",
  principal: null,
  task: {
    id: "general",
    title: "",
    description: "",
    candidates: ["a", "b"],
    minQuality: 0.5,
    optimize: "quality",
    maxOutputTokens: 1000,
    expectedOutputTokens: 100,
    checks: [],
  },
  prompt: "x",
  context,
  rendered: render("x", context, null),
  budgetNanoUsd: null,
  deadlineMs: 30_000,
  minQuality: 0.5,
  models: null,
  optimize: "quality",
  maxOutputTokens: 1000,
  responseSchema: null,
  accept: [],
  onBelowQuality: "return_best",
  onUnchecked: ["accept"],
  evidenceModels: ["a", "b"],
  repair: false,
  notes: [],
};

/** 1,000 output tokens, input free: a costs 1, b 10, a judge's 800 tokens 4 thousandths of a dollar. */
const MILLI = 1_000_000;
const worst = (changes: Partial<Request> = {}, snap = ON) => {
  const asked = { ...ASKED, ...changes };
  return worstCaseOf(asked, plan(asked, snap), snap);
};

describe("the worst case of a request", () => {
  it("is every candidate once, and the last one again after a broken connection", () => {
    expect(worst()).toEqual({
      nanoUsd: 21 * MILLI,
      byProvider: new Map([
        ["one", MILLI],
        ["two", 20 * MILLI],
      ]),
    });
  });

  it("counts a repair by each candidate of its own answer", () => {
    expect(worst({ repair: true }).nanoUsd).toBe(32 * MILLI);
  });

  it("counts a judge of another provider for each turn", () => {
    const task = { ...ASKED.task, judges: ["b", "j"] };
    // a is judged by b (8 thousandths), b's two turns by j (4 each).
    expect(worst({ task, onUnchecked: ["judge", "accept"] }).byProvider).toEqual(
      new Map([
        ["one", MILLI],
        ["two", 28 * MILLI],
        ["three", 8 * MILLI],
      ]),
    );
  });

  it("counts a second answer by the cheapest model of another provider for each turn", () => {
    // a is compared with an answer of b (10 thousandths), b's two turns with one of a (1 each).
    expect(worst({ onUnchecked: ["agree", "accept"] }).byProvider).toEqual(
      new Map([
        ["one", 3 * MILLI],
        ["two", 30 * MILLI],
      ]),
    );
  });

  it("counts tests once for each model that writes them, and none for a task that none can be written for", () => {
    const onUnchecked = ["tests", "next"] as const;
    expect(worst({ onUnchecked }).nanoUsd).toBe(21 * MILLI);
    const task = { ...ASKED.task, checks: [{ check: "code" }] };
    // 2,000 tokens: for a's answer by b (20 thousandths), for both of b's by a (2).
    expect(worst({ task, onUnchecked }).byProvider).toEqual(
      new Map([
        ["one", 3 * MILLI],
        ["two", 40 * MILLI],
      ]),
    );
    const testWriters = ["b", "j"];
    expect(worst({ task: { ...task, testWriters }, onUnchecked }).byProvider.get("three")).toBe(10 * MILLI);
  });

  it("counts the input cost of a repair prompt", () => {
    const dear = model("a", "one", 0);
    const prices = { inputUsd: 1, outputUsd: 0, cacheReadUsd: "none" as const, cacheWriteUsd: "none" as const };
    const snap = { ...ON, catalogue: catalogueOf([{ ...dear, prices }]) };
    const once = worst({ models: ["a"] }, snap).nanoUsd;
    expect(worst({ models: ["a"], repair: true }, snap).nanoUsd).toBeGreaterThan(once + 8_000_000);
  });

  it("never exceeds the budget of the request, in all and at each provider", () => {
    expect(worst({ budgetNanoUsd: 15 * MILLI })).toEqual({
      nanoUsd: 15 * MILLI,
      byProvider: new Map([
        ["one", MILLI],
        ["two", 15 * MILLI],
      ]),
    });
  });

  it("is 0 for an empty plan and for free models", () => {
    expect(worst({ models: [] }).nanoUsd).toBe(0);
    expect(worst({ budgetNanoUsd: 0 }).nanoUsd).toBe(0);
  });

  it("is at least what the plan's candidates cost one after the other, and at most the budget", () => {
    fc.assert(
      fc.property(request, snapshot, (req, snap) => {
        const made = plan(req, snap);
        const { nanoUsd, byProvider } = worstCaseOf(req, made, snap);
        const once = made.order.reduce((sum, candidate) => sum + candidate.costMaxNanoUsd, 0);
        expect(nanoUsd).toBeGreaterThanOrEqual(Math.min(once, req.budgetNanoUsd ?? Infinity));
        expect(nanoUsd).toBeLessThanOrEqual(req.budgetNanoUsd ?? Infinity);
        for (const each of byProvider.values()) expect(each).toBeLessThanOrEqual(nanoUsd);
      }),
    );
  });
});
