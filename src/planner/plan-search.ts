import type { NanoUsd } from "../core/money.ts";
import type { Optimize } from "../core/task.ts";
import { normalCdf } from "./normal.ts";
import type { PlanStep, PlanTable } from "./plan-table.ts";
import type { QualityReference } from "./reference.ts";

/** What a plan is chosen by. */
export interface SearchRules {
  readonly optimize: Optimize;
  /** Share of the best model's quality that a plan has to reach, 0..1. */
  readonly minQuality: number;
  /** The bound holds when it lies this many standard errors below the estimate: 0.52 for 70%. */
  readonly boundZ: number;
  /** What it costs to be below `minQuality`, in prices of the best model: the remaining risk of it is charged to a plan. */
  readonly riskPrice: number;
  /** Time and money left; `null`: no such limit. */
  readonly deadlineMs: number | null;
  readonly budgetNanoUsd: NanoUsd | null;
  /** Steps in all, those already taken included; at most 4 are searched. */
  readonly longest: number;
  /** Indexes of steps already taken for this request, in order, none of which was accepted. */
  readonly tried: readonly number[];
}

/** What a plan is expected to come to, over the rows of the table. */
export interface PlanFigures {
  /** Indexes of its steps, those already taken first. */
  readonly path: readonly number[];
  /** Index of the step whose answer is returned when none is accepted. */
  readonly returns: number;
  /** Per request, accepted or not. */
  readonly costNanoUsd: number;
  readonly latencyMs: number;
  /** P(some answer is accepted). */
  readonly accepted: number;
  readonly quality: number;
  /** Mean, and lower bound, of (quality of the plan − minQuality x quality of the best); the lowest over all contenders. */
  readonly margin: number;
  readonly marginBound: number;
  /** P(quality is below minQuality x best), by the normal approximation; 0 for the best model itself. */
  readonly risk: number;
  /** What is minimised. */
  readonly objective: number;
}

/** `chosen`: the best plan that passes the bound. `tempting`: the cheapest whose estimate passes and whose bound does not. */
export interface SearchResult {
  readonly chosen: PlanFigures | null;
  readonly tempting: PlanFigures | null;
}

const LONGEST = 4;
/**
 * One imagined request on which the plan was right and the best model wrong, and one the other way round: without them a few requests
 * without any difference would prove that there is none (Agresti and Min, for paired shares).
 */
const IMAGINED = 2;

/**
 * Looks at every plan of up to `longest` steps, but for those that cannot win: a branch ends when even its first steps cost more than
 * the best plan found, or when even right answers to all that is left would not reach `minQuality`.
 */
export function searchPlans(
  steps: readonly PlanStep[],
  table: PlanTable,
  reference: QualityReference,
  rules: SearchRules,
): SearchResult {
  return new PlanSearch(steps, table, reference, rules).run();
}

/** Sums over the rows, weighted, of a path. */
interface PathTotals {
  readonly cost: number;
  readonly latency: number;
  readonly accepted: number;
  readonly quality: number;
}

/** Rows on which no answer has been accepted so far, with the share of each that is left. */
interface Alive {
  count: number;
  readonly rows: Int32Array;
  readonly shares: Float64Array;
}

class PlanSearch {
  private readonly steps: readonly PlanStep[];
  private readonly table: PlanTable;
  private readonly reference: QualityReference;
  private readonly rules: SearchRules;
  private readonly alive: readonly Alive[];
  /** By depth and contender: sums of the margin and of its square over what was accepted. */
  private readonly sums: readonly Float64Array[];
  private readonly squares: readonly Float64Array[];
  private readonly path: number[] = [];
  private readonly order: readonly number[];
  private readonly costTotal: number;
  private readonly boundTotal: number;
  private readonly bestCost: number;
  private readonly longest: number;
  private chosen: PlanFigures | null = null;
  private tempting: PlanFigures | null = null;

  constructor(steps: readonly PlanStep[], table: PlanTable, reference: QualityReference, rules: SearchRules) {
    [this.steps, this.table, this.reference, this.rules] = [steps, table, reference, rules];
    this.longest = Math.min(LONGEST, rules.longest);
    const depths = Array.from({ length: this.longest + rules.tried.length + 1 });
    this.alive = depths.map(() => ({
      count: 0,
      rows: new Int32Array(table.rows),
      shares: new Float64Array(table.rows),
    }));
    this.sums = depths.map(() => new Float64Array(reference.contenders.length));
    this.squares = depths.map(() => new Float64Array(reference.contenders.length));
    this.costTotal = table.costWeight.reduce((sum, weight) => sum + weight, 0);
    this.boundTotal = table.boundWeight.reduce((sum, weight) => sum + weight, 0);
    this.bestCost = steps[reference.best]?.costNanoUsd ?? 0;
    const measure = (step: PlanStep): number => (rules.optimize === "latency" ? step.latencyMs : step.costNanoUsd);
    this.order = steps.map((_, index) => index).sort((a, b) => measure(at(steps, a)) - measure(at(steps, b)));
  }

