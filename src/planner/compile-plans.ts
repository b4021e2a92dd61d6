import { normalCdf } from "./normal.ts";
import type { PlanStep, PlanTable } from "./plan-table.ts";
import type { QualityReference } from "./reference.ts";

/** A plan, with all that is known of it before a request names its costs. */
export interface CompiledPlan {
  /** Indexes of its steps. */
  readonly path: readonly number[];
  /** Index of the step whose answer is returned when none is accepted. */
  readonly returns: number;
  /** By step: P(it is taken), times how much more than usual it costs on such requests. */
  readonly costShares: readonly number[];
  /** By step: P(it is taken). */
  readonly reached: readonly number[];
  /** How right the returned answer is, 0..1. */
  readonly quality: number;
  /** Of the margin (quality of the plan − minQuality x quality of the best model), paired, against the contender that it is closest to. */
  readonly standardError: number;
  /**
   * P(the margin against some contender is below 0), at most: the sum over the contenders, by the normal approximation. The best model is
   * not held against itself.
   */
  readonly risk: number;
  /** It is the best model alone. */
  readonly isBest: boolean;
}

export const LONGEST_PLAN = 4;
/**
 * One imagined request on which the plan was right and the best model wrong, and one the other way round: without them a few requests
 * without any difference would prove that there is none (Agresti and Min, for paired shares).
 */
const IMAGINED = 2;

/**
 * Every plan of up to `longest` steps (most 4), but for those whose mean quality is below `minQuality` of the best. A branch ends when even
 * the rightest answers to all that is left would not reach it. Made once per change of the statistics, not per request: 8 models on 500
 * requests take some milliseconds.
 */
export function compilePlans(
  steps: readonly PlanStep[],
  table: PlanTable,
  reference: QualityReference,
  minQuality: number,
  longest: number,
): readonly CompiledPlan[] {
  return new PlanCompiler(steps, table, reference, minQuality, Math.min(LONGEST_PLAN, longest)).run();
}

/** Rows on which no answer has been accepted so far, with the share of each that is left. */
interface Alive {
  count: number;
  readonly rows: Int32Array;
  readonly shares: Float64Array;
}

/** Sums over the rows of what the steps so far came to. One a depth, used again. */
interface PathSums {
  quality: number;
  costShare: number;
  reached: number;
  /** By contender: the margin and its square, of what was accepted; the margin if the rightest answer were found on every row left. */
  readonly margins: Float64Array;
  readonly squares: Float64Array;
  readonly most: Float64Array;
}

class PlanCompiler {
  private readonly steps: readonly PlanStep[];
  private readonly table: PlanTable;
  private readonly reference: QualityReference;
  private readonly minQuality: number;
  private readonly longest: number;
  private readonly alive: readonly Alive[];
  private readonly sums: readonly PathSums[];
  private readonly path: number[] = [];
  /** By row: how right the rightest answer of any step is. */
  private readonly ceiling: Float64Array;
  private readonly costTotal: number;
  private readonly boundTotal: number;
  private readonly plans: CompiledPlan[] = [];

  constructor(
    steps: readonly PlanStep[],
    table: PlanTable,
    reference: QualityReference,
    minQuality: number,
    longest: number,
  ) {
    [this.steps, this.table, this.reference, this.minQuality, this.longest] = [
      steps,
      table,
      reference,
      minQuality,
      longest,
    ];
    const depths = Array.from({ length: longest + 1 });
    const contenders = reference.contenders.length;
    this.alive = depths.map(() => ({
      count: 0,
      rows: new Int32Array(table.rows),
      shares: new Float64Array(table.rows),
    }));
    this.sums = depths.map(() => ({
      quality: 0,
      costShare: 0,
      reached: 0,
      margins: new Float64Array(contenders),
      squares: new Float64Array(contenders),
      most: new Float64Array(contenders),
    }));
    this.ceiling = ceilingOf(table);
    this.costTotal = total(table.costWeight);
    this.boundTotal = total(table.boundWeight);
  }

  run(): readonly CompiledPlan[] {
    const first = at(this.alive, 0);
    first.count = this.table.rows;
    for (let row = 0; row < this.table.rows; row += 1) {
      first.rows[row] = row;
      first.shares[row] = 1;
    }
    this.extend();
    return this.plans;
  }

  /** Tries every further step after the path so far. */
  private extend(): void {
    const depth = this.path.length;
    for (const [index, step] of this.steps.entries()) {
      if (this.path.includes(index)) continue;
      if (step.follows !== null && this.steps[this.path.at(-1) ?? -1]?.id !== step.follows) continue;
      this.take(index, depth);
      const isBest = depth === 0 && index === this.reference.best;
      if (!isBest && !this.mayPass(depth + 1)) continue;
      this.path.push(index);
      this.conclude(isBest);
      if (depth + 1 < this.longest) this.extend();
      this.path.pop();
    }
  }

