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

/** Shares are 0..1; `null`: there was nothing to share. */
export interface ServedOut {
  readonly requests: number;
  readonly accepted: number;
  readonly below_quality: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Before any model was asked. */
  readonly refused: number;
  /** Accepted ones of all that were neither refused nor cancelled. */
  readonly success_share: number | null;
  readonly saved_by_fallback: number;
  readonly saved_by_repair: number;
  /** Of accepted requests. */
  readonly latency_ms: Readonly<Record<"p50" | "p90" | "p95" | "p99" | "max", number>> | null;
  /** False when there were more requests than were looked at: the figures are of the latest. */
  readonly is_complete: boolean;
}

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
  readonly served: ServedOut;
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
