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

/** Requests that the catalogue's prior is worth. */
const PRIOR_MASS = 10;
/** A model is out of the question as the best one when it is behind by more than so many standard errors (paired): 1 of 1,000 such is. */
const OUT_OF_QUESTION = 3;

/**
 * The answer step of the highest mean score, the catalogue's prior counted in (the dearer one of equals), and all that are not out of the
 * question as the best one. `null` without rows or answer steps.
 */
export function qualityReference(steps: readonly PlanStep[], table: PlanTable): QualityReference | null {
  const answers = steps.flatMap((step, index) => (step.kind === "answer" ? [index] : []));
  const scores = new Map(answers.map((index) => [index, aloneScores(table, index)]));
  let top = answers[0];
  if (top === undefined || table.effectiveRows === 0) return null;
  const means = new Map(
    answers.map((index) => {
      const [mean, prior] = [weightedMean(scores.get(index), table.boundWeight), steps[index]?.priorQuality ?? 0];
      return [index, (table.effectiveRows * mean + PRIOR_MASS * prior) / (table.effectiveRows + PRIOR_MASS)];
    }),
  );
  const isAhead = (a: number, b: number): boolean => {
    const difference = (means.get(a) ?? 0) - (means.get(b) ?? 0);
    if (Math.abs(difference) > 1e-12) return difference > 0;
    return (steps[a]?.costNanoUsd ?? 0) > (steps[b]?.costNanoUsd ?? 0);
  };
  for (const index of answers) if (isAhead(index, top)) top = index;
  const best = top;
  const near = answers
    .filter((index) => index !== best)
    .map((index) => ({ index, ...pairedDifference(scores.get(best), scores.get(index), table) }))
    .filter(({ mean, standardError }) => mean <= OUT_OF_QUESTION * standardError)
    .map(({ index }) => index);
  const contenders = [best, ...near];
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
