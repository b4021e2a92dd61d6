import type { EventObserver, RouteEvent } from "../core/events.ts";
import { usdFromNano } from "../core/money.ts";
import type { Usage } from "../core/usage.ts";

type LogValue = string | number | boolean | null;

/** The part of the log that is needed here. */
export interface RequestLog {
  write(level: "info" | "warn", message: string, fields: Readonly<Record<string, LogValue>>): void;
}

/** One line for each plan, attempt, verdict and end, with the id of its request; and one for each change of a breaker. No text is in any. */
export function requestLog(log: RequestLog): EventObserver {
  return (event) => {
    const fields = fieldsOf(event);
    if (fields === null) return;
    const level = event.type === "breaker" && event.state === "open" ? "warn" : "info";
    log.write(level, event.type, fields);
  };
}

function fieldsOf(event: RouteEvent): Readonly<Record<string, LogValue>> | null {
  switch (event.type) {
    case "plan":
      return {
        ...requestOf(event),
        order: event.order.join(", "),
        rejected: event.rejectedCount,
        optimize: event.optimize,
        budget_usd: event.budgetNanoUsd === null ? null : usdFromNano(event.budgetNanoUsd),
        deadline_ms: event.deadlineMs,
      };
    case "attempt":
      return {
        ...requestOf(event),
        attempt: event.ordinal,
        role: event.role,
        model: event.model,
        provider: event.provider,
        outcome: event.outcome,
        error_kind: event.errorKind,
        http_status: event.httpStatus,
        cost_usd: usdFromNano(event.costNanoUsd),
        cost_is_estimated: !event.costIsExact,
        latency_ms: event.latencyMs,
        first_token_ms: event.firstTokenMs,
        ...tokensOf(event.usage),
      };
    case "verdict":
      return {
        ...requestOf(event),
        model: event.model,
        verdict: event.status,
        basis: event.basis,
        score: event.score,
        failed_checks: event.failedChecks.join(", "),
      };
    case "end":
      return {
        ...requestOf(event),
        status: event.status,
        error_code: event.errorCode,
        verdict: event.verdict,
        model: event.model,
        attempts: event.attempts,
        cost_usd: usdFromNano(event.costNanoUsd),
        latency_ms: event.latencyMs,
      };
    case "breaker":
      return {
        model: event.model,
        provider: event.provider,
        state: event.state,
        until: event.untilMs === null ? null : new Date(event.untilMs).toISOString(),
      };
    // Said by `signalbox budget`, and after each request: that would be a line that says nothing new.
    case "budget":
      return null;
  }
}

function requestOf({
  routeId,
  task,
  principal,
}: {
  readonly routeId: string;
  readonly task: string;
  readonly principal: string | null;
}) {
  return { route_id: routeId, task, ...(principal === null ? {} : { principal }) };
}

function tokensOf({ inputTokens, cacheReadTokens, outputTokens, reasoningTokens }: Usage) {
  return {
    input_tokens: inputTokens,
    cache_read_tokens: cacheReadTokens,
    output_tokens: outputTokens,
    reasoning_tokens: reasoningTokens,
  };
}
