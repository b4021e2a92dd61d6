import type { SpendReportOutput } from "../../src/core/contract-reports.ts";

type Totals = SpendReportOutput["totals"];

/** Totals of a spend report in which nothing was measured. */
export function spendTotals(over: Partial<Totals> = {}): Totals {
  return {
    requests: 1,
    accepted: 1,
    verified: 1,
    unchecked: 0,
    cost_usd: 0,
    baseline_usd: 0,
    saved_usd: 0,
    saved_share: null,
    measured: null,
    usd_per_verified: null,
    unchecked_share: null,
    caller_tokens: 0,
    caller_usd: null,
    caller_unwritten_tokens: 0,
    caller_unread_tokens: 0,
    caller_saved_usd: null,
    target: { saved_share: 0.3, mark: "open", by: "modelled" },
    ...over,
  };
}
