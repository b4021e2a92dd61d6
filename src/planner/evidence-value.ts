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
/** Right and wrong answers imagined, half of them accepted: evidence that was hardly seen at work tells nothing. */
const IMAGINED = 2;

/** From shares of accepted ones among so many right and wrong answers (weights may be fractions). */
export function evidenceValue(counts: {
  readonly rightAccepted: number;
  readonly right: number;
  readonly wrongAccepted: number;
  readonly wrong: number;
}): EvidenceValue {
  const share = (part: number, whole: number): { readonly p: number; readonly variance: number } => {
    const p = (part + IMAGINED / 2) / (whole + IMAGINED);
    return { p, variance: (p * (1 - p)) / (whole + IMAGINED) };
  };
  const sensitivity = share(counts.rightAccepted, counts.right);
  const falseAccepts = share(counts.wrongAccepted, counts.wrong);
  const youden = sensitivity.p - falseAccepts.p;
  const lowerBound = youden - Z * Math.sqrt(sensitivity.variance + falseAccepts.variance);
  return { youden, lowerBound, tells: lowerBound > 0 };
}

/** Of the table's observed rows, over all steps that answer. */
export function evidenceOfTable(steps: readonly PlanStep[], table: PlanTable): EvidenceValue {
  const counts = { rightAccepted: 0, right: 0, wrongAccepted: 0, wrong: 0 };
  const weightScale = scaleOf(table);
  for (const [index, { kind }] of steps.entries()) {
    if (kind !== "answer") continue;
    for (let row = 0; row < table.rows; row += 1) {
      if (table.modelled[row] === 1) continue;
      const weight = (table.boundWeight[row] ?? 0) * weightScale;
      const accept = table.accept[index]?.[row] ?? 0;
      const score = accept > 0 ? (table.scoreAccepted[index]?.[row] ?? 0) : (table.scoreRejected[index]?.[row] ?? 0);
      counts.right += weight * score;
      counts.rightAccepted += weight * score * accept;
      counts.wrong += weight * (1 - score);
      counts.wrongAccepted += weight * (1 - score) * accept;
    }
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
