import type { DashboardDays, DashboardOut } from "../../src/core/contract-dashboard.ts";

/** A dashboard of a ledger without a request. */
export function emptyDashboard(
  days: DashboardDays,
  day: string,
  baselineModel: string,
  totals: DashboardOut["totals"],
): DashboardOut {
  return {
    generated_at: `${day}T12:00:00.000Z`,
    days,
    since: day,
    until: day,
    principal: null,
    baseline_model: baselineModel,
    totals,
    by_day: [],
    by_model: [],
    by_task: [],
    served: {
      requests: 0,
      accepted: 0,
      below_quality: 0,
      failed: 0,
      cancelled: 0,
      refused: 0,
      success_share: null,
      saved_by_fallback: 0,
      saved_by_repair: 0,
      latency_ms: null,
      is_complete: true,
    },
    models: [],
    breakers: { well: 2, unwell: [] },
    budgets: [],
    recent: [],
  };
}
