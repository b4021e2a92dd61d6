import type { BatchOutput, BatchResult, RouteOutput } from "../../core/contract.ts";
import { usdFromNano, type NanoUsd } from "../../core/money.ts";
import type { Outcome } from "../../core/outcome.ts";

/** What became of one task of a batch. */
export interface TaskOutcome {
  readonly outcome: Outcome<RouteOutput>;
  readonly costNanoUsd: NanoUsd;
}

/** The outcomes of a batch, in the order of its tasks, and what they come to. Everything else is on each task's receipt. */
export function presentBatch(
  outcomes: readonly TaskOutcome[],
  reservedNanoUsd: NanoUsd,
  latencyMs: number,
): BatchOutput {
  const results = outcomes.map(({ outcome }) => presentResult(outcome));
  const count = (status: BatchResult["status"]): number => results.filter((each) => each.status === status).length;
  return {
    results,
    totals: {
      tasks: results.length,
      accepted: count("accepted"),
      below_quality: count("below_quality"),
      failed: count("failed"),
      cost_usd: usdFromNano(outcomes.reduce((sum, each) => sum + each.costNanoUsd, 0)),
      cost_is_estimated: outcomes.some(({ outcome }) => outcome.ok && outcome.value.cost_is_estimated),
      reserved_usd: usdFromNano(reservedNanoUsd),
      latency_ms: latencyMs,
    },
  };
}

/** What became of one task, in the contract's spelling. */
export function presentResult(outcome: Outcome<RouteOutput>): BatchResult {
  if (!outcome.ok) {
    const { code, message, cost_usd: costUsd, retry_after_ms: retryAfterMs, route_id: routeId } = outcome.error;
    return {
      status: "failed",
      ...(routeId === undefined ? {} : { route_id: routeId }),
      cost_usd: costUsd,
      error: { code, message, ...(retryAfterMs === undefined ? {} : { retry_after_ms: retryAfterMs }) },
    };
  }
  const { status, route_id: routeId, text, model, verdict, cost_usd: costUsd, output } = outcome.value;
  const failed = verdict.checks.filter(({ passed }) => passed === false);
  return {
    status,
    route_id: routeId,
    text,
    ...(output === undefined ? {} : { output }),
    model,
    verdict: {
      status: verdict.status,
      basis: verdict.basis,
      summary: verdict.summary,
      score: verdict.score,
      // A criterion says its name itself.
      failed_checks: failed.map(({ name, detail }) => (detail.startsWith(`${name}: `) ? detail : `${name}: ${detail}`)),
    },
    cost_usd: costUsd,
    ...callerSavedOf(outcome.value),
  };
}

function callerSavedOf(value: RouteOutput): Partial<BatchResult> {
  const { caller_unwritten_tokens, caller_unread_tokens, caller_saved_usd } = value;
  return caller_saved_usd === undefined ? {} : { caller_unwritten_tokens, caller_unread_tokens, caller_saved_usd };
}