  run(): SearchResult {
    const first = at(this.alive, 0);
    first.count = this.table.rows;
    for (let row = 0; row < this.table.rows; row += 1) [first.rows[row], first.shares[row]] = [row, 1];
    let totals: PathTotals = { cost: 0, latency: 0, accepted: 0, quality: 0 };
    for (const step of this.rules.tried) {
      totals = this.take(step, this.path.length, totals).totals;
      this.path.push(step);
    }
    if (this.path.length > 0) this.consider(totals);
    this.extend(totals, 0, 0);
    return { chosen: this.chosen, tempting: this.tempting };
  }

  /** Tries every further step after the path so far. `elapsedMs` and `heldNanoUsd` are what the new steps take and may cost. */
  private extend(totals: PathTotals, elapsedMs: number, heldNanoUsd: number): void {
    const depth = this.path.length;
    if (depth >= this.longest) return;
    const { deadlineMs, budgetNanoUsd } = this.rules;
    for (const index of this.order) {
      const step = at(this.steps, index);
      if (!this.mayFollow(step, index)) continue;
      const endsMs = elapsedMs + step.latencyMs;
      const holdsNanoUsd = heldNanoUsd + step.costMaxNanoUsd;
      if (deadlineMs !== null && endsMs > deadlineMs) continue;
      if (budgetNanoUsd !== null && holdsNanoUsd > budgetNanoUsd) continue;
      const taken = this.take(index, depth, totals);
      // The best model alone is not held against the bound.
      const isBest = depth === 0 && index === this.reference.best;
      if (!isBest && (this.isDearer(taken.totals) || !taken.mayPass)) continue;
      this.path.push(index);
      this.consider(taken.totals);
      this.extend(taken.totals, endsMs, holdsNanoUsd);
      this.path.pop();
    }
  }

  private mayFollow(step: PlanStep, index: number): boolean {
    if (this.path.includes(index)) return false;
    return step.follows === null || this.steps[this.path.at(-1) ?? -1]?.id === step.follows;
  }

  /** Whether a plan that begins like this cannot beat the one found. */
  private isDearer({ cost, latency }: PathTotals): boolean {
    if (this.chosen === null) return false;
    switch (this.rules.optimize) {
      case "cost":
        return this.relative(cost / this.costTotal) >= this.chosen.objective;
      case "latency":
        return latency / this.costTotal > this.chosen.objective;
      case "quality":
        return false;
    }
  }

  /** A cost in prices of the best model, as the risk is. */
  private relative(cost: number): number {
    return this.bestCost > 0 ? cost / this.bestCost : cost;
  }

  /** Takes a step at a depth: who is accepted, what it costs, and who is left for the next depth. */
  private take(index: number, depth: number, before: PathTotals): { totals: PathTotals; mayPass: boolean } {
    const { table, reference } = this;
    const [now, next] = [at(this.alive, depth), at(this.alive, depth + 1)];
    const accept = at(table.accept, index);
    const score = at(table.scoreAccepted, index);
    const factor = at(table.costFactor, index);
    const [sums, squares] = [at(this.sums, depth + 1), at(this.squares, depth + 1)];
    sums.set(at(this.sums, depth));
    squares.set(at(this.squares, depth));
    let [cost, mass, count] = [0, 0, 0];
    let { accepted, quality } = before;
    // What would be added if every answer that is left were right.
    const most = new Float64Array(reference.contenders.length);
    for (let each = 0; each < now.count; each += 1) {
      const row = now.rows[each] ?? 0;
      const share = now.shares[each] ?? 0;
      const costWeight = (table.costWeight[row] ?? 0) * share;
      const boundWeight = (table.boundWeight[row] ?? 0) * share;
      const passes = accept[row] ?? 0;
      cost += costWeight * (factor[row] ?? 1);
      mass += costWeight;
      if (passes > 0) {
        accepted += costWeight * passes;
        quality += boundWeight * passes * (score[row] ?? 0);
        if (boundWeight > 0) this.addMargin(row, boundWeight * passes, score[row] ?? 0, sums, squares);
      }
      if (passes < 1) {
        next.rows[count] = row;
        next.shares[count] = share * (1 - passes);
        count += 1;
        for (let contender = 0; contender < most.length; contender += 1) {
          const other = reference.scores[contender]?.[row] ?? 0;
          const margin = 1 - this.rules.minQuality * other;
          most[contender] = (most[contender] ?? 0) + boundWeight * (1 - passes) * margin;
        }
      }
    }
    next.count = count;
    const step = at(this.steps, index);
    const totals = {
      cost: before.cost + cost * step.costNanoUsd,
      latency: before.latency + mass * step.latencyMs,
      accepted,
      quality,
    };
    return { totals, mayPass: most.every((rest, contender) => (sums[contender] ?? 0) + rest >= -1e-9 * this.boundTotal) };
  }

