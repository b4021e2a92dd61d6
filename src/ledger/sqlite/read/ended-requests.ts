import type { EndedRequest } from "../../../core/ledger-reader.ts";
import type { RequestStatus } from "../../../core/ports.ts";
import type { Connection } from "../db/connection.ts";

interface EndedRow {
  readonly route_id: string;
  readonly task: number;
  readonly started_at_ms: number;
  readonly status: number;
  readonly error_code: number | null;
  readonly verdict_status: number | null;
  readonly latency_ms: number | null;
  readonly cost: number;
  readonly attempts: number;
  readonly first: number | null;
  readonly answer: number | null;
  readonly role: number | null;
}

const ENDED = (whose: string): string => `
  SELECT r.route_id, r.task, r.started_at_ms, r.status, r.error_code, r.verdict_status, r.latency_ms,
    (SELECT coalesce(sum(a.cost_nano_usd), 0) FROM attempts a WHERE a.request = r.id) AS cost,
    (SELECT count(*) FROM attempts a WHERE a.request = r.id) AS attempts,
    (SELECT a.model FROM attempts a WHERE a.request = r.id ORDER BY a.ordinal, a.seq LIMIT 1) AS first,
    (SELECT a.model FROM attempts a WHERE a.request = r.id AND a.seq = r.answer_seq) AS answer,
    (SELECT a.role FROM attempts a WHERE a.request = r.id AND a.seq = r.answer_seq) AS role
  FROM requests r WHERE r.status IS NOT NULL ${whose} ORDER BY r.id DESC LIMIT ?`;

/** The latest requests that have ended and began no earlier than `sinceMs`, newest first. */
export function readEnded(
  connection: Connection,
  sinceMs: number,
  limit: number,
  principal: string | null,
): readonly EndedRequest[] {
  const { names } = connection;
  const whose = principal === null ? null : names.find(principal);
  if (principal !== null && whose === null) return [];
  const rows =
    whose === null
      ? connection.all<EndedRow>(ENDED(""), limit)
      : connection.all<EndedRow>(ENDED("AND r.principal = ?"), whose, limit);
  return rows
    .filter((row) => row.started_at_ms >= sinceMs)
    .map((row) => ({
      routeId: row.route_id,
      task: names.of(row.task),
      startedAtMs: row.started_at_ms,
      status: names.of(row.status) as RequestStatus,
      errorCode: names.ofOrNull(row.error_code),
      verdict: names.ofOrNull(row.verdict_status),
      latencyMs: row.latency_ms ?? 0,
      costNanoUsd: row.cost,
      attempts: row.attempts,
      firstModel: names.ofOrNull(row.first),
      answerModel: names.ofOrNull(row.answer),
      answerIsRepair: names.ofOrNull(row.role) === "repair",
    }));
}
