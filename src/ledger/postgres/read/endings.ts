import type { EndingGroup, Endings, LatencyCount } from "../../../core/ledger-reader.ts";
import { momentsOf, MOST_REPORTED } from "../../common/endings.ts";
import type { Days } from "../../common/spend.ts";
import type { Queries } from "../db/database.ts";

/** The latest requests by their ids: the ids grow with time. */
const LATEST = `SELECT id, started_at_ms AS "startedAtMs" FROM signalbox.requests ORDER BY id DESC LIMIT 1 OFFSET $1`;

const ENDED = `
  FROM signalbox.requests r
  LEFT JOIN LATERAL (
    SELECT attempt_id, model FROM signalbox.attempts WHERE request = r.id ORDER BY seq LIMIT 1
  ) AS f ON true
  WHERE r.id >= $1 AND r.started_at_ms BETWEEN $2 AND $3 AND r.status IS NOT NULL AND ($4::text IS NULL OR r.principal = $4)`;

const GROUPS = `
  SELECT task, status, "errorCode", "firstModel", answer, verified, "reportedWrong", count(*) AS requests FROM (
    SELECT r.task, r.status, r.ending->>'errorCode' AS "errorCode", f.model AS "firstModel",
      coalesce(r.verdict_status = 'verified', false) AS verified, coalesce(NOT r.success, false) AS "reportedWrong",
      CASE WHEN r.answer_attempt IS NULL THEN NULL
        WHEN EXISTS (
          SELECT 1 FROM signalbox.attempts b WHERE b.request = r.id AND b.attempt_id = r.answer_attempt AND b.role = 'repair'
        ) THEN 'repair'
        WHEN r.answer_attempt = f.attempt_id THEN 'first' ELSE 'later' END AS answer
    ${ENDED}
  ) AS ended
  GROUP BY task, status, "errorCode", "firstModel", answer, verified, "reportedWrong"`;

const LATENCIES = `
  SELECT (r.ending->>'latencyMs')::bigint AS "latencyMs", count(*) AS requests
  ${ENDED} AND f.attempt_id IS NOT NULL AND r.status <> 'cancelled' GROUP BY 1 ORDER BY 1`;

/** How requests ended. `principal`: its own alone; `null`: all. */
export async function readEndings({ all }: Queries, principal: string | null, days: Days): Promise<Endings> {
  const [fromMs, untilMs] = momentsOf(days);
  const [last] = await all<{ id: number; startedAtMs: number }>(LATEST, [MOST_REPORTED - 1]);
  const which = [last?.id ?? 0, fromMs, untilMs, principal];
  return {
    groups: await all<EndingGroup>(GROUPS, which),
    latencies: await all<LatencyCount>(LATENCIES, which),
    complete: last === undefined || last.startedAtMs <= fromMs,
  };
}
