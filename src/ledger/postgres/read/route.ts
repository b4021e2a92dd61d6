import type { AttemptOutcome, AttemptRecord, AttemptRole } from "../../../core/attempt.ts";
import type { Basis } from "../../../checks/kit/check-result.ts";
import type { StoredRoute } from "../../../core/ledger-reader.ts";
import type { RequestEnd, RequestRecord, RequestStatus } from "../../../core/ports.ts";
import { summaryOf, type Verdict, type VerdictStatus } from "../../../core/verdict.ts";
import { oldSummary } from "../../common/old-summary.ts";
import type { Queries } from "../db/database.ts";
import { plainText } from "../db/plain-json.ts";
import type { StoredEnding, StoredRecord } from "../write/requests.ts";
import type { StoredAttempt } from "../write/settle.ts";

/** Everything recorded about a request; `null` when it is unknown. Attempts that still run are not in it. */
export async function readRoute({ all }: Queries, routeId: string): Promise<StoredRoute | null> {
  const [row] = await all<RequestColumns>("SELECT * FROM signalbox.requests WHERE route_id = $1", [plainText(routeId)]);
  if (row === undefined) return null;
  const attempts = await all<AttemptColumns>(
    "SELECT * FROM signalbox.attempts WHERE request = $1 ORDER BY ordinal, seq",
    [row.id],
  );
  return routeOf(row, attempts);
}

/** A request with its attempts in order, of their rows. */
export function routeOf(row: RequestColumns, attempts: readonly AttemptColumns[]): StoredRoute {
  return {
    request: requestOf(row),
    end: endOf(row),
    attempts: attempts.map((attempt) => attemptOf(row, attempt)),
    costNanoUsd: attempts.reduce((sum, attempt) => sum + attempt.cost_nano_usd, 0),
    propensity: row.propensity,
    outcome:
      row.success === null ? null : { success: row.success, note: row.outcome_note, atMs: row.outcome_at_ms ?? 0 },
  };
}

function requestOf(row: RequestColumns): RequestRecord {
  return {
    routeId: row.route_id,
    principal: row.principal,
    task: row.task,
    startedAtMs: row.started_at_ms,
    minQuality: row.min_quality,
    callerTokens: row.caller_tokens,
    promptText: row.prompt_text,
    ...row.record,
  };
}

function endOf(row: RequestColumns): RequestEnd | null {
  if (row.status === null || row.ending === null || row.ended_at_ms === null) return null;
  return {
    routeId: row.route_id,
    status: row.status as RequestStatus,
    attemptId: row.answer_attempt,
    verdictStatus: row.verdict_status,
    baselineNanoUsd: row.baseline_nano_usd,
    endedAtMs: row.ended_at_ms,
    ...row.ending,
  };
}

function attemptOf(request: RequestColumns, row: AttemptColumns): AttemptRecord {
  const { failure, exact, usage, startedAtMs, firstTokenMs } = row.record;
  return {
    attemptId: row.attempt_id,
    routeId: request.route_id,
    ordinal: row.ordinal,
    role: row.role as AttemptRole,
    model: row.model,
    provider: row.provider,
    outcome: row.outcome as AttemptOutcome,
    failure,
    verdict: verdictOf(request, row),
    usage,
    cost: { nanoUsd: row.cost_nano_usd, exact },
    startedAtMs,
    latencyMs: row.latency_ms,
    firstTokenMs,
    text: row.answer_text,
  };
}

function verdictOf({ min_quality: minQuality }: RequestColumns, row: AttemptColumns): Verdict | null {
  const { verdict } = row.record;
  if (verdict === null || row.verdict_status === null) return null;
  const status = row.verdict_status as VerdictStatus;
  const { checks, judgedBy } = verdict;
  return {
    status,
    basis: row.basis as Basis | null,
    summary: summaryOf(status, checks, minQuality) || oldSummary(checks),
    score: row.score,
    checks,
    ...(judgedBy === undefined ? {} : { judgedBy }),
  };
}

/** A row of `requests` as Postgres gives it. */
export interface RequestColumns {
  readonly id: number;
  readonly route_id: string;
  readonly principal: string | null;
  readonly task: string;
  readonly started_at_ms: number;
  readonly min_quality: number;
  readonly caller_tokens: number;
  readonly propensity: number | null;
  readonly record: StoredRecord;
  readonly prompt_text: string | null;
  readonly status: string | null;
  readonly answer_attempt: string | null;
  readonly verdict_status: string | null;
  readonly baseline_nano_usd: number | null;
  readonly ended_at_ms: number | null;
  readonly ending: StoredEnding | null;
  readonly success: boolean | null;
  readonly outcome_note: string | null;
  readonly outcome_at_ms: number | null;
}

/** A row of `attempts`. */
export interface AttemptColumns {
  readonly attempt_id: string;
  readonly ordinal: number;
  readonly role: string;
  readonly model: string;
  readonly provider: string;
  readonly outcome: string;
  readonly latency_ms: number;
  readonly cost_nano_usd: number;
  readonly verdict_status: string | null;
  readonly score: number | null;
  readonly basis: string | null;
  readonly record: StoredAttempt;
  readonly answer_text: string | null;
}
