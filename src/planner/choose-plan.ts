import { formatUsd, type NanoUsd } from "../core/money.ts";
import type { Optimize } from "../core/task.ts";
import { evidenceTells } from "./evidence-value.ts";
import { compilePlans, LONGEST_PLAN, type CompiledPlan } from "./compile-plans.ts";
import { pickPlan, type PickResult, type PickRules, type PlanFigures } from "./pick-plan.ts";
import { withGateRates } from "./gate-rates.ts";
import { planTable, type PlanStep, type TableRow } from "./plan-table.ts";
import { qualityReference, type QualityReference } from "./reference.ts";

/** How sure a plan has to be. */
export interface PlanCaution {
  /** One-sided confidence of the bound, 0.5..1. */
  readonly confidence: number;
  /** What being below the bound costs, in prices of the best model: each percent of risk must save so many percent. */
  readonly riskPrice: number;
}

/** A bound at 70%; the risk that is left costs what it takes to put it right: the best model's answer. */
export const DEFAULT_CAUTION: PlanCaution = { confidence: 0.7, riskPrice: 1 };

/** On fewer requests than this no plan is chosen: which model is the best is unknown too. */
export const LEAST_OBSERVED = 30;

/** A request, as far as the choice of a plan depends on it. */
export interface PlanQuestion {
  readonly optimize: Optimize;
  readonly caution?: PlanCaution;
  /** What is left of them; `null`: no limit. */
  readonly deadlineMs: number | null;
  readonly budgetNanoUsd: NanoUsd | null;
  /** Ids of steps taken already, in order, none accepted. */
  readonly tried?: readonly string[];
  /** Whether the running guarantee of the task holds; else the best model is taken. Default true. */
  readonly guaranteeHolds?: boolean;
}

/**
 * Why nothing was chosen by what was learned. `no_history`: nothing was observed. `not_enough_evidence`: a cheaper plan looks good
 * enough, but may not be. `guarantee_broken`: too many accepted answers were wrong lately. `nothing_fits`: no plan that passes the bound
 * fits time and budget.
 */
export type StayReason = "no_history" | "not_enough_evidence" | "guarantee_broken" | "nothing_fits";

/**
 * `planned`: take `steps`. `staying`: take `steps` too, which is the task's row where hardly anything was observed, else the best model;
 * `reason` says why. `stop`: nothing that is left is worth its price; return the answer of `returns`. `steps` leaves out what was tried.
 */
export type PlanDecision =
  | {
      readonly kind: "planned" | "stop";
      readonly steps: readonly string[];
      readonly returns: string;
      readonly figures: PlanFigures;
      readonly message: string;
    }
  | {
      readonly kind: "staying";
      readonly steps: readonly string[];
      readonly returns: string | null;
      readonly reason: StayReason;
      readonly figures: PlanFigures | null;
      readonly message: string;
    };

/** What is the same for every request of a task until its statistics change: made once. */
export interface PlanBasis {
  /** Requests that the bound stands on, in effect. */
  readonly observedRequests: number;
  readonly reference: QualityReference | null;
  /** Share of the quality of the task's best model that plans have to reach, 0..1. */
  readonly minQuality: number;
  /** Plans whose estimate reaches it, and the best model. */
  readonly plans: readonly CompiledPlan[];
  /** Those, and plans with models of which too little was seen: what may be tried out. */
  readonly untried: readonly CompiledPlan[];
  /** Whether the task's evidence can tell right answers from wrong ones. Else plans have one step: no check moves on to the next model. */
  readonly tells: boolean;
}

/** A basis of requests on which every step was observed. `steps` in the order of the cells. */
export function planBasis(steps: readonly PlanStep[], rows: readonly TableRow[], minQuality: number): PlanBasis {
  const seen = planTable(steps.length, rows);
  const table = planTable(steps.length, withGateRates(steps, rows));
  const reference = qualityReference(steps, table);
  if (reference === null || seen.observedRows === 0) return noBasis(minQuality);
  const tells = evidenceTells(steps, seen);
  const plans = compilePlans(steps, table, reference, minQuality, tells ? LONGEST_PLAN : 1);
  return { observedRequests: seen.observedRows, reference, minQuality, plans, untried: plans, tells };
}

