import type { RequestEnd, RequestRecord } from "../../../core/ports.ts";
import { KEPT_REQUESTS } from "../../common/lessons.ts";
import { wholeMs } from "../../units.ts";

/** What of a request stands in one JSON column. */
export type StoredRecord = Pick<
  RequestRecord,
  | "budgetNanoUsd"
  | "deadlineMs"
  | "optimize"
  | "promptChars"
  | "promptSha256"
  | "plan"
  | "notes"
  | "files"
  | "promptParts"
>;

/** A request as the functions of the database take it. */
export function requestArgument(request: RequestRecord, storeText: boolean): object {
  const { choice } = request;
  return {
    routeId: request.routeId,
    principal: request.principal,
    task: request.task,
    startedAtMs: wholeMs(request.startedAtMs),
    minQuality: request.minQuality,
    callerTokens: request.callerTokens,
    propensity: choice?.propensity ?? null,
    exploredNanoUsd: choice?.exploredNanoUsd ?? 0,
    promptText: storeText ? request.promptText : null,
    record: storedRecord(request),
  };
}

export function storedRecord(request: RequestRecord): StoredRecord {
  const { budgetNanoUsd, optimize, promptChars, promptSha256, plan, notes } = request;
  return {
    budgetNanoUsd,
    deadlineMs: wholeMs(request.deadlineMs),
    optimize,
    promptChars,
    promptSha256,
    plan: { order: plan.order, rejected: plan.rejected.map(({ model, reason }) => ({ model, reason })) },
    notes,
    ...(request.files === undefined ? {} : { files: request.files }),
    ...(request.promptParts === undefined ? {} : { promptParts: request.promptParts }),
  };
}

/** What of an end stands in one JSON column. */
export type StoredEnding = Pick<
  RequestEnd,
  "errorCode" | "baselineModel" | "latencyMs" | "notes" | "written" | "callerSaved" | "answeredFrom"
>;

/** An end as the functions of the database take it. */
export function endArgument(end: RequestEnd): object {
  return {
    status: end.status,
    attemptId: end.attemptId,
    verdictStatus: end.verdictStatus,
    baselineNanoUsd: end.baselineNanoUsd,
    endedAtMs: wholeMs(end.endedAtMs),
    record: storedEnding(end),
    seen: (end.seen ?? []).map(({ model, result, costNanoUsd, evidenceNanoUsd }) => [
      model,
      result,
      costNanoUsd,
      evidenceNanoUsd,
    ]),
    keptRequests: KEPT_REQUESTS,
  };
}

export function storedEnding(end: RequestEnd): StoredEnding {
  return {
    errorCode: end.errorCode,
    baselineModel: end.baselineModel,
    latencyMs: wholeMs(end.latencyMs),
    notes: end.notes,
    ...(end.written === undefined ? {} : { written: end.written }),
    ...(end.callerSaved === undefined ? {} : { callerSaved: end.callerSaved }),
    ...(end.answeredFrom === undefined ? {} : { answeredFrom: end.answeredFrom }),
  };
}
