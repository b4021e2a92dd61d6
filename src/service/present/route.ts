import type { AttemptRecord } from "../../core/attempt.ts";
import type { AttemptOut, ErrorOutput, EstimateOutput, RouteOutput, VerdictOut } from "../../core/contract.ts";
import type { Candidate, Plan, Snapshot } from "../../core/planning.ts";
import { writtenSummary, type Delivery } from "../../core/file-output.ts";
import type { Model } from "../../core/model.ts";
import type { ReceiptVerdict } from "../../core/contract-resources.ts";
import { usdFromNano } from "../../core/money.ts";
import type { RequestEnd } from "../../core/ports.ts";
import type { Request } from "../../core/request.ts";
import type { Outcome } from "../../core/outcome.ts";
import { sizeCandidate } from "../../core/candidate-sizing.ts";
import { TOKEN_COUNT_METHOD } from "../../core/tokens.ts";
import type { Usage } from "../../core/usage.ts";
import type { Verdict } from "../../core/verdict.ts";
import type { WorstCase } from "../../core/worst-case.ts";
import type { Routed } from "../../engine/router.ts";

/** A routed request in the contract's spelling. */
export function presentRouted(routed: Routed): Outcome<RouteOutput> {
  const { answer, end, delivery } = routed;
  const attempts = routed.attempts.map(presentAttempt);
  if (routed.error !== null || answer === null) {
    const { code, message, retryAfterMs } = routed.error ?? { code: "all_failed", message: "No answer." };
    return {
      ok: false,
      error: {
        code,
        message,
        attempts,
        cost_usd: usdFromNano(routed.costNanoUsd),
        ...(retryAfterMs === undefined ? {} : { retry_after_ms: retryAfterMs }),
        route_id: routed.request.routeId,
      },
    };
  }
  return {
    ok: true,
    value: {
      route_id: routed.request.routeId,
      status: answer.attempt.outcome === "accepted" ? "accepted" : "below_quality",
      text: textOrSummary(answer.text, delivery),
      model: answer.attempt.model,
      provider: answer.attempt.provider,
      verdict: presentVerdict(answer.verdict),
      cost_usd: usdFromNano(routed.costNanoUsd),
      cost_is_estimated: routed.attempts.some((attempt) => !attempt.cost.exact),
      latency_ms: routed.latencyMs,
      usage: presentUsage(answer.attempt.usage),
      attempts,
      plan: presentPlan(routed.plan),
      baseline: presentBaseline(end, routed.costNanoUsd),
      notes: [...routed.notes],
      ...presentDelivery(routed.request, delivery),
      ...presentCallerSaved(end),
    },
  };
}

/** What stands in a result as its text: the answer, or what of it was written. */
export function textOrSummary(text: string, delivery: Delivery | null): string {
  return delivery?.ok === true ? writtenSummary(delivery.written) : text;
}

/** What was written; or that nothing was, where the caller asked for it. */
export function presentDelivery(
  request: Pick<Request, "output">,
  delivery: Delivery | null,
): Pick<RouteOutput, "output"> {
  if (request.output === undefined) return {};
  if (delivery === null)
    return { output: { written: [], error: "the answer was not accepted, so nothing was written" } };
  if (!delivery.ok) return { output: { written: [], error: delivery.problem } };
  return { output: { written: delivery.written.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })) } };
}

/** What the caller was spared; nothing, where it was nothing. */
export function presentCallerSaved(
  end: RequestEnd | null,
): Pick<RouteOutput, "caller_unwritten_tokens" | "caller_unread_tokens" | "caller_saved_usd"> {
  if (end?.callerSaved === undefined) return {};
  const { unwrittenTokens, unreadTokens, nanoUsd } = end.callerSaved;
  return {
    caller_unwritten_tokens: unwrittenTokens,
    caller_unread_tokens: unreadTokens,
    caller_saved_usd: nanoUsd === null ? null : usdFromNano(nanoUsd),
  };
}

/** A plan as `estimate_cost` shows it: the candidates in order first, then those that the budget refuses. */
export function presentEstimate(
  request: Request,
  plan: Plan,
  worst: WorstCase,
  baseline: EstimateOutput["baseline"],
  overBudget: readonly Candidate[],
): EstimateOutput {
  return {
    task: request.task.id,
    candidates: [
      ...plan.order.map((candidate) => presentCandidate(candidate, true)),
      ...overBudget.map((candidate) => presentCandidate(candidate, false)),
    ],
    order: plan.order.map((candidate) => candidate.model.id),
    rejected: presentPlan(plan).rejected,
    worst_case_usd: usdFromNano(worst.nanoUsd),
    baseline,
    notes: [...request.notes, ...sentNotes(request), ...plan.notes],
  };
}

/** What would be sent of files that are named by path. */
function sentNotes({ sentFiles = [] }: Request): readonly string[] {
  return sentFiles.map(
    ({ path, bytes, lines }) => `sends ${path}${lines === undefined ? "" : ` lines ${lines}`}: ${bytes} bytes`,
  );
}

