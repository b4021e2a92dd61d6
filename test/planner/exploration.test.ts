import { describe, expect, it } from "vitest";
import { pickRules, planBasis } from "../../src/planner/choose-plan.ts";
import { explore, type ExploredPlan } from "../../src/planner/exploration.ts";
import { pickPlan } from "../../src/planner/pick-plan.ts";
import { rowsOf, step } from "./support.ts";

const STEPS = [
  step("a", { costNanoUsd: 100 }),
  step("b", { costNanoUsd: 120 }),
  step("bad", { costNanoUsd: 10 }),
  step("strong"),
];
// All but "bad" are as right as the strong one; the check does not see what "bad" gets wrong.
const ROWS = rowsOf([
  [300, [1, 1], [1, 1], [1, 0], [1, 1]],
  [500, [1, 1], [1, 1], [1, 1], [1, 1]],
  [50, [0, 0], [1, 1], [0, 0], [1, 1]],
  [50, [1, 1], [0, 0], [0, 0], [1, 1]],
]);

const basis = planBasis(STEPS, ROWS, 0.99);

function explored(draw: number, share = 0.04, leftTodayNanoUsd = 1e6): ExploredPlan {
  if (basis.reference === null) throw new Error("no reference");
  const rules = pickRules(STEPS, basis.reference, { optimize: "cost", deadlineMs: null, budgetNanoUsd: null });
  const { chosen } = pickPlan(STEPS, basis.plans, rules);
  if (chosen === null) throw new Error("nothing was chosen");
  return explore(STEPS, basis.plans, chosen, rules, { share, leftTodayNanoUsd, draw });
}

const DRAWS = Array.from({ length: 10_000 }, (_, index) => index / 10_000);
const firstOf = ({ figures }: ExploredPlan): string => STEPS[figures.plan.path[0] ?? -1]?.id ?? "";

describe("exploration", () => {
  it("is as rare as it says: each plan is taken with the probability on its receipt", () => {
    const taken = Map.groupBy(
      DRAWS.map((draw) => explored(draw)),
      firstOf,
    );
    expect([...taken.keys()].sort()).toEqual(["a", "b", "strong"]);
    for (const plans of taken.values()) {
      expect(plans.length / DRAWS.length).toBeCloseTo(plans[0]?.probability ?? 0, 3);
    }
  });

  it("never takes a plan that does not pass the bound", () => {
    expect(DRAWS.map((draw) => firstOf(explored(draw)))).not.toContain("bad");
  });

  it("ends with the day's allowance, and at one in twenty", () => {
    expect(DRAWS.some((draw) => explored(draw, 0.05, 0).explored)).toBe(false);
    expect(explored(0, 0.05, 0).probability).toBe(1);
    expect(DRAWS.filter((draw) => explored(draw, 0.5).explored)).toHaveLength(500);
    expect(explored(0, 0).explored).toBe(false);
    expect(explored(0).extraNanoUsd).toBeGreaterThan(0);
  });
});
