import type { Attributes, Meter } from "@opentelemetry/api";
import { scopeName } from "../core/budget.ts";
import type { AttemptEvent, EndEvent, EventObserver, RouteEvent } from "../core/events.ts";
import { usdFromNano } from "../core/money.ts";
import { billedOutputTokens, promptTokens } from "../core/usage.ts";
import { ATTRIBUTES, METRICS, OPERATION_CHAT, providerName, SECONDS_BOUNDS, TOKEN_BOUNDS } from "./names.ts";

/** Counts events on the instruments of a meter. No attribute holds an id of a request: their values are few. */
export function countOn(meter: Meter): EventObserver {
  const seconds = { advice: { explicitBucketBoundaries: SECONDS_BOUNDS } };
  const tokens = { advice: { explicitBucketBoundaries: TOKEN_BOUNDS } };
  const histogram = (metric: NamedMetric, options: object) =>
    meter.createHistogram(metric.name, { ...metric, ...options });
  const counter = (metric: NamedMetric) => meter.createCounter(metric.name, metric);
  const gauge = (metric: NamedMetric) => meter.createGauge(metric.name, metric);
  const operationDuration = histogram(METRICS.operationDuration, seconds);
  const timeToFirstChunk = histogram(METRICS.timeToFirstChunk, seconds);
  const tokenUsage = histogram(METRICS.tokenUsage, tokens);
  const requestDuration = histogram(METRICS.requestDuration, seconds);
  const requests = counter(METRICS.requests);
  const attempts = counter(METRICS.attempts);
  const verdicts = counter(METRICS.verdicts);
  const cost = counter(METRICS.cost);
  const saved = meter.createUpDownCounter(METRICS.saved.name, METRICS.saved);
  const budgetLimit = gauge(METRICS.budgetLimit);
  const budgetSpent = gauge(METRICS.budgetSpent);
  const budgetHeld = gauge(METRICS.budgetHeld);
  const breakerOpen = gauge(METRICS.breakerOpen);

  const countAttempt = (event: AttemptEvent): void => {
    const call = callAttributes(event);
    const { latencyMs, firstTokenMs, usage, costNanoUsd } = event;
    operationDuration.record(latencyMs / 1000, call);
    if (firstTokenMs !== null) timeToFirstChunk.record(firstTokenMs / 1000, call);
    const counts = { input: promptTokens(usage), output: billedOutputTokens(usage) };
    for (const [type, count] of Object.entries(counts)) {
      if (count !== null) tokenUsage.record(count, { ...call, [ATTRIBUTES.tokenType]: type });
    }
    const { model, task, role, outcome } = event;
    const who = { [ATTRIBUTES.model]: model, [ATTRIBUTES.task]: task, [ATTRIBUTES.role]: role };
    attempts.add(1, { ...who, [ATTRIBUTES.outcome]: outcome, ...errorOf(event) });
    cost.add(usdFromNano(costNanoUsd), who);
  };

  const countEnd = ({ task, status, verdict, latencyMs, baselineNanoUsd, costNanoUsd }: EndEvent): void => {
    const how = { [ATTRIBUTES.task]: task, [ATTRIBUTES.status]: status, [ATTRIBUTES.verdict]: verdict ?? "none" };
    requests.add(1, how);
    requestDuration.record(latencyMs / 1000, { [ATTRIBUTES.task]: task, [ATTRIBUTES.status]: status });
    if (baselineNanoUsd !== null) saved.add(usdFromNano(baselineNanoUsd - costNanoUsd), { [ATTRIBUTES.task]: task });
  };

  const count = (event: RouteEvent): void => {
    switch (event.type) {
      case "plan":
        return;
      case "attempt":
        return countAttempt(event);
      case "verdict":
        return verdicts.add(1, {
          [ATTRIBUTES.model]: event.model,
          [ATTRIBUTES.task]: event.task,
          [ATTRIBUTES.verdict]: event.status,
          [ATTRIBUTES.basis]: event.basis ?? "none",
        });
      case "end":
        return countEnd(event);
      case "breaker":
        return breakerOpen.record(OPENNESS[event.state], { [ATTRIBUTES.model]: event.model });
      case "budget": {
        const { scope, limitNanoUsd, spentNanoUsd, heldNanoUsd } = event.budget;
        const which = { [ATTRIBUTES.scope]: scopeName(scope) };
        budgetLimit.record(usdFromNano(limitNanoUsd), which);
        budgetSpent.record(usdFromNano(spentNanoUsd), which);
        return budgetHeld.record(usdFromNano(heldNanoUsd), which);
      }
    }
  };
  return count;
}

interface NamedMetric {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
}

const OPENNESS = { open: 1, half_open: 0.5, closed: 0 } as const;

/** What the conventions want on each measurement of a call. */
function callAttributes(event: AttemptEvent): Attributes {
  return {
    [ATTRIBUTES.operation]: OPERATION_CHAT,
    [ATTRIBUTES.provider]: providerName(event.provider),
    [ATTRIBUTES.requestModel]: event.wireId,
    ...errorOf(event),
  };
}

function errorOf({ errorKind }: AttemptEvent): Attributes {
  return errorKind === null ? {} : { [ATTRIBUTES.errorType]: errorKind };
}
