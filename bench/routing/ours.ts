import { choosePlan, planBasis, type PlanCaution, type PlanDecision } from "../../src/planner/choose-plan.ts";
import type { PlanStep, TableRow } from "../../src/planner/plan-table.ts";
import { shortlist } from "../../src/planner/shortlist.ts";
import { meansOf, type GatedSet } from "./rows.ts";

/** A plan fitted on some rows. */
export interface FittedPlan {
  readonly path: readonly number[];
  readonly returns: number;
  readonly kind: PlanDecision["kind"];
}

/** Plans are made of so many models at most. */
export const MOST_MODELS = 8;

/** The planner's own choice, by what it learned of the rows. */
export function fitOurs(set: GatedSet, rows: readonly number[], minQuality: number, caution: PlanCaution): FittedPlan {
  const { steps, indexes, tableRows } = stepsAndRows(set, rows);
  const ids = steps.map(({ id }) => id);
  const decision = choosePlan(steps, ids, planBasis(steps, tableRows, minQuality), {
    optimize: "cost",
    caution,
    deadlineMs: null,
    budgetNanoUsd: null,
  });
  const indexOf = (id: string | null): number => indexes[ids.indexOf(id ?? "")] ?? indexes[0] ?? 0;
  const path = decision.steps.map(indexOf);
  return {
    path,
    returns: decision.returns === null ? (path.at(-1) ?? 0) : indexOf(decision.returns),
    kind: decision.kind,
  };
}

/** The models worth planning with, by the given rows alone, and what they came to there. */
export function stepsAndRows(
  set: GatedSet,
  rows: readonly number[],
): { steps: readonly PlanStep[]; indexes: readonly number[]; tableRows: readonly TableRow[] } {
  const means = meansOf(set, rows);
  const entries = means.map(({ cost, quality }, model) => ({ id: String(model), cost, quality }));
  const indexes = shortlist(entries, MOST_MODELS).map(Number);
  const steps = indexes.map((model): PlanStep => {
    const costNanoUsd = Math.round(1000 * (means[model]?.cost ?? 0));
    return {
      id: String(model),
      kind: "answer",
      model: set.models[model] ?? "",
      follows: null,
      costNanoUsd,
      costMaxNanoUsd: costNanoUsd,
      latencyMs: 1,
      priorQuality: 0.5,
    };
  });
  const tableRows = rows.map((row): TableRow => ({
    cells: indexes.map((model) => {
      const score = set.scores[row]?.[model] ?? 0;
      const mean = means[model]?.cost ?? 0;
      return {
        accept: set.accepts[row]?.[model] === true ? 1 : 0,
        scoreAccepted: score,
        scoreRejected: score,
        costFactor: mean > 0 ? (set.costs[row]?.[model] ?? 0) / mean : 1,
      };
    }),
    costWeight: 1,
    boundWeight: 1,
    modelled: false,
  }));
  return { steps, indexes, tableRows };
}
