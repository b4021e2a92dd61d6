import type { PolicyOut, Receipt } from "../../src/core/contract-resources.ts";
import type {
  AttemptOut,
  ErrorOutput,
  EstimateInput,
  EstimateOutput,
  RouteInput,
  RouteOutput,
} from "../../src/core/contract.ts";
import type { ModelOut, SpendReportOutput } from "../../src/core/contract-reports.ts";
import { NO_REPORT, spendTotals } from "./spend-totals.ts";

export const FAKE_DAY = "2026-11-23";
export const FAST = "fast-1";
export const STRONG = "strong-1";
/** Like the name of a local model: a slash and a colon, which an address must escape. */
export const AWKWARD_MODEL = "local/llama:8b";

export const POLICY: PolicyOut = {
  task: "code",
  title: "Code",
  description: "Code",
  candidates: [FAST, STRONG],
  min_quality: 0.8,
  optimize: "quality",
  max_output_tokens: 1000,
  checks: [],
  on_unchecked: ["accept"],
  repair: true,
};

export function receiptOf({ outcome, ...route }: RouteOutput & { outcome?: boolean }): Receipt {
  return {
    route_id: route.route_id,
    task: "code",
    status: route.status,
    started_at: `${FAKE_DAY}T00:00:00.000Z`,
    latency_ms: route.latency_ms,
    budget_usd: null,
    deadline_ms: 30_000,
    min_quality: 0.8,
    optimize: "quality",
    prompt: { chars: 5, sha256: "" },
    plan: route.plan,
    attempts: route.attempts.map((attempt, index) => ({
      ...attempt,
      attempt_id: `${route.route_id}-${index + 1}`,
      returned: index === route.attempts.length - 1,
      cost_is_estimated: false,
      started_after_ms: 0,
      first_token_ms: null,
      usage: route.usage,
      verdict: null,
    })),
    cost_usd: route.cost_usd,
    baseline: route.baseline,
    notes: route.notes,
    reported_outcome: outcome === undefined ? null : { success: outcome, note: null, at: `${FAKE_DAY}T00:00:00.000Z` },
  };
}

export const PAID: AttemptOut = {
  role: "answer",
  model: FAST,
  provider: "anthropic",
  outcome: "rejected",
  verdict_score: 0.4,
  cost_usd: 0.002,
  latency_ms: 900,
};

export const TOO_DEAR: ErrorOutput = {
  code: "approval_required",
  message: "could cost up to $1.50; give a budget_usd of at most 0.5, or raise approval_usd",
  attempts: [],
  cost_usd: 0,
  approval: {
    worst_case_usd: 1.5,
    cost_usd_expected: 0.01,
    approval_usd: 0.5,
    tasks: 1,
    plan: [
      { model: FAST, cost_usd_expected: 0.01, cost_usd_max: 0.3 },
      { model: STRONG, cost_usd_expected: 0.05, cost_usd_max: 1.2 },
    ],
  },
};

export const FAILURE: ErrorOutput = {
  code: "all_failed",
  message: "Every candidate failed; try again in 2 s",
  attempts: [PAID],
  cost_usd: 0.002,
  retry_after_ms: 2000,
};

export function routeOutput(routeId: string, input: RouteInput, below: boolean): RouteOutput {
  const score = below ? 0.41 : 0.94;
  return {
    route_id: routeId,
    status: below ? "below_quality" : "accepted",
    text: `answer to ${input.prompt}`,
    model: STRONG,
    provider: "anthropic",
    verdict: {
      status: below ? "failed" : "verified",
      basis: below ? null : "tests",
      summary: below ? "json: not parsed" : "2 of 2 of your criteria met",
      score,
      checks: [{ name: "json", passed: !below, detail: "parsed" }],
    },
    cost_usd: 0.0123,
    cost_is_estimated: false,
    latency_ms: 3140,
    usage: {
      input_tokens: 100,
      cache_read_tokens: null,
      cache_write_tokens: null,
      output_tokens: 40,
      reasoning_tokens: null,
    },
    attempts: [PAID, { ...PAID, model: STRONG, outcome: below ? "rejected" : "accepted", verdict_score: score }],
    plan: { order: [FAST, STRONG], rejected: [{ model: AWKWARD_MODEL, reason: "not in the allow-list" }] },
    baseline: { model: STRONG, cost_usd: 0.0523, saved_usd: 0.04 },
    notes: [],
  };
}

export function estimateOutput(input: EstimateInput): EstimateOutput {
  const costUsdMax = 0.02;
  return {
    task: input.task,
    candidates: [
      {
        model: FAST,
        provider: "anthropic",
        input_tokens: input.prompt.length,
        output_tokens_expected: 300,
        output_tokens_max: 4000,
        cost_usd_expected: 0.002,
        cost_usd_low: 0.0005,
        cost_usd_high: 0.02,
        cost_usd_max: costUsdMax,
        estimate_method: "prior of the task",
        within_budget: costUsdMax <= (input.budget_usd ?? Infinity),
        token_count_method: "estimate",
      },
    ],
    order: [FAST],
    rejected: [],
    worst_case_usd: 0.05,
    baseline: null,
    notes: [],
  };
}

export function modelOut(id: string, provider: string, available: boolean): ModelOut {
  return {
    id,
    provider,
    wire_id: id,
    available,
    ...(available ? {} : { unavailable_reason: "set ANTHROPIC_API_KEY" }),
    input_usd_per_mtok: 1,
    output_usd_per_mtok: 5,
    cache_read_usd_per_mtok: 0.1,
    cache_write_usd_per_mtok: null,
    context_tokens: 200_000,
    max_output_tokens: null,
    timeout_ms: 60_000,
    quality: 0.8,
    lifecycle: "current",
    health: "ok",
  };
}

export const MODELS = [
  modelOut(FAST, "anthropic", true),
  modelOut(STRONG, "anthropic", false),
  modelOut(AWKWARD_MODEL, "local", true),
];

export function spendOf(routes: readonly RouteOutput[], groupBy: string): SpendReportOutput {
  const costUsd = routes.reduce((sum, route) => sum + route.cost_usd, 0);
  const baselineUsd = routes.reduce((sum, route) => sum + (route.baseline?.cost_usd ?? 0), 0);
  const totals = spendTotals({
    requests: routes.length,
    accepted: routes.filter((route) => route.status === "accepted").length,
    verified: routes.filter((route) => route.verdict.status === "verified").length,
    unchecked: 0,
    cost_usd: costUsd,
    baseline_usd: baselineUsd,
    saved_usd: baselineUsd - costUsd,
    saved_share: baselineUsd === 0 ? null : 1 - costUsd / baselineUsd,
  });
  return {
    report: NO_REPORT,
    totals,
    rows: routes.length === 0 ? [] : [{ ...totals, key: groupBy === "day" ? FAKE_DAY : STRONG }],
  };
}
