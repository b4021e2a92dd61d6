import type { NanoUsd } from "../core/money.ts";
import { pickByFirstStep, type PickRules, type PlanFigures } from "./pick-plan.ts";
import type { CompiledPlan } from "./compile-plans.ts";
import type { PlanStep } from "./plan-table.ts";

/** How much may be tried out. */
export interface ExplorationRules {
  /** Share of requests on which another plan may be tried; more than 0.05 counts as 0.05. */
  readonly share: number;
  /** What exploration may still cost today beyond the chosen plans, expected. */
  readonly leftTodayNanoUsd: NanoUsd;
  /** A random number, 0 (included) to 1. */
  readonly draw: number;
}

/** The plan that is taken, and with which probability it was: the receipt keeps it, and a backtest divides by it. */
export interface ExploredPlan {
  readonly figures: PlanFigures;
  readonly explored: boolean;
  readonly probability: number;
  /** What it is expected to cost beyond the chosen plan: taken off the day's allowance. */
  readonly extraNanoUsd: NanoUsd;
}

const MOST_SHARE = 0.05;

/**
 * Mostly the chosen plan; rarely another one that passes the bound, begins with another step and whose extra cost is within the day's
 * allowance, each as likely as the other.
 */
export function explore(
  steps: readonly PlanStep[],
  plans: readonly CompiledPlan[],
  chosen: PlanFigures,
  pick: PickRules,
  { share, leftTodayNanoUsd, draw }: ExplorationRules,
): ExploredPlan {
  const extra = (figures: PlanFigures): number => Math.max(0, Math.ceil(figures.costNanoUsd - chosen.costNanoUsd));
  const first = chosen.plan.path[pick.tried.length];
  const others = pickByFirstStep(steps, plans, pick).filter(
    (figures) => figures.plan.path[pick.tried.length] !== first && extra(figures) <= leftTodayNanoUsd,
  );
  const epsilon = others.length === 0 ? 0 : Math.min(MOST_SHARE, Math.max(0, share));
  const other = others[Math.floor((draw / epsilon) * others.length)];
  if (draw >= epsilon || other === undefined) {
    return { figures: chosen, explored: false, probability: 1 - epsilon, extraNanoUsd: 0 };
  }
  return { figures: other, explored: true, probability: epsilon / others.length, extraNanoUsd: extra(other) };
}
