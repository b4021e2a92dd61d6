import type { AttemptOutcome, AttemptRecord, AttemptRole, Failure } from "../../../core/attempt.ts";
import type { ErrorKind } from "../../../core/errors.ts";
import type { RequestEnd, RequestRecord, RequestStatus } from "../../../core/ports.ts";
import type { StoredRoute } from "../../../core/ledger-reader.ts";
import type { Basis } from "../../../checks/kit/check-result.ts";
import { summaryOf, type Verdict, type VerdictStatus } from "../../../core/verdict.ts";
import { oldSummary } from "../../common/old-summary.ts";
import { readChecks } from "../write/check-results.ts";
import type { Connection } from "../db/connection.ts";
import { unpackNotes, unpackPlan } from "../write/plan-codec.ts";
import { unpackEndExtras, unpackExtras } from "../write/extras.ts";
import { PROMPT_SEQ, unpackHash } from "../write/requests.ts";

/** Everything recorded about a request; `null` when it is unknown. Attempts that still run are not in it. */
export function readRoute(connection: Connection, routeId: string): StoredRoute | null {
  const row = connection.get<RequestRow>("SELECT * FROM requests WHERE route_id = ?", routeId);
  if (row === undefined) return null;
  const rows = connection.all<AttemptRow>("SELECT * FROM attempts WHERE request = ? ORDER BY ordinal, seq", row.id);
  const texts = readTexts(connection, row.id);
  const outcome = connection.get<{ success: number; note: string | null; at_ms: number }>(
    "SELECT success, note, at_ms FROM outcomes WHERE request = ?",
    row.id,
  );
  return {
    request: requestOf(connection, row, texts.get(PROMPT_SEQ) ?? null),
    end: endOf(connection, row, rows),
    attempts: rows.map((attempt) => attemptOf(connection, row, attempt, texts.get(attempt.seq) ?? null)),
    costNanoUsd: rows.reduce((sum, attempt) => sum + attempt.cost_nano_usd, 0),
    propensity: row.propensity,
    outcome: outcome === undefined ? null : { success: outcome.success === 1, note: outcome.note, atMs: outcome.at_ms },
  };
}

function requestOf(connection: Connection, row: RequestRow, promptText: string | null): RequestRecord {
  const { names } = connection;
  return {
    routeId: row.route_id,
    principal: names.ofOrNull(row.principal),
    task: names.of(row.task),
    startedAtMs: row.started_at_ms,
    budgetNanoUsd: row.budget_nano_usd,
    deadlineMs: row.deadline_ms,
    minQuality: row.min_quality,
    optimize: names.of(row.optimize),
    promptChars: row.prompt_chars,
    callerTokens: row.caller_tokens ?? 0,
    promptSha256: unpackHash(row.prompt_sha256),
    promptText,
    plan: unpackPlan(connection, row.plan),
    notes: unpackNotes(connection, row.notes),
    ...unpackExtras(row.extras),
  };
}

function endOf(connection: Connection, row: RequestRow, attempts: readonly AttemptRow[]): RequestEnd | null {
  const { names } = connection;
  if (row.status === null || row.ended_at_ms === null || row.latency_ms === null) return null;
  return {
    routeId: row.route_id,
    status: names.of(row.status) as RequestStatus,
    errorCode: names.ofOrNull(row.error_code),
    attemptId: attempts.find((attempt) => attempt.seq === row.answer_seq)?.attempt_id ?? null,
    verdictStatus: names.ofOrNull(row.verdict_status),
    baselineModel: names.ofOrNull(row.baseline_model),
    baselineNanoUsd: row.baseline_nano_usd,
    endedAtMs: row.ended_at_ms,
    latencyMs: row.latency_ms,
    notes: unpackNotes(connection, row.end_notes),
    ...unpackEndExtras(row.end_extras),
  };
}

