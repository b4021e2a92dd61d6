import type { SpendReportOutput } from "./contract-reports.ts";
import type { BudgetsOut } from "./contract-resources.ts";

/** For how many days the view may ask. */
export const DASHBOARD_DAYS = [7, 30, 90] as const;
export type DashboardDays = (typeof DASHBOARD_DAYS)[number];

type DashboardTotals = SpendReportOutput["totals"];

/** One day, model or task. */
export type DashboardRow = { readonly key: string } & Pick<
  DashboardTotals,
  "requests" | "accepted" | "verified" | "unchecked" | "cost_usd" | "baseline_usd" | "saved_usd"
>;

/** `signalbox://dashboard/{days}`, and what the view shows. Days are UTC; money in USD. No text of a prompt or an answer. */
export interface DashboardOut {
  readonly generated_at: string;
  readonly days: DashboardDays;
  readonly since: string;
  readonly until: string;
  /** `null`: the owner's, who sees all. */
  readonly principal: string | null;
  readonly baseline_model: string;
  readonly totals: DashboardTotals;
  /** Every day of the period, oldest first. */
  readonly by_day: readonly DashboardRow[];
  readonly by_model: readonly DashboardRow[];
  readonly by_task: readonly DashboardRow[];
  /** How requests ended, and how long they took. */
  readonly report: SpendReportOutput["report"];
  /** Ever, or of those requests of the principal that are still kept. */
  readonly models: readonly {
    readonly model: string;
    readonly provider: string;
    readonly attempts: number;
    readonly accepted: number;
    readonly rejected: number;
    readonly failed: number;
    readonly latency_p50_ms: number | null;
    readonly latency_p95_ms: number | null;
  }[];
  /** Models that are not well now, and how many are. */
  readonly breakers: {
    readonly well: number;
    readonly unwell: readonly { readonly model: string; readonly provider: string; readonly detail: string }[];
  };
  readonly budgets: BudgetsOut["budgets"];
  /** The latest requests, newest first. */
  readonly recent: readonly {
    readonly route_id: string;
    readonly task: string;
    readonly started_at: string;
    readonly status: string;
    readonly verdict: string | null;
    readonly model: string | null;
    readonly attempts: number;
    readonly cost_usd: number;
    readonly latency_ms: number;
  }[];
}
