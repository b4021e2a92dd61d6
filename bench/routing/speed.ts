import type { SeenAnswer, SeenRequest } from "../../src/core/learning.ts";
import { choosePlan, planBasis, type PlanBasis, type PlanQuestion } from "../../src/planner/choose-plan.ts";
import { learnedBasis } from "../../src/planner/learned-basis.ts";
import type { PlanStep } from "../../src/planner/plan-table.ts";
import { emptyStatistics, observe, type ModelStatistics } from "../../src/planner/statistics.ts";
import { median } from "../stats.ts";
import type { OutcomeSet } from "./load.ts";
import { stepsAndRows } from "./ours.ts";
import { withGate, type GatedSet } from "./rows.ts";

/** How long one choice of a plan takes on what a task's window of recorded requests holds. */
const WINDOW_ROWS = 500;
const TIMES = 200;

/** Two lines: median time to choose a plan, on requests on which each model was asked, and on such as the product keeps. */
export function planningTime(set: OutcomeSet): string {
  const rows = set.rows.slice(0, WINDOW_ROWS).map((_, index) => index);
  const gated = withGate(set, set.isGated ? "recorded" : 0.85);
  const { steps, indexes, tableRows } = stepsAndRows(gated, rows);
  const complete = timed(steps, () => planBasis(steps, tableRows, 0.99));
  const withRepairs = steps.flatMap((step): readonly PlanStep[] => [
    step,
    { ...step, id: `repair by ${step.id}`, kind: "repair", follows: step.id },
  ]);
  const learned = taught(gated, rows, indexes, steps);
  const product = timed(withRepairs, () => learnedBasis(withRepairs, { task: "", ...learned }, 0.99));
  return `a plan takes ${complete}; as in the product ${product}`;
}

function timed(steps: readonly PlanStep[], compile: () => PlanBasis): string {
  const ids = steps.map(({ id }) => id);
  const startMs = performance.now();
  const basis = compile();
  const compileMs = performance.now() - startMs;
  const question: PlanQuestion = { optimize: "cost", deadlineMs: null, budgetNanoUsd: null };
  const samples = Array.from({ length: TIMES }, () => {
    const startMs = performance.now();
    choosePlan(steps, ids, basis, question);
    return performance.now() - startMs;
  });
  return `${(1000 * median(samples)).toFixed(0)} µs (${steps.length} steps, ${basis.plans.length} plans, compiled in ${compileMs.toFixed(1)} ms)`;
}

/** What a ledger would keep, if each request began with another model and went on with the next until one was accepted. */
function taught(
  { accepts, costs }: GatedSet,
  rows: readonly number[],
  indexes: readonly number[],
  steps: readonly PlanStep[],
): { readonly statistics: readonly ModelStatistics[]; readonly requests: readonly SeenRequest[] } {
  const statistics = steps.map(({ model }) => emptyStatistics({ principal: null, task: "", model, basis: "tests" }));
  const requests = rows.map((row, place): SeenRequest => {
    const answers: SeenAnswer[] = [];
    for (let turn = 0; turn < indexes.length; turn += 1) {
      const at = (place + turn) % indexes.length;
      const [index, step, before] = [indexes[at] ?? 0, steps[at], statistics[at]];
      if (step === undefined || before === undefined) break;
      const result = accepts[row]?.[index] === true ? "accepted" : "failed";
      const costNanoUsd = Math.round(1000 * (costs[row]?.[index] ?? 0));
      statistics[at] = observe(before, {
        result,
        failedBefore: answers.map(({ model }) => model),
        latencyMs: 1,
        outputTokens: null,
        costNanoUsd,
        inputTokensEstimated: 1,
        inputTokensReported: null,
      });
      answers.push({ model: step.model, result, costNanoUsd, evidenceNanoUsd: 0 });
      if (result === "accepted") break;
    }
    return { answers, propensity: 1, outcome: null };
  });
  return { statistics, requests };
}
