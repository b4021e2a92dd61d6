import {
  ROOT_CONTEXT,
  type Attributes,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from "@opentelemetry/api";
import type { AttemptEvent, EndEvent, EventObserver, PlanEvent, VerdictEvent } from "../core/events.ts";
import { usdFromNano } from "../core/money.ts";
import { billedOutputTokens, promptTokens } from "../core/usage.ts";
import { ATTRIBUTES, EVENTS, OPERATION_CHAT, providerName } from "./names.ts";

/** Requests whose end is still out; the oldest goes when there are more: its request has broken off without an end. */
const MOST_OPEN_SPANS = 10_000;

/** Makes a trace of each request: a span for it, a span for each call of a model, and an event for each verdict. */
export function traceOn(tracer: Tracer): EventObserver {
  const open = new Map<string, Span>();

  const begin = (event: PlanEvent): void => {
    const { routeId, task, order, budgetNanoUsd, atMs } = event;
    const attributes = {
      [ATTRIBUTES.routeId]: routeId,
      [ATTRIBUTES.task]: task,
      [ATTRIBUTES.plan]: [...order],
      ...(budgetNanoUsd === null ? {} : { [ATTRIBUTES.budgetUsd]: usdFromNano(budgetNanoUsd) }),
    };
    open.set(routeId, tracer.startSpan(`route ${task}`, { startTime: atMs, attributes, root: true }));
    const [oldest] = open.keys();
    if (open.size > MOST_OPEN_SPANS && oldest !== undefined) open.delete(oldest);
  };

  const addCall = (event: AttemptEvent): void => {
    const parent = open.get(event.routeId);
    const context = parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent);
    const options = { kind: SpanKind.CLIENT, startTime: event.startedAtMs, attributes: callAttributes(event) };
    const span = tracer.startSpan(`${OPERATION_CHAT} ${event.wireId}`, options, context);
    if (event.errorKind !== null) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(event.startedAtMs + event.latencyMs);
  };

  const addVerdict = ({ routeId, model, status, basis, score, atMs }: VerdictEvent): void => {
    const attributes = {
      [ATTRIBUTES.evaluationName]: "signalbox.verdict",
      [ATTRIBUTES.evaluationLabel]: status,
      [ATTRIBUTES.model]: model,
      ...(score === null ? {} : { [ATTRIBUTES.evaluationScore]: score }),
      ...(basis === null ? {} : { [ATTRIBUTES.basis]: basis }),
    };
    open.get(routeId)?.addEvent(EVENTS.evaluation, attributes, atMs);
  };

  const end = (event: EndEvent): void => {
    const span = open.get(event.routeId);
    if (span === undefined) return;
    open.delete(event.routeId);
    span.setAttributes(endAttributes(event));
    if (event.errorCode !== null) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(event.atMs);
  };

  return (event) => {
    switch (event.type) {
      case "plan":
        return begin(event);
      case "attempt":
        return addCall(event);
      case "verdict":
        return addVerdict(event);
      case "end":
        return end(event);
      case "breaker":
      case "budget":
        return;
    }
  };
}

function callAttributes(event: AttemptEvent): Attributes {
  const { usage, firstTokenMs, errorKind, httpStatus } = event;
  return {
    [ATTRIBUTES.operation]: OPERATION_CHAT,
    [ATTRIBUTES.provider]: providerName(event.provider),
    [ATTRIBUTES.requestModel]: event.wireId,
    [ATTRIBUTES.maxTokens]: event.outputLimitTokens,
    [ATTRIBUTES.stream]: true,
    [ATTRIBUTES.routeId]: event.routeId,
    [ATTRIBUTES.model]: event.model,
    [ATTRIBUTES.role]: event.role,
    [ATTRIBUTES.outcome]: event.outcome,
    [ATTRIBUTES.costUsd]: usdFromNano(event.costNanoUsd),
    [ATTRIBUTES.costIsEstimated]: !event.costIsExact,
    ...known({
      [ATTRIBUTES.inputTokens]: promptTokens(usage),
      [ATTRIBUTES.cacheReadTokens]: usage.cacheReadTokens,
      [ATTRIBUTES.cacheWriteTokens]: usage.cacheWriteTokens,
      [ATTRIBUTES.outputTokens]: billedOutputTokens(usage),
      [ATTRIBUTES.reasoningTokens]: usage.reasoningTokens,
      [ATTRIBUTES.timeToFirstChunk]: firstTokenMs === null ? null : firstTokenMs / 1000,
      [ATTRIBUTES.errorType]: errorKind,
      [ATTRIBUTES.httpStatus]: httpStatus,
    }),
  };
}

function endAttributes(event: EndEvent): Attributes {
  const { baselineNanoUsd } = event;
  return {
    [ATTRIBUTES.status]: event.status,
    [ATTRIBUTES.attempts]: event.attempts,
    [ATTRIBUTES.costUsd]: usdFromNano(event.costNanoUsd),
    ...known({
      [ATTRIBUTES.verdict]: event.verdict,
      [ATTRIBUTES.model]: event.model,
      [ATTRIBUTES.errorType]: event.errorCode,
      [ATTRIBUTES.baselineUsd]: baselineNanoUsd === null ? null : usdFromNano(baselineNanoUsd),
    }),
  };
}

/** Unknown is not zero: it is left out. */
function known(values: Readonly<Record<string, string | number | null>>): Attributes {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string | number] => entry[1] !== null),
  );
}
