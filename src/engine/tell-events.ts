import type { AttemptRecord } from "../core/attempt.ts";
import type { EventSink } from "../core/events.ts";
import type { Plan } from "../core/planning.ts";
import type { RequestEnd } from "../core/ports.ts";
import type { Request } from "../core/request.ts";
import type { Started } from "./started.ts";

type ToldRequest = Pick<Request, "routeId" | "principal" | "task">;

const of = ({ routeId, principal, task }: ToldRequest, atMs: number) => ({ atMs, routeId, principal, task: task.id });

/** Tells that the plan of a request is made. */
export function tellPlan(events: EventSink, request: Request, plan: Plan, atMs: number): void {
  if (!events.isHeard) return;
  const { budgetNanoUsd, deadlineMs, optimize } = request;
  const order = plan.order.map(({ model }) => model.id);
  const rejectedCount = plan.rejected.length;
  events.tell({ type: "plan", ...of(request, atMs), order, rejectedCount, budgetNanoUsd, deadlineMs, optimize });
}

/** Tells of an attempt that is over, and of the verdict on its answer. */
export function tellAttempt(
  events: EventSink,
  request: ToldRequest,
  { candidate }: Started,
  attempt: AttemptRecord,
  atMs: number,
): void {
  if (!events.isHeard) return;
  const { attemptId, ordinal, role, model, provider, outcome, failure, verdict } = attempt;
  events.tell({
    type: "attempt",
    ...of(request, atMs),
    attemptId,
    ordinal,
    role,
    model,
    wireId: candidate.model.wireId,
    provider,
    outcome,
    errorKind: failure?.kind ?? null,
    httpStatus: failure?.status ?? null,
    outputLimitTokens: candidate.outputLimitTokens,
    usage: attempt.usage,
    costNanoUsd: attempt.cost.nanoUsd,
    costIsExact: attempt.cost.exact,
    startedAtMs: attempt.startedAtMs,
    latencyMs: attempt.latencyMs,
    firstTokenMs: attempt.firstTokenMs,
  });
  if (verdict === null) return;
  const { status, basis, score, checks } = verdict;
  const failedChecks = checks.filter(({ passed }) => passed === false).map(({ name }) => name);
  events.tell({ type: "verdict", ...of(request, atMs), attemptId, model, status, basis, score, failedChecks });
}

/** Tells that a request is over. */
export function tellEnd(
  events: EventSink,
  request: ToldRequest,
  end: RequestEnd,
  attempts: readonly AttemptRecord[],
  costNanoUsd: number,
): void {
  if (!events.isHeard) return;
  events.tell({
    type: "end",
    ...of(request, end.endedAtMs),
    status: end.status,
    errorCode: end.errorCode,
    verdict: end.verdictStatus,
    model: attempts.find(({ attemptId }) => attemptId === end.attemptId)?.model ?? null,
    attempts: attempts.length,
    costNanoUsd,
    baselineNanoUsd: end.baselineNanoUsd,
    latencyMs: end.latencyMs,
  });
}
