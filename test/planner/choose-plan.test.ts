import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { choosePlan, pickRules, planBasis, type PlanQuestion } from "../../src/planner/choose-plan.ts";
import { compilePlans } from "../../src/planner/compile-plans.ts";
import { normalCdf } from "../../src/planner/normal.ts";
import { pickPlan } from "../../src/planner/pick-plan.ts";
import { planTable, type PlanStep, type TableRow } from "../../src/planner/plan-table.ts";
import { withGateRates } from "../../src/planner/gate-rates.ts";
import { qualityReference } from "../../src/planner/reference.ts";
import { everyPath, naivePlan } from "./brute-force.ts";
import { anyProblem, cell, recorded, rowsOf, step } from "./support.ts";

const question: PlanQuestion = { optimize: "cost", deadlineMs: null, budgetNanoUsd: null };
const CHEAP = step("cheap", { costNanoUsd: 100 });
const STRONG = step("strong", { costNanoUsd: 1000 });

/** The gate accepts right answers of the cheap model and rejects its wrong ones; the strong one is mostly right. */
const GATED = rowsOf([
  [700, [1, 1], [1, 1]],
  [100, [1, 1], [0, 0]],
  [150, [0, 0], [1, 1]],
  [50, [0, 0], [0, 0]],
]);

function decide(
  steps: readonly PlanStep[],
  rows: readonly TableRow[],
  over: Partial<PlanQuestion> = {},
  minQuality = 0.99,
): ReturnType<typeof choosePlan> {
  const basis = planBasis(steps, rows, minQuality);
  return choosePlan(
    steps,
    steps.map(({ id }) => id),
    basis,
    { ...question, ...over },
  );
}

