import { choosePlan, planBasis } from "../../src/planner/choose-plan.ts";
import { median } from "../stats.ts";
import type { OutcomeSet } from "./load.ts";
import { stepsAndRows } from "./ours.ts";
import { withGate } from "./rows.ts";

/** How long one choice of a plan takes on what a task's window of recorded requests holds. */
const WINDOW_ROWS = 500;
const TIMES = 200;

/** One line: median time to choose a plan, for the first requests of the set. */
export function planningTime(set: OutcomeSet): string {
  const rows = set.rows.slice(0, WINDOW_ROWS).map((_, index) => index);
  const { steps, tableRows } = stepsAndRows(withGate(set, set.isGated ? "recorded" : 0.85), rows);
  const ids = steps.map(({ id }) => id);
  const startMs = performance.now();
  const basis = planBasis(steps, tableRows, 0.99);
  const compileMs = performance.now() - startMs;
  const question = { optimize: "cost", deadlineMs: null, budgetNanoUsd: null } as const;
  const samples = Array.from({ length: TIMES }, () => {
    const startMs = performance.now();
    choosePlan(steps, ids, basis, question);
    return performance.now() - startMs;
  });
  return `a plan takes ${(1000 * median(samples)).toFixed(0)} µs (${steps.length} models, ${basis.plans.length} plans); compiling them took ${compileMs.toFixed(1)} ms (${rows.length} requests)`;
}
