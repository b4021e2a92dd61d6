import type { ModelId } from "../core/model.ts";
import { evidenceValue } from "./evidence-value.ts";
import { passRate, shrink, type BetaBelief, type PassTotals } from "./pass-rate.ts";
import type { PlanStep } from "./plan-table.ts";
import { meanOf, NO_PASSES, type ModelStatistics, type PassCounts } from "./statistics.ts";

/** What is believed of a model on a task, from its statistics and the catalogue's prior. */
export interface ModelBelief {
  /** P(its answer is accepted), when it is the first that is asked. */
  readonly alone: BetaBelief;
  /** P(right | accepted): what callers said later, on top of a prior. */
  readonly precision: number;
  /** By the model whose answer failed before. */
  readonly afterFailure: Readonly<Record<ModelId, PassCounts>>;
  /** Answers to the task that were accepted or rejected by a check, ever. */
  readonly judged: number;
  /** False when callers' words show that its checks accept right and wrong answers alike. */
  readonly tells: boolean;
  /** What an answer costs on average, nano-USD; `null`: never seen. */
  readonly costNanoUsd: number | null;
}

/** P(right | accepted) before any caller has said a word: of an answer that evidence verified, and of one that nothing could check. */
const PRECISION_VERIFIED = 0.95;
const PRECISION_UNCHECKED = 0.8;
/** Words of callers that these priors are worth. */
const PRECISION_MASS = 10;
/** P(right | rejected): a fact against an answer is seldom mistaken. */
export const RIGHT_REJECTED = 0.1;
/** Fewer words of callers than this do not show that a check tells nothing. */
const LEAST_OUTCOMES = 30;

/** One belief a step. The tier of a task is all that is held against the same kind of evidence. */
export function beliefsOf(
  steps: readonly PlanStep[],
  task: string,
  statistics: readonly ModelStatistics[],
): readonly ModelBelief[] {
  const onTask = statistics.filter(({ key }) => key.task === task);
  const basis = onTask.toSorted((a, b) => b.accepted.recent - a.accepted.recent)[0]?.key.basis ?? null;
  return steps.map(({ model, priorQuality }) => {
    const all = statistics.filter(({ key }) => key.model === model);
    const here = all.filter(({ key }) => key.task === task);
    const elsewhere = all.filter(({ key }) => key.task !== task);
    const alone = passRate({
      modelOnTask: totalsOf(here),
      modelOnTier: totalsOf(elsewhere.filter(({ key }) => key.basis === basis)),
      modelOnAll: totalsOf(elsewhere),
      priorQuality,
    });
    const outcomes = { passed: sum(here, (each) => each.outcomes.right.recent), failed: sum(here, wrongRecent) };
    const prior = basis === null ? PRECISION_UNCHECKED : PRECISION_VERIFIED;
    const measured = here.filter(({ costNanoUsd }) => meanOf(costNanoUsd) !== null);
    const seen = sum(measured, ({ costNanoUsd }) => costNanoUsd.recentCount);
    return {
      alone,
      precision: shrink(outcomes, { mean: prior, mass: PRECISION_MASS }).mean,
      afterFailure: mergedAfter(here),
      judged: sum(here, ({ accepted, failed }) => accepted.raw + failed.raw),
      tells: tells(here, outcomes),
      costNanoUsd: seen > 0 ? sum(measured, ({ costNanoUsd }) => costNanoUsd.recentSum) / seen : null,
    };
  });
}

/** How right an answer is in all, when the model is asked alone. */
export function qualityOf({ alone, precision }: ModelBelief): number {
  return alone.mean * precision + (1 - alone.mean) * RIGHT_REJECTED;
}

/** Passes of answers that were the first to their request: those after a failure were to harder requests. */
function totalsOf(statistics: readonly ModelStatistics[]): PassTotals {
  const after = (each: ModelStatistics, pick: "accepted" | "failed"): number =>
    Math.max(0, ...Object.values(each.afterFailure).map((counts) => counts[pick].recent));
  const first = (pick: "accepted" | "failed"): number =>
    sum(statistics, (each) => Math.max(0, each[pick].recent - after(each, pick)));
  return { passed: first("accepted"), failed: first("failed") };
}

function tells(here: readonly ModelStatistics[], { passed, failed }: PassTotals): boolean {
  const said = sum(here, ({ outcomes }) => outcomes.right.raw + outcomes.wrong.raw);
  if (said < LEAST_OUTCOMES || passed + failed === 0) return true;
  const share = passed / (passed + failed);
  const [accepted, rejected] = [sum(here, (each) => each.accepted.recent), sum(here, (each) => each.failed.recent)];
  const [rightAccepted, wrongAccepted] = [accepted * share, accepted * (1 - share)];
  return evidenceValue({
    rightAccepted,
    right: rightAccepted + rejected * RIGHT_REJECTED,
    wrongAccepted,
    wrong: wrongAccepted + rejected * (1 - RIGHT_REJECTED),
  }).tells;
}

function wrongRecent({ outcomes }: ModelStatistics): number {
  return outcomes.wrong.recent;
}

function mergedAfter(statistics: readonly ModelStatistics[]): Readonly<Record<ModelId, PassCounts>> {
  const merged: Record<ModelId, PassCounts> = {};
  for (const { afterFailure } of statistics) {
    for (const [model, counts] of Object.entries(afterFailure)) {
      const { accepted, failed } = merged[model] ?? NO_PASSES;
      merged[model] = {
        accepted: { raw: accepted.raw + counts.accepted.raw, recent: accepted.recent + counts.accepted.recent },
        failed: { raw: failed.raw + counts.failed.raw, recent: failed.recent + counts.failed.recent },
      };
    }
  }
  return merged;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
