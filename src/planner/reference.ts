import type { PlanStep, PlanTable } from "./plan-table.ts";

/**
 * What quality is relative to: the best single model of a task, and every model that may be the best just as well. A bound that holds
 * against all of them does not depend on which of two near-equals came out ahead.
 */
export interface QualityReference {
  /** Index of the step that stands for the best model. */
  readonly best: number;
  /** Indexes, `best` first. */
  readonly contenders: readonly number[];
  /** By contender: how right it is on each row of the table. */
  readonly scores: readonly Float64Array[];
}

/** A plan is held against so many near-equals at most. */
const MOST_CONTENDERS = 3;

/**
 * The answer steps whose mean score lies within one standard error (paired) of the highest one. Of these, the best is the one that the
 * catalogue holds to be the best, then the dearest one. `null` without rows or answer steps.
 */
export function qualityReference(steps: readonly PlanStep[], table: PlanTable): QualityReference | null {
  const answers = steps.flatMap((step, index) => (step.kind === "answer" ? [index] : []));
  const scores = new Map(answers.map((index) => [index, aloneScores(table, index)]));
  let top = answers[0];
  if (top === undefined || table.effectiveRows === 0) return null;
  const means = new Map(answers.map((index) => [index, weightedMean(scores.get(index), table.boundWeight)]));
  for (const index of answers) if ((means.get(index) ?? 0) > (means.get(top) ?? 0)) top = index;
  const lead = top;
  const near = answers
    .map((index) => ({ index, ...pairedDifference(scores.get(lead), scores.get(index), table) }))
    .filter(({ index, mean, standardError }) => index === lead || mean <= standardError)
    .sort((a, b) => a.mean - b.mean)
    .slice(0, MOST_CONTENDERS)
    .map(({ index }) => index);
  const [best = lead] = near.toSorted(
    (a, b) =>
      (steps[b]?.priorQuality ?? 0) - (steps[a]?.priorQuality ?? 0) ||
      (steps[b]?.costNanoUsd ?? 0) - (steps[a]?.costNanoUsd ?? 0) ||
      a - b,
  );
  const contenders = [best, ...near.filter((index) => index !== best)];
  return { best, contenders, scores: contenders.map((index) => scores.get(index) ?? new Float64Array(table.rows)) };
}

/** How right the step's answer is on each row, accepted or not. */
function aloneScores(table: PlanTable, step: number): Float64Array {
  const [accept, accepted, rejected] = [table.accept[step], table.scoreAccepted[step], table.scoreRejected[step]];
  return Float64Array.from({ length: table.rows }, (_, row) => {
    const share = accept?.[row] ?? 0;
    return share * (accepted?.[row] ?? 0) + (1 - share) * (rejected?.[row] ?? 0);
  });
}

function weightedMean(values: Float64Array | undefined, weights: Float64Array): number {
  let [sum, total] = [0, 0];
  for (const [row, weight] of weights.entries()) {
    sum += weight * (values?.[row] ?? 0);
    total += weight;
  }
  return total === 0 ? 0 : sum / total;
}

function pairedDifference(
  a: Float64Array | undefined,
  b: Float64Array | undefined,
  table: PlanTable,
): { readonly mean: number; readonly standardError: number } {
  const differences = Float64Array.from({ length: table.rows }, (_, row) => (a?.[row] ?? 0) - (b?.[row] ?? 0));
  const mean = weightedMean(differences, table.boundWeight);
  const meanSquare = weightedMean(
    differences.map((difference) => difference * difference),
    table.boundWeight,
  );
  return { mean, standardError: Math.sqrt(Math.max(0, meanSquare - mean * mean) / Math.max(1, table.effectiveRows)) };
}
