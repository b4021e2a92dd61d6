import type { PastRequest, PastStep } from "../../../core/backtest.ts";
import type { Connection } from "../db/connection.ts";

const REQUESTS = (whose: string): string => `
  SELECT r.id, s.name AS status, o.success, r.answer_seq
  FROM requests r JOIN names s ON s.id = r.status LEFT JOIN outcomes o ON o.request = r.id
  WHERE r.task = ? AND s.name <> 'cancelled' ${whose} ORDER BY r.id DESC LIMIT ?`;

const ATTEMPTS = `
  SELECT seq, role, model, outcome, verdict_status, score, cost_nano_usd FROM attempts WHERE request = ? ORDER BY ordinal, seq`;

interface PastAttemptRow {
  readonly seq: number;
  readonly role: number | null;
  readonly model: number;
  readonly outcome: number;
  readonly verdict_status: number | null;
  readonly score: number | null;
  readonly cost_nano_usd: number;
}

/** The latest requests of a task that have ended and made an attempt, newest first. Those that were cancelled say nothing. */
export function readHistory(
  connection: Connection,
  taskName: string,
  limit: number,
  principal: string | null,
): readonly PastRequest[] {
  const { names } = connection;
  const task = names.find(taskName);
  const whose = principal === null ? null : names.find(principal);
  if (task === null || (principal !== null && whose === null)) return [];
  const requests = connection.all<{ id: number; status: string; success: number | null; answer_seq: number | null }>(
    REQUESTS(whose === null ? "" : "AND r.principal = ?"),
    task,
    ...(whose === null ? [] : [whose]),
    limit,
  );
  return requests.flatMap((request) => {
    const attempts = connection.all<PastAttemptRow>(ATTEMPTS, request.id).map((row): PastStep => ({
      role: names.ofOrNull(row.role) ?? "answer",
      model: names.of(row.model),
      failed: names.of(row.outcome) === "failed",
      verdict: names.ofOrNull(row.verdict_status),
      score: row.score,
      costNanoUsd: row.cost_nano_usd,
      returned: row.seq === request.answer_seq,
    }));
    const success = request.success === null ? null : request.success === 1;
    return attempts.length === 0 ? [] : [{ accepted: request.status === "accepted", success, attempts }];
  });
}