  /** Adds (score − minQuality x score of the contender) and its square, weighted. */
  private addMargin(row: number, weight: number, score: number, sums: Float64Array, squares: Float64Array): void {
    const { minQuality } = this.rules;
    const modelled = this.table.modelled[row] === 1;
    for (let contender = 0; contender < this.reference.scores.length; contender += 1) {
      const other = this.reference.scores[contender]?.[row] ?? 0;
      const margin = score - minQuality * other;
      sums[contender] = (sums[contender] ?? 0) + weight * margin;
      // Expectations of a modelled row stand for answers that are right or wrong: E[(S − mB)²] = s − 2msb + m²b.
      const square = modelled
        ? score - 2 * minQuality * score * other + minQuality * minQuality * other
        : margin * margin;
      squares[contender] = (squares[contender] ?? 0) + weight * square;
    }
  }

  /** Judges the plan that ends here. */
  private consider(totals: PathTotals): void {
    const { rules, reference, table } = this;
    const depth = this.path.length;
    const rest = at(this.alive, depth);
    const returns = this.bestRejected(rest);
    const sums = at(this.sums, depth).slice();
    const squares = at(this.squares, depth).slice();
    const rejectedScores = at(table.scoreRejected, returns);
    let { quality } = totals;
    for (let each = 0; each < rest.count; each += 1) {
      const row = rest.rows[each] ?? 0;
      const weight = (table.boundWeight[row] ?? 0) * (rest.shares[each] ?? 0);
      if (weight === 0) continue;
      const score = rejectedScores[row] ?? 0;
      quality += weight * score;
      this.addMargin(row, weight, score, sums, squares);
    }
    let [margin, marginBound, z] = [Infinity, Infinity, Infinity];
    const total = this.boundTotal + IMAGINED;
    const effective = table.effectiveRows + IMAGINED;
    for (let contender = 0; contender < reference.contenders.length; contender += 1) {
      const mean = (sums[contender] ?? 0) / total;
      const variance = Math.max(0, ((squares[contender] ?? 0) + IMAGINED) / total - mean * mean);
      const standardError = Math.sqrt(variance / effective);
      margin = Math.min(margin, mean);
      marginBound = Math.min(marginBound, mean - rules.boundZ * standardError);
      z = Math.min(z, mean / standardError);
    }
    const isBest = depth === 1 && this.path[0] === reference.best;
    const risk = isBest ? 0 : 1 - normalCdf(z);
    const figures = {
      path: this.path,
      returns,
      costNanoUsd: totals.cost / this.costTotal,
      latencyMs: totals.latency / this.costTotal,
      accepted: totals.accepted / this.costTotal,
      quality: quality / this.boundTotal,
      margin,
      marginBound,
      risk,
    };
    const objective = this.objectiveOf(figures);
    if (isBest || marginBound >= 0) {
      if (this.chosen === null || objective < this.chosen.objective - 1e-12) {
        this.chosen = { ...figures, path: [...this.path], objective };
      }
    } else if (margin >= 0 && (this.tempting === null || figures.costNanoUsd < this.tempting.costNanoUsd)) {
      this.tempting = { ...figures, path: [...this.path], objective };
    }
  }

  private objectiveOf({ costNanoUsd, latencyMs, risk, marginBound }: Omit<PlanFigures, "objective">): number {
    switch (this.rules.optimize) {
      case "cost":
        return this.relative(costNanoUsd) + this.rules.riskPrice * risk;
      case "latency":
        return latencyMs;
      case "quality":
        return -marginBound;
    }
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

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`No item ${index} of ${list.length}`);
  return item;
}
