import type { StepCell } from "./plan-table.ts";

/** What a piece of bought evidence says of an answer: its measured record on the task, for the pair of models that it concerns. */
export interface EvidenceRecord {
  /** P(it verifies an answer). */
  readonly coverage: number;
  /** P(right | verified). */
  readonly precision: number;
}

/**
 * The cell of a step that buys evidence about an answer which is right with probability `right` on the row, and `rightInAll` in all: right
 * answers are verified more often than wrong ones, as coverage and precision say (Bayes).
 */
export function evidenceCell({ coverage, precision }: EvidenceRecord, right: number, rightInAll: number): StepCell {
  const verifiedIfRight = rightInAll > 0 ? Math.min(1, (coverage * precision) / rightInAll) : 0;
  const verifiedIfWrong = rightInAll < 1 ? Math.min(1, (coverage * (1 - precision)) / (1 - rightInAll)) : 0;
  const accept = right * verifiedIfRight + (1 - right) * verifiedIfWrong;
  const rejected = 1 - accept;
  return {
    accept,
    scoreAccepted: accept > 0 ? (right * verifiedIfRight) / accept : 0,
    scoreRejected: rejected > 0 ? (right * (1 - verifiedIfRight)) / rejected : 0,
    costFactor: 1,
  };
}

/** Labelled pairs before agreement may verify anything. */
const LEAST_LABELLED = 100;

/**
 * Whether evidence of this record may verify: enough answers were labelled, and its precision, at the 95% lower bound (Wilson), meets what
 * is asked for.
 */
export function mayVerify(
  { labelled, times, right }: { readonly labelled: number; readonly times: number; readonly right: number },
  minPrecision: number,
): boolean {
  return labelled >= LEAST_LABELLED && wilsonLower(right, times) >= minPrecision;
}

/** The one-sided 95% lower bound of a share (Wilson). */
export function wilsonLower(part: number, whole: number): number {
  if (whole === 0) return 0;
  const [z, p] = [1.645, part / whole];
  const centre = p + (z * z) / (2 * whole);
  const spread = z * Math.sqrt((p * (1 - p)) / whole + (z * z) / (4 * whole * whole));
  return Math.max(0, (centre - spread) / (1 + (z * z) / whole));
}
