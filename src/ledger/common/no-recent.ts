import type { BudgetLimit } from "../../core/budget.ts";
import type { RecentFacts } from "../../core/ports.ts";

/** The same of a ledger that was never written. */
export function noRecent(limits: readonly BudgetLimit[]): RecentFacts {
  return {
    attempts: new Map(),
    budgets: limits.map((limit) => ({ ...limit, spentNanoUsd: 0, heldNanoUsd: 0, heldUntilMs: null })),
    outages: new Map(),
    latencies: new Map(),
  };
}