describe("the plan with the least expected cost that passes the bound", () => {
  it("is the one that brute force finds, in any world, at any prices, within time and budget", () => {
    const optimize = fc.constantFrom("cost" as const, "latency" as const, "quality" as const);
    const limit = fc.option(fc.integer({ min: 0, max: 12_000 }), { nil: null });
    const minQualities = fc.constantFrom(0, 0.5, 0.9, 0.99, 1);
    fc.assert(
      fc.property(
        anyProblem,
        optimize,
        limit,
        limit,
        minQualities,
        (problem, aim, deadlineMs, budgetNanoUsd, minQuality) => {
          const { steps, rows } = problem;
          const table = planTable(steps.length, rows);
          const reference = qualityReference(steps, table);
          fc.pre(reference !== null);
          const rules = pickRules(steps, reference, { optimize: aim, deadlineMs, budgetNanoUsd });
          const { chosen } = pickPlan(steps, compilePlans(steps, table, reference, minQuality, 4), rules);
          let least = Number.POSITIVE_INFINITY;
          for (const path of everyPath(steps)) {
            const plan = naivePlan(steps, rows, reference, minQuality, path);
            const isBest = path.length === 1 && path[0] === reference.best;
            const held = isBest ? plan.margins.slice(1) : plan.margins;
            const nearest = held.toSorted((a, b) => a.mean / a.error - b.mean / b.error)[0];
            const risk = Math.min(
              1,
              held.reduce((sum, { mean, error }) => sum + 1 - normalCdf(mean / error), 0),
            );
            // On the edge itself the two sums may round to either side.
            fc.pre(isBest || (Math.abs(risk - rules.mostRisk) > 1e-9 && Math.abs(nearest?.mean ?? 1) > 1e-9));
            if (!isBest && (risk > rules.mostRisk || (nearest?.mean ?? 0) < 0)) continue;
            if (deadlineMs !== null && plan.worstMs > deadlineMs) continue;
            if (budgetNanoUsd !== null && plan.heldNanoUsd > budgetNanoUsd) continue;
            const aims = {
              cost: (plan.quality > 0 ? plan.cost / plan.quality : Infinity) + rules.riskPriceNanoUsd * risk,
              latency: plan.latency,
              quality: (nearest?.error ?? 0) - plan.quality,
            };
            least = Math.min(least, aims[aim]);
          }
          const found = chosen === null ? Infinity : chosen.objective;
          if (Number.isFinite(least)) expect(found).toBeCloseTo(least, 4);
          else expect(Number.isFinite(found)).toBe(false);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("asks the cheap model first where a check sorts its wrong answers out, and says how sure it is", () => {
    const decision = decide([CHEAP, STRONG], GATED);
    expect(decision).toMatchObject({ kind: "planned", steps: ["cheap", "strong"], returns: "strong" });
    expect(decision.figures?.costNanoUsd).toBeCloseTo(100 + 0.2 * 1000, 6);
    expect(decision.figures?.plan).toMatchObject({ quality: expect.closeTo(0.95, 6) });
  });

  it("knows that failures go together: a fallback that fails on the same requests is not worth its price", () => {
    const twin = step("twin", { costNanoUsd: 90 });
    // Alone the twin is right as often as the cheap one; where that fails, it fails too.
    const rows = GATED.map(({ cells: [cheap, strong] }) =>
      recorded([cheap, cheap, strong].map((each) => each ?? cell(0, 0))),
    );
    expect(decide([CHEAP, twin, STRONG], rows).steps).toEqual(["twin", "strong"]);
  });

  it("stays with the best model on little evidence, and says what it would take", () => {
    const some = rowsOf([
      [42, [1, 1], [1, 1]],
      [2, [1, 1], [0, 0]],
      [2, [1, 0], [1, 1]],
      [14, [0, 0], [1, 1]],
    ]);
    const decision = decide([CHEAP, STRONG], some);
    expect(decision).toMatchObject({ kind: "staying", reason: "not_enough_evidence", steps: ["strong"] });
    expect(decision.message).toMatch(/^not enough evidence: staying with strong; cheap → strong would cost \d+% less/);
    const more = Array.from({ length: 40 }, () => some).flat();
    expect(decide([CHEAP, STRONG], more)).toMatchObject({ kind: "planned", steps: ["cheap", "strong"] });
  });

  it("takes the task's own order on a handful of requests", () => {
    const few = GATED.filter((_, index) => index % 125 === 0);
    expect(decide([CHEAP, STRONG], few)).toMatchObject({
      kind: "staying",
      reason: "not_enough_evidence",
      steps: ["cheap", "strong"],
    });
  });

  it("does not take few requests without any difference for proof", () => {
    const same = rowsOf([
      [28, [1, 1], [1, 1]],
      [4, [0, 0], [0, 0]],
    ]);
    expect(decide([CHEAP, STRONG], same)).toMatchObject({ reason: "not_enough_evidence", steps: ["strong"] });
  });

  it("takes the task's own order without a history, priors or not", () => {
    const prior: TableRow = { ...recorded([cell(0.9, 0.9), cell(0.95, 0.95)], 10), modelled: true };
    expect(decide([CHEAP, STRONG], [])).toMatchObject({
      kind: "staying",
      reason: "no_history",
      steps: ["cheap", "strong"],
    });
    expect(decide([CHEAP, STRONG], [prior])).toMatchObject({ reason: "no_history", steps: ["cheap", "strong"] });
  });

  it("does not cascade on a check that cannot tell right from wrong", () => {
    // The check accepts half of the answers, whatever they are worth.
    const coin = [1, 0].flatMap((accept) =>
      [0, 1].flatMap((other) =>
        [
          [1, 1],
          [1, 1],
          [1, 1],
          [0, 1],
        ].map(([cheap = 0, strong = 0]) => recorded([cell(accept, cheap), cell(other, strong)])),
      ),
    );
    const decision = decide([CHEAP, STRONG], Array.from({ length: 40 }, () => coin).flat());
    expect(decision.steps).toEqual(["strong"]);
    // Nor on one that accepts everything of the strong model and nothing of the cheap one.
    const blind = rowsOf([
      [300, [0, 1], [1, 1]],
      [100, [0, 0], [1, 1]],
    ]);
    expect(planBasis([CHEAP, STRONG], blind, 0).plans.every(({ path }) => path.length === 1)).toBe(true);
  });

  it("plans anew after a verdict, within what is left, and stops when nothing that is left is worth its price", () => {
    expect(decide([CHEAP, STRONG], GATED, { tried: ["cheap"] })).toMatchObject({ kind: "planned", steps: ["strong"] });
    const costly = step("costly", { costNanoUsd: 1000, costMaxNanoUsd: 5000 });
    const late = decide([CHEAP, costly], GATED, { tried: ["cheap"], budgetNanoUsd: 4000 });
    expect(late).toMatchObject({ kind: "staying", reason: "nothing_fits" });
    // The strong model is right wherever another one is: once it has failed, nothing is left.
    const hopeless = rowsOf([
      [800, [1, 1], [1, 1]],
      [100, [0, 0], [1, 1]],
      [100, [0, 0], [0, 0]],
    ]);
    expect(decide([CHEAP, STRONG], hopeless, { tried: ["strong"] })).toMatchObject({ kind: "stop", returns: "strong" });
  });

  it("falls back to the best model while the task's guarantee is broken", () => {
    const decision = decide([CHEAP, STRONG], GATED, { guaranteeHolds: false });
    expect(decision).toMatchObject({ kind: "staying", reason: "guarantee_broken", steps: ["strong"] });
  });

  it("does not take for a plan's worth on which requests a check happened to err", () => {
    // Half of the requests that the strong model gets wrong are right by the cheap one. The check accepts 3 of 4 right answers of either
    // model. By chance it accepted the cheap one's wherever the strong one was wrong.
    const lucky = rowsOf([
      [50, [1, 1], [0, 0]],
      [250, [1, 1], [1, 1]],
      [100, [0, 1], [0, 1]],
      [50, [0, 0], [1, 1]],
      [50, [0, 0], [0, 0]],
    ]);
    const basis = planBasis([CHEAP, STRONG], lucky, 0.5);
    const plan = basis.plans.find(({ path }) => path.join() === "0,1");
    // Of the 50, one in four is rejected: there the strong model's answer is returned, and wrong.
    const qualityByRates = (50 * 0.75 + 350 + 50) / 500;
    expect(plan?.quality).toBeCloseTo(qualityByRates, 2);
    expect(plan?.reached[1]).toBeCloseTo(1 - 0.75 * 0.8, 2);
  });

  it("leaves rows that were modelled as they are: their acceptance is an expectation already", () => {
    const modelled = GATED.map((row) => ({ ...row, modelled: true }));
    expect(withGateRates([CHEAP, STRONG], modelled)).toEqual(modelled);
  });

  it("holds a plan against every model that may be the best, not only the one ahead", () => {
    const [a, b] = [step("a", { costNanoUsd: 100 }), step("b", { costNanoUsd: 1000 })];
    const near = rowsOf([
      [81, [1, 1], [1, 1]],
      [10, [1, 1], [1, 0]],
      [9, [1, 0], [1, 1]],
    ]);
    const table = planTable(2, near);
    expect(qualityReference([a, b], table)?.contenders).toEqual([0, 1]);
    const basis = planBasis([a, b], near, 1);
    const alone = basis.plans.find(({ isBest }) => isBest);
    expect(alone?.risk).toBeGreaterThan(0.3);
  });
});

describe("repairs and bought evidence are steps like others", () => {
  it("a repair stands only behind what it repairs, and is taken where it pays", () => {
    const repair = step("cheap#repair", { kind: "repair", model: "cheap", follows: "cheap", costNanoUsd: 120 });
    const rows = [
      ...Array.from({ length: 800 }, () => recorded([cell(1, 1), cell(1, 1), cell(1, 1)])),
      ...Array.from({ length: 150 }, () => recorded([cell(0, 0), cell(1, 1), cell(1, 1)])),
      ...Array.from({ length: 50 }, () => recorded([cell(0, 0), cell(0, 0), cell(0, 0)])),
    ];
    expect(decide([CHEAP, repair, STRONG], rows).steps.slice(0, 2)).toEqual(["cheap", "cheap#repair"]);
    const paths = planBasis([CHEAP, repair, STRONG], rows, 0.99).plans.map(({ path }) => path.join());
    expect(paths.some((path) => path.includes("0,1"))).toBe(true);
    expect(paths.filter((path) => /(?:^|[^0],)1/.test(path))).toEqual([]);
  });

  it("evidence is bought where it costs less than the strong model", () => {
    // Nothing verifies an answer for free; a bought check accepts the right ones.
    const judge = step("cheap#judge", { kind: "evidence", model: "other", follows: "cheap", costNanoUsd: 50 });
    const rows = [
      ...Array.from({ length: 800 }, () => recorded([cell(0, 1), cell(1, 1), cell(0, 1)])),
      ...Array.from({ length: 200 }, () => recorded([cell(0, 0), cell(0, 0), cell(0, 1)])),
    ];
    const decision = decide([CHEAP, judge, STRONG], rows);
    expect(decision).toMatchObject({ kind: "planned", steps: ["cheap", "cheap#judge", "strong"] });
    expect(decision.figures?.costNanoUsd).toBeCloseTo(100 + 50 + 0.2 * 1000, 6);
  });
});
