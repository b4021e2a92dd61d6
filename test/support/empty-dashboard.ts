import { NO_REPORT } from "./spend-totals.ts";
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
    report: NO_REPORT,
    models: [],
    breakers: { well: 2, unwell: [] },
    budgets: [],
    recent: [],
  };
}
