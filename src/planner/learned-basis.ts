import type { SeenAnswer, SeenRequest } from "../core/learning.ts";
import type { ModelId } from "../core/model.ts";
import { beliefsOf, qualityOf, RIGHT_REJECTED, type ModelBelief } from "./beliefs.ts";
import { LEAST_OBSERVED, noBasis, type PlanBasis } from "./choose-plan.ts";
import { compilePlans, LONGEST_PLAN } from "./compile-plans.ts";
import { passRateAfter } from "./pass-rate.ts";
import { planTable, type PlanStep, type StepCell, type TableRow } from "./plan-table.ts";
import type { ModelStatistics } from "./statistics.ts";

/** What a principal's requests have taught about a task. */
export interface LearnedTask {
  readonly task: string;
  /** Of all tasks: what is known of a model elsewhere backs off what is known of it here. */
  readonly statistics: readonly ModelStatistics[];
  /** Of the task. */
  readonly requests: readonly SeenRequest[];
}

/**
 * The basis of a task's plans from requests on which mostly one or two models were asked. Where the best model was not asked, its answer
 * counts as one that would have been accepted: a lower bound of what a cheaper plan is worth. Requests that began with the best model say
 * little of a cheaper beginning: as soon as there are enough others, they are left out of the bound. A model of whose answers fewer than 30 were judged is only tried
 * out, unless it is the best.
 */
export function learnedBasis(steps: readonly PlanStep[], learned: LearnedTask, minQuality: number): PlanBasis {
  const beliefs = beliefsOf(steps, learned.task, learned.statistics);
  const best = bestOf(beliefs, steps);
  if (best === null) return noBasis(minQuality);
  const judged = learned.requests.filter(isJudged);
  const bestModel = steps[best]?.model;
  const others = judged.filter(({ answers }) => answers[0]?.model !== bestModel);
  const bound = new Set(others.length >= LEAST_OBSERVED ? others : judged);
  const rows = judged.map((request) => rowOf(request, steps, beliefs, best, bound.has(request) ? 1 : 0));
  // The last column holds how right the best model is: rows that differ in it are not merged.
  const table = planTable(steps.length + 1, rows);
  const scores = table.scoreRejected[steps.length];
  if (table.effectiveRows === 0 || scores === undefined) return noBasis(minQuality);
  const isKnown = (index: number): boolean =>
    steps[index]?.model === bestModel || (beliefs[index]?.judged ?? 0) >= LEAST_OBSERVED;
  const tells = beliefs.every((belief, index) => !isKnown(index) || belief.tells);
  const reference = { best, contenders: [best], scores: [scores] };
  const plans = compilePlans(steps, table, reference, minQuality, tells ? LONGEST_PLAN : 1);
  return {
    observedRequests: judged.length,
    reference,
    minQuality,
    plans: plans.filter(({ path }) => path.every(isKnown)),
    untried: plans,
    tells,
  };
}

/** Of equals the dearer one. */
function bestOf(beliefs: readonly ModelBelief[], steps: readonly PlanStep[]): number | null {
  let [best, most] = [null as number | null, -1];
  for (const [index, belief] of beliefs.entries()) {
    if (steps[index]?.kind !== "answer") continue;
    const quality = qualityOf(belief);
    const isDearer = (steps[index]?.costNanoUsd ?? 0) > (steps[best ?? -1]?.costNanoUsd ?? 0);
    if (quality > most + 1e-12 || (quality > most - 1e-12 && isDearer)) [best, most] = [index, quality];
  }
  return best;
}

/** Whether anything is known of the answer that was returned. */
function isJudged({ answers, outcome }: SeenRequest): boolean {
  const last = answers.at(-1);
  return last !== undefined && (last.result !== "unchecked" || outcome !== null);
}

function rowOf(
  request: SeenRequest,
  steps: readonly PlanStep[],
  beliefs: readonly ModelBelief[],
  best: number,
  boundWeight: number,
): TableRow {
  const failed = request.answers.flatMap(({ model, result }) => (result === "failed" ? [model] : []));
  const cells = steps.map((step, index) => cellOf(request, step, beliefs[index], failed));
  const bestModel = steps[best]?.model;
  const wasAsked = request.answers.some(({ model }) => model === bestModel);
  const cell = cells[best];
  const right = cell === undefined ? 0 : wasAsked && cell.accept === 0 ? cell.scoreRejected : cell.scoreAccepted;
  return {
    cells: [...cells, { accept: 0, scoreAccepted: 0, scoreRejected: right, costFactor: 1 }],
    costWeight: 1,
    boundWeight,
    // How right an answer is stays a belief, even where the caller has said nothing: its variance is counted.
    modelled: true,
  };
}

/** A model's first answer to a request, or what it made of it when it was to repair it: its last one. */
function cellOf(
  request: SeenRequest,
  { kind, model }: PlanStep,
  belief: ModelBelief | undefined,
  failed: readonly ModelId[],
): StepCell {
  const precision = belief?.precision ?? 0;
  const answers = request.answers.filter((answer) => answer.model === model);
  const last = kind === "repair" ? answers.slice(1).at(-1) : answers[0];
  if (last === undefined) {
    const before = kind === "repair" ? [...failed, model] : failed;
    const accept = belief === undefined ? 0 : passRateAfter(belief.alone, model, before, belief.afterFailure).mean;
    return { accept, scoreAccepted: precision, scoreRejected: RIGHT_REJECTED, costFactor: 1 };
  }
  const wasReturned = last === request.answers.at(-1);
  const isAccepted = last.result === "accepted" || (last.result === "unchecked" && wasReturned);
  const word = wasReturned && request.outcome !== null ? Number(request.outcome) : precision;
  return {
    accept: isAccepted ? 1 : 0,
    scoreAccepted: word,
    scoreRejected: last.result === "unchecked" ? precision : RIGHT_REJECTED,
    costFactor: costFactorOf(last, belief),
  };
}

/** Harder requests cost more; a single one is not believed to cost more than five times as much. */
function costFactorOf({ costNanoUsd }: SeenAnswer, belief: ModelBelief | undefined): number {
  const usual = belief?.costNanoUsd ?? 0;
  return usual <= 0 ? 1 : Math.min(5, Math.max(0.2, costNanoUsd / usual));
}