/** What the baseline model alone would cost, whatever the plan, the budgets and the keys are; `null`: it has no price, or cannot take it. */
export function baselineOf(model: Model, request: Request, snapshot: Snapshot): EstimateOutput["baseline"] {
  if (model.prices === "unpriced") return null;
  const anyhow: Snapshot = { ...snapshot, budgets: [], providers: new Map([[model.provider, { available: true }]]) };
  const alone = { ...request, budgetNanoUsd: null };
  const sized = sizeCandidate(model, alone, anyhow, { spentNanoUsd: 0, elapsedMs: 0 });
  return sized.ok ? { model: model.id, cost_usd: usdFromNano(sized.candidate.costExpectedNanoUsd) } : null;
}

function presentCandidate(candidate: Candidate, withinBudget: boolean): EstimateOutput["candidates"][number] {
  return {
    model: candidate.model.id,
    provider: candidate.model.provider,
    input_tokens: candidate.inputTokensExpected,
    output_tokens_expected: candidate.outputTokensExpected,
    output_tokens_max: candidate.outputLimitTokens,
    cost_usd_expected: usdFromNano(candidate.costExpectedNanoUsd),
    cost_usd_low: usdFromNano(candidate.costBand.lowNanoUsd),
    cost_usd_high: usdFromNano(candidate.costBand.highNanoUsd),
    cost_usd_max: usdFromNano(candidate.costMaxNanoUsd),
    estimate_method:
      candidate.costBand.method === "history"
        ? `history of ${candidate.costBand.samples} answers: a tenth of them cost less than low, a tenth more than high`
        : "prior of the task: a quarter of its usual answer length to four times",
    within_budget: withinBudget,
    token_count_method: TOKEN_COUNT_METHOD,
  };
}

/** What the baseline would have cost, and the signed saving against it; `null` when there is nothing to compare. */
export function presentBaseline(end: RequestEnd | null, costNanoUsd: number): RouteOutput["baseline"] {
  if (end === null || end.baselineModel === null || end.baselineNanoUsd === null) return null;
  return {
    model: end.baselineModel,
    cost_usd: usdFromNano(end.baselineNanoUsd),
    saved_usd: usdFromNano(end.baselineNanoUsd - costNanoUsd),
  };
}

/** The order, and who might have been asked but is not. Models that the task or the caller never named are on the receipt alone. */
export function presentPlan(plan: Plan): RouteOutput["plan"] {
  return {
    order: plan.order.map((candidate) => candidate.model.id),
    rejected: plan.rejected
      .filter(({ code }) => code !== "not_in_task" && code !== "not_in_allow_list")
      .map(({ model, reason }) => ({ model, reason })),
  };
}

export function presentAttempt(attempt: AttemptRecord): AttemptOut {
  return {
    role: attempt.role,
    model: attempt.model,
    provider: attempt.provider,
    outcome: attempt.outcome,
    ...(attempt.failure === null ? {} : { error_kind: attempt.failure.kind, error_message: attempt.failure.message }),
    ...(attempt.verdict === null ? {} : { verdict_score: attempt.verdict.score }),
    cost_usd: usdFromNano(attempt.cost.nanoUsd),
    latency_ms: attempt.latencyMs,
  };
}

export function presentVerdict(verdict: Verdict): VerdictOut {
  return {
    status: verdict.status,
    basis: verdict.basis,
    summary: verdict.summary,
    score: verdict.score,
    checks: verdict.checks.map(({ name, passed, detail }) => ({ name, passed, detail })),
    ...(verdict.judgedBy === undefined ? {} : { judged_by: verdict.judgedBy }),
  };
}

/** A verdict with what its checks found and measured, for a receipt. */
export function presentVerdictInFull(verdict: Verdict): ReceiptVerdict {
  const { checks, ...others } = presentVerdict(verdict);
  return {
    ...others,
    checks: checks.map((check, index) => {
      const { findings = [], evidence = [], measured } = verdict.checks[index] ?? {};
      return {
        ...check,
        findings: findings.map(({ rule, certainty, severity, message }) => ({ rule, certainty, severity, message })),
        evidence,
        ...(measured === undefined ? {} : { measured }),
      };
    }),
  };
}

export function presentUsage(usage: Usage): RouteOutput["usage"] {
  return {
    input_tokens: usage.inputTokens,
    cache_read_tokens: usage.cacheReadTokens,
    cache_write_tokens: usage.cacheWriteTokens,
    output_tokens: usage.outputTokens,
    reasoning_tokens: usage.reasoningTokens,
  };
}

/** A failure before any attempt. */
export function refusal(
  code: string,
  message: string,
  retryAfterMs?: number,
): { readonly ok: false; readonly error: ErrorOutput } {
  const when = retryAfterMs === undefined ? {} : { retry_after_ms: retryAfterMs };
  return { ok: false, error: { code, message, attempts: [], cost_usd: 0, ...when } };
}