  /** Takes a step at a depth: what is accepted, what it costs, and which rows are left for the next depth. */
  private take(index: number, depth: number): void {
    const { table, reference, ceiling, minQuality } = this;
    const [now, next] = [at(this.alive, depth), at(this.alive, depth + 1)];
    const [accept, scores, factors] = [
      at(table.accept, index),
      at(table.scoreAccepted, index),
      at(table.costFactor, index),
    ];
    const [before, after] = [at(this.sums, depth), at(this.sums, depth + 1)];
    after.margins.set(before.margins);
    after.squares.set(before.squares);
    after.most.fill(0);
    let { quality } = before;
    let [costShare, reached, count] = [0, 0, 0];
    for (let each = 0; each < now.count; each += 1) {
      const row = now.rows[each] ?? 0;
      const share = now.shares[each] ?? 0;
      const costWeight = (table.costWeight[row] ?? 0) * share;
      const boundWeight = (table.boundWeight[row] ?? 0) * share;
      const passes = accept[row] ?? 0;
      costShare += costWeight * (factors[row] ?? 1);
      reached += costWeight;
      if (passes > 0) {
        const score = scores[row] ?? 0;
        quality += boundWeight * passes * score;
        this.addMargin(row, boundWeight * passes, score, after.margins, after.squares);
      }
      if (passes < 1) {
        next.rows[count] = row;
        next.shares[count] = share * (1 - passes);
        count += 1;
        const left = boundWeight * (1 - passes);
        for (let contender = 0; contender < after.most.length; contender += 1) {
          const other = reference.scores[contender]?.[row] ?? 0;
          after.most[contender] = (after.most[contender] ?? 0) + left * ((ceiling[row] ?? 1) - minQuality * other);
        }
      }
    }
    next.count = count;
    after.quality = quality;
    after.costShare = costShare / this.costTotal;
    after.reached = reached / this.costTotal;
  }

  /** Whether a plan that begins like this reaches `minQuality` if the rightest answer is found on every row that is left. */
  private mayPass(depth: number): boolean {
    const { margins, most } = at(this.sums, depth);
    return margins.every((sum, contender) => sum + (most[contender] ?? 0) >= -1e-9 * this.boundTotal);
  }

  /** Adds (score − minQuality x score of the contender) and its square, weighted. */
  private addMargin(row: number, weight: number, score: number, margins: Float64Array, squares: Float64Array): void {
    const { minQuality, reference } = this;
    const modelled = this.table.modelled[row] === 1;
    for (let contender = 0; contender < margins.length; contender += 1) {
      const other = reference.scores[contender]?.[row] ?? 0;
      const margin = score - minQuality * other;
      margins[contender] = (margins[contender] ?? 0) + weight * margin;
      // Expectations of a modelled row stand for answers that are right or wrong: E[(S − mB)²] = s − 2msb + m²b.
      const square = modelled
        ? score - 2 * minQuality * score * other + minQuality * minQuality * other
        : margin * margin;
      squares[contender] = (squares[contender] ?? 0) + weight * square;
    }
  }

  /** Writes down the plan that ends here. */
  private conclude(isBest: boolean): void {
    const { table, reference } = this;
    const depth = this.path.length;
    const [rest, sums] = [at(this.alive, depth), at(this.sums, depth)];
    const returns = this.bestRejected(rest);
    const scores = at(table.scoreRejected, returns);
    const [margins, squares] = [sums.margins.slice(), sums.squares.slice()];
    let { quality } = sums;
    for (let each = 0; each < rest.count; each += 1) {
      const row = rest.rows[each] ?? 0;
      const weight = (table.boundWeight[row] ?? 0) * (rest.shares[each] ?? 0);
      const score = scores[row] ?? 0;
      quality += weight * score;
      this.addMargin(row, weight, score, margins, squares);
    }
    const rows = this.boundTotal + IMAGINED;
    const effective = table.effectiveRows + IMAGINED;
    let [margin, standardError, z, risk] = [Infinity, 0, Infinity, 0];
    for (let contender = isBest ? 1 : 0; contender < reference.contenders.length; contender += 1) {
      const mean = (margins[contender] ?? 0) / rows;
      const variance = Math.max(0, ((squares[contender] ?? 0) + IMAGINED) / rows - mean * mean);
      const error = Math.sqrt(variance / effective);
      risk += 1 - normalCdf(mean / error);
      if (mean / error < z) [margin, standardError, z] = [mean, error, mean / error];
    }
    if (margin < 0 && !isBest) return;
    const levels = this.path.map((_, level) => at(this.sums, level + 1));
    this.plans.push({
      path: [...this.path],
      returns,
      costShares: levels.map(({ costShare }) => costShare),
      reached: levels.map(({ reached }) => reached),
      quality: quality / this.boundTotal,
      standardError,
      risk: Math.min(1, risk),
      isBest,
    });
  }

  /** The step of the path whose rejected answers are right most often on the rows that are left; the last one when equal. */
  private bestRejected(rest: Alive): number {
    let [best, most] = [this.path.at(-1) ?? 0, -1];
    for (let position = this.path.length - 1; position >= 0; position -= 1) {
      const index = this.path[position] ?? 0;
      const scores = at(this.table.scoreRejected, index);
      let right = 0;
      for (let each = 0; each < rest.count; each += 1) {
        const row = rest.rows[each] ?? 0;
        right += (this.table.boundWeight[row] ?? 0) * (rest.shares[each] ?? 0) * (scores[row] ?? 0);
      }
      if (right > most + 1e-12) [best, most] = [index, right];
    }
    return best;
  }
}

function ceilingOf(table: PlanTable): Float64Array {
  const ceiling = new Float64Array(table.rows);
  for (let step = 0; step < table.steps; step += 1) {
    const [accepted, rejected] = [at(table.scoreAccepted, step), at(table.scoreRejected, step)];
    for (let row = 0; row < table.rows; row += 1) {
      ceiling[row] = Math.max(ceiling[row] ?? 0, accepted[row] ?? 0, rejected[row] ?? 0);
    }
  }
  return ceiling;
}

function total(weights: Float64Array): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`No item ${index} of ${list.length}`);
  return item;
}