function attemptOf(connection: Connection, request: RequestRow, row: AttemptRow, text: string | null): AttemptRecord {
  const { names } = connection;
  return {
    attemptId: row.attempt_id,
    routeId: request.route_id,
    ordinal: row.ordinal,
    role: (names.ofOrNull(row.role) ?? "answer") as AttemptRole,
    model: names.of(row.model),
    provider: names.of(row.provider),
    outcome: names.of(row.outcome) as AttemptOutcome,
    failure: failureOf(connection, row),
    verdict: verdictOf(connection, request, row),
    usage: {
      inputTokens: row.input_tokens,
      cacheReadTokens: row.cache_read_tokens,
      cacheWriteTokens: row.cache_write_tokens,
      outputTokens: row.output_tokens,
      reasoningTokens: row.reasoning_tokens,
    },
    cost: { nanoUsd: row.cost_nano_usd, exact: row.cost_exact === 1 },
    startedAtMs: row.started_at_ms,
    latencyMs: row.latency_ms,
    firstTokenMs: row.first_token_ms,
    text,
  };
}

function failureOf(connection: Connection, row: AttemptRow): Failure | null {
  if (row.error_kind === null) return null;
  return {
    kind: connection.names.of(row.error_kind) as ErrorKind,
    message: row.error_message ?? "",
    ...(row.error_status === null ? {} : { status: row.error_status }),
    ...(row.retry_after_ms === null ? {} : { retryAfterMs: row.retry_after_ms }),
  };
}

function verdictOf(
  connection: Connection,
  { id: request, min_quality: minQuality }: RequestRow,
  row: AttemptRow,
): Verdict | null {
  if (row.verdict_status === null) return null;
  const status = connection.names.of(row.verdict_status) as VerdictStatus;
  const checks = readChecks(connection, request, row.seq);
  return {
    status,
    basis: connection.names.ofOrNull(row.basis) as Basis | null,
    summary: summaryOf(status, checks, minQuality) || oldSummary(checks),
    score: row.score,
    checks,
    ...(row.judged_by === null ? {} : { judgedBy: connection.names.of(row.judged_by) }),
  };
}

function readTexts(connection: Connection, request: number): ReadonlyMap<number, string> {
  const rows = connection.all<{ seq: number; text: string }>("SELECT seq, text FROM texts WHERE request = ?", request);
  return new Map(rows.map((row) => [row.seq, row.text]));
}

/** A row of `requests`, as SQLite gives it. Words are numbers of `names`. */
export interface RequestRow {
  readonly propensity: number | null;
  readonly id: number;
  readonly route_id: string;
  readonly task: number;
  readonly started_at_ms: number;
  readonly budget_nano_usd: number | null;
  readonly deadline_ms: number;
  readonly min_quality: number;
  readonly optimize: number;
  readonly prompt_chars: number;
  readonly prompt_sha256: string | Uint8Array;
  readonly plan: string;
  readonly notes: string | null;
  readonly status: number | null;
  readonly error_code: number | null;
  readonly answer_seq: number | null;
  readonly verdict_status: number | null;
  readonly baseline_model: number | null;
  readonly baseline_nano_usd: number | null;
  readonly ended_at_ms: number | null;
  readonly latency_ms: number | null;
  readonly end_notes: string | null;
  readonly principal: number | null;
  readonly caller_tokens: number | null;
  readonly extras: string | null;
  readonly end_extras: string | null;
}

/** A row of `attempts`. */
export interface AttemptRow {
  readonly seq: number;
  readonly attempt_id: string;
  readonly ordinal: number;
  readonly model: number;
  readonly provider: number;
  readonly outcome: number;
  readonly started_at_ms: number;
  readonly latency_ms: number;
  readonly first_token_ms: number | null;
  readonly cost_nano_usd: number;
  readonly cost_exact: number;
  readonly input_tokens: number | null;
  readonly cache_read_tokens: number | null;
  readonly cache_write_tokens: number | null;
  readonly output_tokens: number | null;
  readonly reasoning_tokens: number | null;
  readonly verdict_status: number | null;
  readonly score: number | null;
  readonly basis: number | null;
  readonly error_kind: number | null;
  readonly error_message: string | null;
  readonly error_status: number | null;
  readonly retry_after_ms: number | null;
  readonly role: number | null;
  readonly judged_by: number | null;
}
