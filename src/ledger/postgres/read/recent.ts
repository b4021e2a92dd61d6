import type { PastAttempt } from "../../../core/breaker.ts";
import type { BudgetLimit } from "../../../core/budget.ts";
import { CLOCK_SLACK_MS } from "../../../core/health.ts";
import type { ModelId } from "../../../core/model.ts";
import type { RecentFacts } from "../../../core/ports.ts";
import { wholeMs } from "../../units.ts";
import { limitArgument, stateOf, type UsedOfLimit } from "../write/limits.ts";
import { FORGOTTEN_MS, NEWEST, RECENT_MS } from "../../common/bounds.ts";
import { outagesOf, type OutageColumns } from "./outages.ts";

/** What the function `recent` answers. */
export interface RecentRows {
  readonly budgets: readonly UsedOfLimit[];
  /** Of each model its principal's own first, the newest first. */
  readonly samples: readonly (readonly [model: string, atMs: number, value: number])[];
  readonly outages: readonly OutageColumns[];
  readonly latencies: readonly (readonly [model: string, samples: number, p50Ms: number, p95Ms: number])[];
}

/** What the function `recent` takes. */
export function recentArgument(
  limits: readonly BudgetLimit[],
  nowMs: number,
  task: string | null,
  batchId: string | null,
  principal: string | null,
): object {
  return {
    limits: limits.map((limit, index) => limitArgument(limit, index, 0, nowMs)),
    nowMs: wholeMs(nowMs),
    fromMs: Math.ceil(nowMs - RECENT_MS),
    untilMs: Math.floor(nowMs + CLOCK_SLACK_MS),
    outagesFromMs: Math.ceil(nowMs - FORGOTTEN_MS),
    task,
    batchId,
    principal: principal ?? "",
    latencySamples: NEWEST.latencyOfTask,
  };
}

export function recentFacts(limits: readonly BudgetLimit[], rows: RecentRows): RecentFacts {
  const attempts = new Map<ModelId, readonly PastAttempt[]>();
  for (const [model, samples] of Map.groupBy(rows.samples, ([model]) => model)) {
    const past = samples.map(([, atMs, value]): PastAttempt => ({ atMs, tripped: value === 1 }));
    attempts.set(model, isMixed(past) ? past.sort((one, other) => other.atMs - one.atMs) : past);
  }
  return {
    attempts,
    budgets: limits.map((limit, index) => stateOf(limit, rows.budgets[index] ?? { spent: 0, held: 0, until: null })),
    outages: outagesOf(rows.outages),
    latencies: new Map(rows.latencies.map(([model, samples, p50Ms, p95Ms]) => [model, { samples, p50Ms, p95Ms }])),
  };
}

function isMixed(past: readonly PastAttempt[]): boolean {
  return past.some(({ atMs }, index) => atMs > (past[index - 1]?.atMs ?? Infinity));
}
