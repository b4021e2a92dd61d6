import type { StepCell, TableRow } from "./plan-table.ts";
import { normalCdf, normalQuantile } from "./normal.ts";

/** What is believed of a step before it was observed together with the others. */
export interface StepBelief {
  /** P(its answer is accepted), 0..1. */
  readonly accept: number;
  /** P(right | accepted) and P(right | rejected). */
  readonly precision: number;
  readonly rightRejected: number;
}

/** Five levels of difficulty of equal weight: the middles of the fifths of a normal distribution. */
const LEVELS = [0.1, 0.3, 0.5, 0.7, 0.9].map(normalQuantile);
/** How far requests that are hard for one model are hard for the others too. */
const COMMON_DIFFICULTY = 0.5;

/**
 * Rows that stand for what is believed, `mass` requests in all. One common difficulty makes failures go together (a one-factor normal
 * model): P(accepted | difficulty z) = Φ((Φ⁻¹(p) + √ρ z) / √(1 − ρ)). They count for costs, and for the bound only as far as `boundMass`
 * says: a belief is no evidence.
 */
export function modelledRows(steps: readonly StepBelief[], mass: number, boundMass: number): readonly TableRow[] {
  return LEVELS.map((ease) => ({
    cells: steps.map(({ accept, precision, rightRejected }): StepCell => {
      const inner = Math.min(0.999, Math.max(0.001, accept));
      const shifted = (normalQuantile(inner) + Math.sqrt(COMMON_DIFFICULTY) * ease) / Math.sqrt(1 - COMMON_DIFFICULTY);
      return {
        accept: normalCdf(shifted),
        scoreAccepted: precision,
        scoreRejected: rightRejected,
        costFactor: 1,
      };
    }),
    costWeight: mass / LEVELS.length,
    boundWeight: boundMass / LEVELS.length,
    modelled: true,
  }));
}

/**
 * A request on which only some steps were taken, the others (`null`) filled in by `given`: what is believed of them after what failed there
 * (`passRateAfter`). It counts for costs alone, unless every cell was observed: then for the bound too. `weight` is its forgetting, divided by
 * the probability that it was observed whole (a shadow run on 2% of requests counts for 50).
 */
export function recordedRow(
  cells: readonly (StepCell | null)[],
  given: readonly StepBelief[],
  weight: number,
): TableRow {
  const isWhole = cells.every((cell) => cell !== null);
  const filled = cells.map((cell, index): StepCell => {
    if (cell !== null) return cell;
    const { accept = 0, precision = 0, rightRejected = 0 } = given[index] ?? {};
    return { accept, scoreAccepted: precision, scoreRejected: rightRejected, costFactor: 1 };
  });
  return { cells: filled, costWeight: weight, boundWeight: isWhole ? weight : 0, modelled: !isWhole };
}

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

/** Whether evidence of this record may verify: its precision, at the 95% lower bound (Wilson), meets what is asked for. */
export function mayVerify(verified: number, right: number, minPrecision: number): boolean {
  if (verified < LEAST_LABELLED) return false;
  return wilsonLower(right, verified) >= minPrecision;
}

/** The one-sided 95% lower bound of a share (Wilson). */
export function wilsonLower(part: number, whole: number): number {
  if (whole === 0) return 0;
  const [z, p] = [1.645, part / whole];
  const centre = p + (z * z) / (2 * whole);
  const spread = z * Math.sqrt((p * (1 - p)) / whole + (z * z) / (4 * whole * whole));
  return Math.max(0, (centre - spread) / (1 + (z * z) / whole));
}
