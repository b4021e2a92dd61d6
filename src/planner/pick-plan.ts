import type { NanoUsd } from "../core/money.ts";
import type { Optimize } from "../core/task.ts";
import type { CompiledPlan } from "./compile-plans.ts";
import type { PlanStep } from "./plan-table.ts";

/** What a request wants of its plan, and what is left for it. */
export interface PickRules {
  readonly optimize: Optimize;
  /** The most that the risk of being below `minQuality` may be, 0..1. */
  readonly mostRisk: number;
  /** What it costs to be below `minQuality`: the price of the best model's answer. */
  readonly riskPriceNanoUsd: NanoUsd;
  /** Time and money left; `null`: no such limit. */
  readonly deadlineMs: number | null;
  readonly budgetNanoUsd: NanoUsd | null;
  /** Indexes of steps taken already, none accepted, in order. */
  readonly tried: readonly number[];
}

/** A compiled plan at the prices of a request. */
export interface PlanFigures {
  readonly plan: CompiledPlan;
  /** Expected, per request. */
  readonly costNanoUsd: number;
  /** Expected, per right answer. */
  readonly costPerRightNanoUsd: number;
  /** Expected. */
  readonly latencyMs: number;
  /** What is minimised. */
  readonly objective: number;
}

/** `chosen`: the best plan that passes the bound. `tempting`: the cheapest that would pass if its estimate were certain. */
export interface PickResult {
  readonly chosen: PlanFigures | null;
  readonly tempting: PlanFigures | null;
}

/** Looks at every compiled plan that begins with what was tried and fits time and budget. */
export function pickPlan(steps: readonly PlanStep[], plans: readonly CompiledPlan[], rules: PickRules): PickResult {
  let [chosen, tempting]: [CompiledPlan | null, CompiledPlan | null] = [null, null];
  let [least, cheapest] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const plan of plans) {
    if (passes(plan, rules)) {
      const objective = objectiveOf(steps, plan, rules);
      if (objective < least && fits(steps, plan, rules)) [least, chosen] = [objective, plan];
    } else {
      const cost = costOf(steps, plan);
      if (cost < cheapest && fits(steps, plan, rules)) [cheapest, tempting] = [cost, plan];
    }
  }
  return {
    chosen: chosen === null ? null : figuresOf(steps, chosen, rules),
    tempting: tempting === null ? null : figuresOf(steps, tempting, rules),
  };
}

/**
 * Of the plans that go on from `stopped`, the one that pays least for each right answer more: what a request takes that goes on although
 * stopping would be cheaper. `null`: none that fits makes any answer right.
 */
export function pickOnward(
  steps: readonly PlanStep[],
  plans: readonly CompiledPlan[],
  stopped: PlanFigures,
  rules: PickRules,
): CompiledPlan | null {
  let [onward, least]: [CompiledPlan | null, number] = [null, Number.POSITIVE_INFINITY];
  for (const plan of plans) {
    const more = plan.quality - stopped.plan.quality;
    if (plan.path.length <= rules.tried.length || more <= LEAST_GAIN || !fits(steps, plan, rules)) continue;
    const price = (costOf(steps, plan) - stopped.costNanoUsd) / more;
    if (price < least) [least, onward] = [price, plan];
  }
  return onward;
}

/** Share of requests: one in ten thousand. */
const LEAST_GAIN = 1e-4;

/** By first new step, the best plan that passes and fits: what there is to explore. */
export function pickByFirstStep(
  steps: readonly PlanStep[],
  plans: readonly CompiledPlan[],
  rules: PickRules,
): readonly PlanFigures[] {
  const byFirst = new Map<number, PlanFigures>();
  for (const plan of plans) {
    const first = plan.path[rules.tried.length];
    if (first === undefined || !fits(steps, plan, rules)) continue;
    const figures = figuresOf(steps, plan, rules);
    const other = byFirst.get(first);
    if (passes(plan, rules) && (other === undefined || figures.objective < other.objective))
      byFirst.set(first, figures);
  }
  return [...byFirst.values()];
}

/** The best model alone is held against no bound: it is what one stays with. */
function passes(plan: CompiledPlan, { mostRisk }: PickRules): boolean {
  return plan.isBest || plan.risk <= mostRisk;
}

function fits(steps: readonly PlanStep[], { path }: CompiledPlan, rules: PickRules): boolean {
  const { tried, deadlineMs, budgetNanoUsd } = rules;
  for (const [place, index] of tried.entries()) if (path[place] !== index) return false;
  let [elapsedMs, heldNanoUsd] = [0, 0];
  for (let place = tried.length; place < path.length; place += 1) {
    const step = steps[path[place] ?? -1];
    elapsedMs += step?.latencyMs ?? 0;
    heldNanoUsd += step?.costMaxNanoUsd ?? 0;
  }
  return (deadlineMs === null || elapsedMs <= deadlineMs) && (budgetNanoUsd === null || heldNanoUsd <= budgetNanoUsd);
}

function figuresOf(steps: readonly PlanStep[], plan: CompiledPlan, rules: PickRules): PlanFigures {
  const costNanoUsd = costOf(steps, plan);
  return {
    plan,
    costNanoUsd,
    costPerRightNanoUsd: perRight(costNanoUsd, plan),
    latencyMs: latencyOf(steps, plan),
    objective: objectiveOf(steps, plan, rules),
  };
}

function objectiveOf(steps: readonly PlanStep[], plan: CompiledPlan, rules: PickRules): number {
  switch (rules.optimize) {
    case "cost":
      return perRight(costOf(steps, plan), plan) + rules.riskPriceNanoUsd * plan.risk;
    case "latency":
      return latencyOf(steps, plan);
    case "quality":
      // One standard error below its quality.
      return plan.standardError - plan.quality;
  }
}

function perRight(costNanoUsd: number, { quality }: CompiledPlan): number {
  return quality > 0 ? costNanoUsd / quality : Number.POSITIVE_INFINITY;
}

/** E[cost] = Σ cost of step k x P(step k is taken), the latter given what failed before. */
function costOf(steps: readonly PlanStep[], { path, costShares }: CompiledPlan): number {
  let cost = 0;
  for (let place = 0; place < path.length; place += 1) {
    cost += (costShares[place] ?? 0) * (steps[path[place] ?? -1]?.costNanoUsd ?? 0);
  }
  return cost;
}

function latencyOf(steps: readonly PlanStep[], { path, reached }: CompiledPlan): number {
  let latencyMs = 0;
  for (let place = 0; place < path.length; place += 1) {
    latencyMs += (reached[place] ?? 0) * (steps[path[place] ?? -1]?.latencyMs ?? 0);
  }
  return latencyMs;
}