/** Nothing was learned. */
export function noBasis(minQuality: number): PlanBasis {
  return { observedRequests: 0, reference: null, minQuality, plans: [], untried: [], tells: true };
}

/** The plan for a request, among `steps` in the order of the table's columns. `row`: ids of the task's own order. */
export function choosePlan(
  steps: readonly PlanStep[],
  row: readonly string[],
  basis: PlanBasis,
  question: PlanQuestion,
): PlanDecision {
  const tried = question.tried ?? [];
  const { reference, observedRequests, minQuality } = basis;
  const untried = row.filter((id) => !tried.includes(id));
  if (reference === null) {
    return staying("no_history", untried, "nothing was learned of this task yet: its own order is taken", null);
  }
  const best = steps[reference.best]?.id ?? "";
  const withBest = tried.includes(best) ? untried : [best];
  if (question.guaranteeHolds === false) {
    const message = `too many accepted answers were wrong lately: staying with ${best}`;
    return staying("guarantee_broken", withBest, message, null);
  }
  if (observedRequests < LEAST_OBSERVED) {
    const message = `not enough evidence: staying with the task's own order; ${observedRequests.toFixed(0)} requests were seen, ${LEAST_OBSERVED} are needed`;
    return staying("not_enough_evidence", untried, message, null);
  }
  const found = pickPlan(steps, basis.plans, pickRules(steps, reference, question));
  const { chosen } = found;
  if (chosen === null) {
    const message = `no plan that reaches ${minQuality} of ${best} for sure fits time and budget`;
    return staying("nothing_fits", withBest, message, null);
  }
  const [ids, returns] = [
    chosen.plan.path.map((index) => steps[index]?.id ?? ""),
    steps[chosen.plan.returns]?.id ?? "",
  ];
  const next = ids.slice(tried.length);
  if (next.length === 0) {
    return { kind: "stop", steps: [], returns, figures: chosen, message: "nothing that is left is worth its price" };
  }
  const tempting = temptingPlan(found, question);
  if (tempting !== null) {
    const name = tempting.plan.path.map((index) => steps[index]?.id).join(" → ");
    const share = (100 * (1 - tempting.costNanoUsd / chosen.costNanoUsd)).toFixed(0);
    const rows = observedRequests.toFixed(0);
    const message = `not enough evidence: staying with ${best}; ${name} would cost ${share}% less, but ${rows} requests do not show that it reaches ${minQuality}`;
    return { kind: "staying", steps: next, returns, reason: "not_enough_evidence", figures: chosen, message };
  }
  return { kind: "planned", steps: next, returns, figures: chosen, message: describe(ids, chosen, best) };
}

/** What the choice among the compiled plans goes by. */
export function pickRules(steps: readonly PlanStep[], reference: QualityReference, question: PlanQuestion): PickRules {
  const { confidence, riskPrice } = question.caution ?? DEFAULT_CAUTION;
  const tried = (question.tried ?? []).map((id) => steps.findIndex((step) => step.id === id));
  return {
    optimize: question.optimize,
    mostRisk: 1 - confidence,
    riskPriceNanoUsd: riskPrice * (steps[reference.best]?.costNanoUsd ?? 0),
    deadlineMs: question.deadlineMs,
    budgetNanoUsd: question.budgetNanoUsd,
    tried,
  };
}

/** A cheaper plan that only lacks evidence, when the best model alone was chosen. */
function temptingPlan({ chosen, tempting }: PickResult, { optimize }: PlanQuestion): PlanFigures | null {
  if (chosen === null || tempting === null || optimize !== "cost") return null;
  return chosen.plan.isBest && tempting.costNanoUsd < chosen.costNanoUsd ? tempting : null;
}

function describe(ids: readonly string[], { plan, costNanoUsd }: PlanFigures, best: string): string {
  const estimate = `${(100 * plan.quality).toFixed(1)}% right, ${formatUsd(Math.ceil(costNanoUsd))} a request expected`;
  return `${ids.join(" → ")}: ${estimate}, ${(100 * plan.risk).toFixed(0)}% risk of being below what was asked for of ${best}`;
}

function staying(
  reason: StayReason,
  steps: readonly string[],
  message: string,
  figures: PlanFigures | null,
): PlanDecision {
  return { kind: "staying", steps, returns: null, reason, figures, message };
}
