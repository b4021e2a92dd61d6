import type { EndingGroup, Endings, LatencyCount } from "../../../core/ledger-reader.ts";
import type { RequestStatus } from "../../../core/ports.ts";
import { momentsOf, MOST_REPORTED, NO_ENDINGS } from "../../common/endings.ts";
import type { Days } from "../../common/spend.ts";
import type { Connection } from "../db/connection.ts";

/** The latest requests by their ids: the ids grow with time. */
const LATEST = "SELECT id, started_at_ms AS startedAtMs FROM requests ORDER BY id DESC LIMIT 1 OFFSET ?";

const ENDED = (whose: string): string => `
  FROM requests r
  LEFT JOIN attempts f ON f.request = r.id AND f.seq = (SELECT min(seq) FROM attempts WHERE request = r.id)
  WHERE r.id >= ? AND r.started_at_ms BETWEEN ? AND ? AND r.status IS NOT NULL ${whose}`;

const GROUPS = (whose: string): string => `
  SELECT task, status, error_code, first_model, answer, verified, wrong, count(*) AS requests FROM (
    SELECT r.task, r.status, r.error_code, f.model AS first_model, coalesce(r.verdict_status = ?, 0) AS verified,
      EXISTS (SELECT 1 FROM outcomes o WHERE o.request = r.id AND o.success = 0) AS wrong,
      CASE WHEN r.answer_seq IS NULL THEN NULL
        WHEN EXISTS (SELECT 1 FROM attempts b WHERE b.request = r.id AND b.seq = r.answer_seq AND b.role = ?) THEN 'repair'
        WHEN r.answer_seq = f.seq THEN 'first' ELSE 'later' END AS answer
    ${ENDED(whose)})
  GROUP BY task, status, error_code, first_model, answer, verified, wrong`;

const LATENCIES = (whose: string): string => `
  SELECT r.latency_ms AS latencyMs, count(*) AS requests
  ${ENDED(whose)} AND f.seq IS NOT NULL AND r.status <> ? GROUP BY r.latency_ms ORDER BY r.latency_ms`;

/** A word that no row refers to. */
const NEVER_USED = -1;

/** How requests ended. `principal`: its own alone; `null`: all. */
export function readEndings(connection: Connection, principal: string | null, days: Days): Endings {
  const { names } = connection;
  const whoseId = principal === null ? null : names.find(principal);
  if (principal !== null && whoseId === null) return NO_ENDINGS;
  const [fromMs, untilMs] = momentsOf(days);
  const last = connection.get<{ id: number; startedAtMs: number }>(LATEST, MOST_REPORTED - 1);
  const whose = whoseId === null ? "" : "AND r.principal = ?";
  const which = [last?.id ?? 0, fromMs, untilMs, ...(whoseId === null ? [] : [whoseId])];
  const word = (name: string): number => names.find(name) ?? NEVER_USED;
  const groups = connection.all<GroupRow>(GROUPS(whose), word("verified"), word("repair"), ...which);
  return {
    groups: groups.map((row): EndingGroup => ({
      task: names.of(row.task),
      status: names.of(row.status) as RequestStatus,
      errorCode: names.ofOrNull(row.error_code),
      firstModel: names.ofOrNull(row.first_model),
      answer: row.answer,
      verified: row.verified === 1,
      reportedWrong: row.wrong === 1,
      requests: row.requests,
    })),
    latencies: connection.all<LatencyCount>(LATENCIES(whose), ...which, word("cancelled")),
    complete: last === undefined || last.startedAtMs <= fromMs,
  };
}

interface GroupRow {
  readonly task: number;
  readonly status: number;
  readonly error_code: number | null;
  readonly first_model: number | null;
  readonly answer: EndingGroup["answer"];
  readonly verified: number;
  readonly wrong: number;
  readonly requests: number;
}
