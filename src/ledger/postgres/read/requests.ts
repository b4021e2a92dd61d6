import type { PastRequest, PastStep } from "../../../core/backtest.ts";
import type { ReportedAnswers } from "../../../core/ledger-reader.ts";
import { dayText } from "../../units.ts";
import type { Queries } from "../db/database.ts";
import { plainText } from "../db/plain-json.ts";

/** Above every character, so that a range holds all that begins with a prefix. */
const LAST_CHARACTER = "\u{10FFFF}";

/** Ids of requests (of one principal, or of all) that begin with `prefix`, newest first: ids sort by time. */
export async function readRouteIds(
  { all }: Queries,
  prefix: string,
  limit: number,
  principal: string | null,
): Promise<readonly string[]> {
  const from = plainText(prefix);
  const rows = await all<{ route_id: string }>(
    `SELECT route_id FROM signalbox.requests WHERE route_id >= $1 AND route_id < $2 AND ($4::text IS NULL OR principal = $4)
     ORDER BY route_id DESC LIMIT $3`,
    [from, from + LAST_CHARACTER, Math.max(0, limit), principal],
  );
  return rows.map((row) => row.route_id);
}

/** Days on which something happened that begin with `prefix`, newest first. */
export async function readDays(
  { all }: Queries,
  prefix: string,
  limit: number,
  principal: string | null,
): Promise<readonly string[]> {
  const rows = await all<{ day: number }>(
    "SELECT DISTINCT day FROM signalbox.spend_sums WHERE principal = $1 AND dimension = 0 AND name = '' ORDER BY day DESC",
    [principal ?? ""],
  );
  return rows
    .map(({ day }) => dayText(day))
    .filter((day) => day.startsWith(prefix))
    .slice(0, Math.max(0, limit));
}

const HISTORY = `
  SELECT r.status, r.success, r.answer_attempt, steps.list FROM (
    SELECT * FROM signalbox.requests WHERE task = $1 AND status IS NOT NULL AND status <> 'cancelled'
      AND ($3::text IS NULL OR principal = $3) ORDER BY id DESC LIMIT $2
  ) AS r CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('role', a.role, 'model', a.model, 'failed', a.outcome = 'failed', 'verdict', a.verdict_status,
      'score', a.score, 'costNanoUsd', a.cost_nano_usd, 'returned', coalesce(a.attempt_id = r.answer_attempt, false))
      ORDER BY a.ordinal, a.seq) AS list FROM signalbox.attempts a WHERE a.request = r.id
  ) AS steps WHERE steps.list IS NOT NULL ORDER BY r.id DESC`;

/** The latest requests of a task that have ended and made an attempt, newest first. Those that were cancelled say nothing. */
export async function readHistory(
  { all }: Queries,
  task: string,
  limit: number,
  principal: string | null,
): Promise<readonly PastRequest[]> {
  const rows = await all<{ status: string; success: boolean | null; list: readonly PastStep[] }>(HISTORY, [
    task,
    limit,
    principal,
  ]);
  return rows.map(({ status, success, list }) => ({ accepted: status === "accepted", success, attempts: list }));
}

/** What callers said of accepted answers, by task and by what the answers stood on, of requests that are still kept. */
export async function readReportedAnswers(
  { all }: Queries,
  principal: string | null,
): Promise<readonly ReportedAnswers[]> {
  return all<ReportedAnswers>(
    `SELECT r.task, a.basis, count(*) AS reported, count(*) FILTER (WHERE NOT r.success) AS wrong
     FROM signalbox.requests r JOIN signalbox.attempts a ON a.request = r.id AND a.attempt_id = r.answer_attempt
     WHERE r.success IS NOT NULL AND r.status = 'accepted' AND ($1::text IS NULL OR r.principal = $1)
     GROUP BY r.task, a.basis ORDER BY reported DESC`,
    [principal],
  );
}
