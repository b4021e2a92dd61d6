import type { EndedRequest } from "../../../core/ledger-reader.ts";
import type { Queries } from "../db/database.ts";

const ENDED = `
  SELECT r.route_id AS "routeId", r.task, r.started_at_ms AS "startedAtMs", r.status, r.ending->>'errorCode' AS "errorCode",
    r.verdict_status AS verdict, coalesce((r.ending->>'latencyMs')::bigint, 0) AS "latencyMs",
    coalesce(s.cost, 0)::bigint AS "costNanoUsd", coalesce(s.attempts, 0) AS attempts, s.models[1] AS "firstModel",
    b.model AS "answerModel", coalesce(b.role = 'repair', false) AS "answerIsRepair"
  FROM (
    SELECT * FROM signalbox.requests WHERE status IS NOT NULL AND ($3::text IS NULL OR principal = $3) ORDER BY id DESC LIMIT $2
  ) AS r
  LEFT JOIN LATERAL (
    SELECT sum(a.cost_nano_usd) AS cost, count(*) AS attempts, array_agg(a.model ORDER BY a.ordinal, a.seq) AS models
    FROM signalbox.attempts a WHERE a.request = r.id
  ) AS s ON true
  LEFT JOIN signalbox.attempts b ON b.request = r.id AND b.attempt_id = r.answer_attempt
  WHERE r.started_at_ms >= $1 ORDER BY r.id DESC`;

/** The latest requests that have ended and began no earlier than `sinceMs`, newest first. */
export async function readEnded(
  { all }: Queries,
  sinceMs: number,
  limit: number,
  principal: string | null,
): Promise<readonly EndedRequest[]> {
  return all<EndedRequest>(ENDED, [Math.floor(sinceMs), limit, principal]);
}
