import type { Evidence, Finding, Measured } from "../checks/kit/check-result.ts";
import type { AttemptOut, RouteOutput, VerdictOut } from "./contract.ts";
import type { FileFact } from "./file-output.ts";
import type { RequestRecord, RequestStatus } from "./ports.ts";
import type { Optimize, UncheckedStep } from "./task.ts";

/** A check on a receipt: with what it found, and what it measured. */
export interface ReceiptCheck {
  readonly name: string;
  readonly passed: boolean | null;
  readonly detail: string;
  readonly findings: readonly Omit<Finding, "repair">[];
  readonly evidence: readonly Evidence[];
  readonly measured?: Measured;
}

/** A verdict on a receipt. */
export interface ReceiptVerdict extends Omit<VerdictOut, "checks"> {
  readonly checks: readonly ReceiptCheck[];
}

export interface ReceiptAttempt extends AttemptOut {
  readonly attempt_id: string;
  /** Its answer is the one that the request returned. */
  readonly returned: boolean;
  readonly cost_is_estimated: boolean;
  /** Since the request began. */
  readonly started_after_ms: number;
  readonly first_token_ms: number | null;
  readonly usage: RouteOutput["usage"];
  readonly verdict: ReceiptVerdict | null;
  /** Only with `privacy.store_text`. */
  readonly text?: string;
}

/** `signalbox://routes/{route_id}`: everything recorded about a request. */
export interface Receipt extends Pick<
  RouteOutput,
  "caller_unwritten_tokens" | "caller_unread_tokens" | "caller_saved_usd" | "answered_from"
> {
  readonly route_id: string;
  readonly principal?: string;
  readonly task: string;
  readonly status: RequestStatus | "running";
  readonly error_code?: string;
  /** ISO 8601. */
  readonly started_at: string;
  readonly latency_ms: number | null;
  readonly budget_usd: number | null;
  readonly deadline_ms: number;
  readonly min_quality: number;
  readonly optimize: string;
  readonly prompt: { readonly chars: number; readonly sha256: string; readonly text?: string };
  readonly plan: RequestRecord["plan"];
  /** With which its plan was taken, where it was chosen by what was learned: below 1 when others may be tried out. */
  readonly plan_probability?: number;
  readonly attempts: readonly ReceiptAttempt[];
  readonly cost_usd: number;
  readonly baseline: RouteOutput["baseline"];
  readonly notes: readonly string[];
  /** Files that were read by path and sent. */
  readonly files?: readonly FileFact[];
  /** Files that the answer was written to. */
  readonly written?: readonly FileFact[];
  readonly reported_outcome: { readonly success: boolean; readonly note: string | null; readonly at: string } | null;
}

/** A model in `signalbox://metrics`. */
export interface ModelMetricsOut {
  readonly model: string;
  readonly provider: string;
  readonly attempts: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly failed: number;
  readonly failures_by_kind: Readonly<Record<string, number>>;
  readonly verified: number;
  readonly cost_usd: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly latency_p50_ms: number | null;
  readonly latency_p95_ms: number | null;
  readonly reported_success: number;
  readonly reported_failure: number;
}

/** What callers said of accepted answers that stood on one kind of evidence; `null`: on none. */
export interface CheckRecordOut {
  readonly task: string;
  readonly basis: string | null;
  readonly reported: number;
  readonly wrong: number;
  /** 95% interval of the share of wrong ones among those that were reported. */
  readonly wrong_share_low: number;
  readonly wrong_share_high: number;
}

export interface MetricsOut {
  readonly models: readonly ModelMetricsOut[];
  /** Of all models together; absent while nothing was reported. */
  readonly checks?: { readonly note: string; readonly rows: readonly CheckRecordOut[] };
}

/** `signalbox://budget`. */
export interface BudgetsOut {
  readonly budgets: readonly {
    readonly scope: string;
    readonly limit_usd: number;
    readonly spent_usd: number;
    readonly held_usd: number;
    readonly left_usd: number;
  }[];
}

/** A task in `signalbox://policy`. */
export interface PolicyOut {
  readonly task: string;
  readonly title: string;
  readonly description: string;
  readonly candidates: readonly string[];
  readonly min_quality: number;
  readonly optimize: Optimize;
  readonly max_output_tokens: number;
  readonly checks: readonly string[];
  readonly on_unchecked: readonly UncheckedStep[];
  readonly repair: boolean;
  readonly judges?: readonly string[];
}
