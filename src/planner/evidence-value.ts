import type { PlanStep, PlanTable } from "./plan-table.ts";

/** Whether what accepts answers can tell right ones from wrong ones. */
export interface EvidenceValue {
  /** Youden's J: P(accepted | right) − P(accepted | wrong), over all models; 0 is a coin. */
  readonly youden: number;
  /** Its lower bound at 95%. */
  readonly lowerBound: number;
  readonly tells: boolean;
}

/** One-sided 95%. */
const Z = 1.645;
/** Right and wrong answers imagined, accepted as all others are: evidence that was hardly seen at work tells nothing. */
const IMAGINED = 2;

/** From shares of accepted ones among so many right and wrong answers (weights may be fractions). */
export function evidenceValue(counts: {
  readonly rightAccepted: number;
  readonly right: number;
  readonly wrongAccepted: number;
  readonly wrong: number;
}): EvidenceValue {
  const all = counts.right + counts.wrong;
  const usual = all === 0 ? 0.5 : (counts.rightAccepted + counts.wrongAccepted) / all;
  const share = (part: number, whole: number): { readonly p: number; readonly variance: number } => {
    // Where all or none were accepted, the next one may still come out otherwise.
    const likely = (part + IMAGINED / 2) / (whole + IMAGINED);
    return {
      p: (part + IMAGINED * usual) / (whole + IMAGINED),
      variance: (likely * (1 - likely)) / (whole + IMAGINED),
    };
  };
  const sensitivity = share(counts.rightAccepted, counts.right);
  const falseAccepts = share(counts.wrongAccepted, counts.wrong);
  const youden = sensitivity.p - falseAccepts.p;
  const lowerBound = youden - Z * Math.sqrt(sensitivity.variance + falseAccepts.variance);
  return { youden, lowerBound, tells: lowerBound > 0 };
}

/**
 * Whether a plan may move on from what is rejected, by the table's observed rows: the answers' own evidence tells, or evidence that can be
 * bought. Each step is looked at by itself, since a model that is always right and always accepted says nothing of the check; then their
 * values are averaged by their precision.
 */
export function evidenceTells(steps: readonly PlanStep[], table: PlanTable): boolean {
  const valuesOf = (isBought: boolean): readonly EvidenceValue[] =>
    steps.flatMap(({ kind }, index) => ((kind === "evidence") === isBought ? [evidenceOfStep(index, table)] : []));
  return averaged(valuesOf(false)) > 0 || valuesOf(true).some(({ tells }) => tells);
}

/** Lower bound of the average. */
function averaged(values: readonly EvidenceValue[]): number {
  let [sum, weights] = [0, 0];
  for (const { youden, lowerBound } of values) {
    const weight = (Z / (youden - lowerBound)) ** 2;
    sum += weight * youden;
    weights += weight;
  }
  return weights === 0 ? 0 : sum / weights - Z / Math.sqrt(weights);
}

function evidenceOfStep(step: number, table: PlanTable): EvidenceValue {
  const counts = { rightAccepted: 0, right: 0, wrongAccepted: 0, wrong: 0 };
  const weightScale = scaleOf(table);
  for (let row = 0; row < table.rows; row += 1) {
    if (table.modelled[row] === 1) continue;
    const weight = (table.boundWeight[row] ?? 0) * weightScale;
    const accept = table.accept[step]?.[row] ?? 0;
    const score = accept > 0 ? (table.scoreAccepted[step]?.[row] ?? 0) : (table.scoreRejected[step]?.[row] ?? 0);
    counts.right += weight * score;
    counts.rightAccepted += weight * score * accept;
    counts.wrong += weight * (1 - score);
    counts.wrongAccepted += weight * (1 - score) * accept;
  }
  return evidenceValue(counts);
}

/** Brings weights to their effective number of rows. */
function scaleOf(table: PlanTable): number {
  let total = 0;
  for (let row = 0; row < table.rows; row += 1) {
    if (table.modelled[row] !== 1) total += table.boundWeight[row] ?? 0;
  }
  return total === 0 ? 0 : table.observedRows / total;
}

/**
 * The true share of right answers behind a share `passed` that a check accepted, by its sensitivity and specificity (Rogan and Gladen):
 * (passed + specificity − 1) / (sensitivity + specificity − 1), kept within 0..1. `null` when the check tells nothing.
 */
export function trueShare(passed: number, sensitivity: number, specificity: number): number | null {
  const youden = sensitivity + specificity - 1;
  if (youden <= 0) return null;
  return Math.min(1, Math.max(0, (passed + specificity - 1) / youden));
}
