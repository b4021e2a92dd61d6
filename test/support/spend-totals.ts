import type { SpendReportOutput } from "../../src/core/contract-reports.ts";

type Totals = SpendReportOutput["totals"];

/** The report of a ledger without requests. */
export const NO_REPORT: SpendReportOutput["report"] = {
  requests: 0,
  complete: true,
  right_model: { mark: "open", target_share: 0.9, share: null, by_task: [] },
  saved_requests: { mark: "open", target_share: 0.9, share: null, in_need: 0, by_fallback: 0, by_repair: 0 },
  cost: { mark: "open", target_share: 0.3, share: null, by: "modelled" },
  latency: {
    mark: "open",
    target_ms: 30_000,
    target_share: 0.99,
    share: null,
    p50_ms: null,
    p90_ms: null,
    p95_ms: null,
    p99_ms: null,
    most_ms: null,
  },
  success: { mark: "open", target_share: 0.995, share: null, succeeded: 0, failed: 0, refused: 0, cancelled: 0 },
};

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
