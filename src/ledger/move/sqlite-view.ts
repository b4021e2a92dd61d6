import { NEWEST } from "../common/bounds.ts";
import type { Connection } from "../sqlite/db/connection.ts";
import { readRoute } from "../sqlite/read/route.ts";
import type { LedgerView, MovedFigures, MovedRequest, MovedState } from "./rows.ts";

/** What a file holds, read inside of the caller's transaction. */
export function sqliteView(connection: Connection): LedgerView {
  return {
    requestsAfter: async (id, limit) =>
      connection
        .all<RequestFlags>(`${FLAGS} WHERE r.id > (SELECT ?) ORDER BY r.id LIMIT (SELECT ?)`, id, limit)
        .map((row) => requestOf(connection, row)),
    requestsOf: async (ids) =>
      connection
        .all<RequestFlags>(`${FLAGS} WHERE r.id IN (SELECT value FROM json_each(?)) ORDER BY r.id`, JSON.stringify(ids))
        .map((row) => requestOf(connection, row)),
    reportedSince: async (atMs) =>
      connection
        .all<{ request: number }>("SELECT request FROM outcomes WHERE at_ms >= ? ORDER BY request", atMs)
        .map(({ request }) => request),
    state: async () => stateOf(connection),
    figures: async () => ({
      attempts: connection.all<MovedFigures["attempts"][number]>(ATTEMPT_FIGURES),
      requests: connection.all<MovedFigures["requests"][number]>(REQUEST_FIGURES),
    }),
  };
}

interface RequestFlags {
  readonly id: number;
  readonly route_id: string;
  readonly presumed: number;
  readonly may_change: number;
}

const FLAGS = `
  SELECT r.id, r.route_id, r.presumed, r.status IS NULL OR r.presumed = 1
    OR EXISTS (SELECT 1 FROM reservations v WHERE v.request = r.id)
    OR EXISTS (SELECT 1 FROM attempts a WHERE a.request = r.id AND a.dead = 1) AS may_change
  FROM requests r`;

function requestOf(connection: Connection, { id, route_id: routeId, ...flags }: RequestFlags): MovedRequest {
  const route = readRoute(connection, routeId);
  if (route === null) throw new Error(`the request ${id} is gone`);
  const places = new Map(
    connection
      .all<{
        attempt_id: string;
        seq: number;
        day: number;
        reserved: number;
        dead: number;
      }>("SELECT attempt_id, seq, day, reserved_nano_usd AS reserved, dead FROM attempts WHERE request = ?", id)
      .map((row) => [row.attempt_id, row]),
  );
  return {
    id,
    route,
    presumed: flags.presumed === 1,
    mayChange: flags.may_change === 1,
    attempts: route.attempts.map((record) => {
      const place = places.get(record.attemptId);
      if (place === undefined) throw new Error(`the attempt ${record.attemptId} is gone`);
      return { record, seq: place.seq, day: place.day, reservedNanoUsd: place.reserved, dead: place.dead === 1 };
    }),
  };
}

const ATTEMPT_FIGURES = `
  SELECT coalesce(p.name, '') AS principal, t.name AS task, a.day, count(*) AS attempts, sum(a.cost_nano_usd) AS cost_nano_usd,
    sum(a.reserved_nano_usd) AS reserved_nano_usd, sum(coalesce(a.input_tokens, 0) + coalesce(a.output_tokens, 0)) AS tokens
  FROM attempts a JOIN requests r ON r.id = a.request JOIN names t ON t.id = r.task LEFT JOIN names p ON p.id = r.principal
  GROUP BY 1, 2, 3`;
const REQUEST_FIGURES = `
  SELECT coalesce(p.name, '') AS principal, t.name AS task, r.started_at_ms / 86400000 AS day, count(*) AS requests,
    sum(coalesce(r.baseline_nano_usd, 0)) AS baseline_nano_usd, sum(coalesce(r.caller_tokens, 0)) AS caller_tokens,
    count(o.success) AS reported
  FROM requests r JOIN names t ON t.id = r.task LEFT JOIN names p ON p.id = r.principal LEFT JOIN outcomes o ON o.request = r.id
  GROUP BY 1, 2, 3`;

const SUMS = `0 AS shard, s.requests, s.accepted, s.verified, s.unchecked, s.cost_nano_usd, s.baseline_nano_usd, s.caller_tokens,
  0 AS held_nano_usd`;
/** The number 0 stands for the owner, and for no basis. */
const OWNER_OR = "CASE s.principal WHEN 0 THEN '' ELSE p.name END AS principal";
const BY_PRINCIPAL = "JOIN names p ON p.id = s.principal JOIN names t ON t.id = s.task";

type Table = Exclude<keyof MovedState, "seen_requests" | "evidence_records">;

/** What each table of Postgres holds, out of those of the file. */
const STATE: Readonly<Record<Table, string>> = {
  spend_sums: `
    SELECT '' AS principal, s.dimension, CASE s.dimension WHEN 0 THEN '' ELSE n.name END AS name, s.day, ${SUMS}
    FROM spend_rollups s JOIN names n ON n.id = s.name
    UNION ALL
    SELECT p.name, s.dimension, CASE s.dimension WHEN 0 THEN '' ELSE n.name END, s.day, ${SUMS}
    FROM principal_rollups s JOIN names n ON n.id = s.name JOIN names p ON p.id = s.principal`,
  attempt_sums: `
    SELECT m.name AS model, p.name AS provider, t.name AS task, 0 AS shard, s.attempts, s.accepted, s.rejected, s.failed, s.verified,
      s.cost_nano_usd, s.input_tokens, s.output_tokens, s.reported_success, s.reported_failure
    FROM attempt_rollups s JOIN names m ON m.id = s.model JOIN names p ON p.id = s.provider JOIN names t ON t.id = s.task`,
  failure_sums: `
    SELECT m.name AS model, p.name AS provider, k.name AS kind, 0 AS shard, s.failures
    FROM failure_rollups s JOIN names m ON m.id = s.model JOIN names p ON p.id = s.provider JOIN names k ON k.id = s.kind`,
  samples: `
    SELECT kind, owner, name, row_number() OVER (ORDER BY kind, owner, name, seq) AS id, at_ms, value FROM (
      SELECT r.ring AS kind, '' AS owner, m.name, r.seq, r.at_ms, r.value FROM recent r JOIN names m ON m.id = r.model
      UNION ALL
      SELECT 2, t.name, m.name, s.seq, 0, s.latency_ms
      FROM pace_samples s JOIN names m ON m.id = s.model JOIN names t ON t.id = s.task
      UNION ALL
      SELECT 3, CASE s.principal WHEN 0 THEN '' ELSE p.name END, m.name, s.seq, s.at_ms, s.value
      FROM own_health s JOIN names m ON m.id = s.model JOIN names p ON p.id = s.principal
      UNION ALL
      SELECT 4, '', p.name, s.seq, s.at_ms, 0 FROM starts s JOIN names p ON p.id = s.provider
    ) ORDER BY id`,
  outages: `
    SELECT s.key, c.name AS scope, k.name AS kind, s.message, s.since_ms, s.until_ms, s.times
    FROM outages s JOIN names c ON c.id = s.scope JOIN names k ON k.id = s.kind`,
  shadow_runs: `
    SELECT p.name AS principal, t.name AS task, s.day, s.ours_nano_usd, s.baseline_nano_usd, s.shadow_nano_usd
    FROM shadow_runs s JOIN names t ON t.id = s.task LEFT JOIN names p ON p.id = s.principal ORDER BY s.id`,
  prunes: "SELECT before_day, requests, attempts, at_ms FROM prunes",
  model_statistics: `
    SELECT ${OWNER_OR}, t.name AS task, m.name AS model, CASE s.basis WHEN 0 THEN '' ELSE b.name END AS basis, s.version, s.figures
    FROM model_statistics s ${BY_PRINCIPAL} JOIN names m ON m.id = s.model JOIN names b ON b.id = s.basis`,
  task_revisions: `SELECT ${OWNER_OR}, t.name AS task, 0 AS shard, s.revision FROM task_lessons s ${BY_PRINCIPAL}`,
  guarantees: `
    SELECT ${OWNER_OR}, t.name AS task, s.guarantee FROM task_lessons s ${BY_PRINCIPAL} WHERE s.guarantee IS NOT NULL`,
  caller_savings: `
    SELECT ${OWNER_OR}, t.name AS task, m.name AS model, v.name AS provider, s.day, 0 AS shard, s.unwritten_tokens, s.unread_tokens
    FROM caller_savings s ${BY_PRINCIPAL} JOIN names m ON m.id = s.model JOIN names v ON v.id = s.provider`,
  notices: "SELECT key, until_ms FROM notices",
  explorations: "SELECT day, 0 AS shard, extra_nano_usd FROM explorations",
  reservations: `
    SELECT s.attempt_id, s.request, s.seq, coalesce(r.name, 'answer') AS role, t.name AS task, m.name AS model, v.name AS provider,
      p.name AS principal, s.day, s.amount_nano_usd, s.reserved_at_ms, s.lease_until_ms,
      coalesce(s.ends_by_ms, s.lease_until_ms) AS ends_by_ms, 'moved' AS call_id, s.settled, s.calling,
      CASE s.probe WHEN 1 THEN 'model' WHEN 2 THEN 'provider' END AS probe, s.batch_id, s.drawn_all, s.drawn_provider, s.drawn_task,
      s.drawn_principal
    FROM reservations s JOIN names t ON t.id = s.task JOIN names m ON m.id = s.model JOIN names v ON v.id = s.provider
    LEFT JOIN names p ON p.id = s.principal LEFT JOIN names r ON r.id = s.role`,
  holds: `
    SELECT s.batch_id, s.line, CASE s.line WHEN 0 THEN '' ELSE n.name END AS name, s.day, s.amount_nano_usd, s.lease_until_ms, s.ends_by_ms
    FROM holds s JOIN names n ON n.id = s.name`,
};

const SEEN = `
  SELECT ${OWNER_OR}, t.name AS task, f.name AS first_model, coalesce(r.route_id, '') AS route_id,
    row_number() OVER (ORDER BY s.request, s.slot) AS id, s.propensity, s.outcome, s.answers
  FROM seen_requests s ${BY_PRINCIPAL} JOIN names f ON f.id = s.first_model LEFT JOIN requests r ON r.id = s.request ORDER BY id`;
const EVIDENCE = `
  SELECT ${OWNER_OR}, t.name AS task, b.name AS basis, m.name AS models, s.times, s.right AS right_times, s.recent_times, s.recent_right
  FROM evidence_records s ${BY_PRINCIPAL} JOIN names b ON b.id = s.basis JOIN names m ON m.id = s.models`;

function stateOf(connection: Connection): MovedState {
  const read = <Name extends Table>(name: Name): MovedState[Name] =>
    connection.all<unknown>(STATE[name]) as unknown as MovedState[Name];
  type Seen = MovedState["seen_requests"][number];
  type Evidence = MovedState["evidence_records"][number];
  return {
    spend_sums: read("spend_sums"),
    attempt_sums: read("attempt_sums"),
    failure_sums: read("failure_sums"),
    samples: read("samples"),
    outages: read("outages"),
    shadow_runs: read("shadow_runs"),
    prunes: read("prunes"),
    model_statistics: read("model_statistics"),
    task_revisions: read("task_revisions"),
    guarantees: read("guarantees"),
    caller_savings: read("caller_savings"),
    notices: read("notices"),
    explorations: read("explorations"),
    reservations: read("reservations"),
    holds: read("holds"),
    seen_requests: connection.all<Omit<Seen, "answers"> & { answers: string }>(SEEN).map((row) => ({
      ...row,
      answers: (JSON.parse(row.answers) as [number, ...unknown[]][]).map(([model, ...rest]) => [
        connection.names.of(model),
        ...rest,
      ]),
    })),
    evidence_records: connection
      .all<Omit<Evidence, "models"> & { models: string }>(EVIDENCE)
      .map((row) => ({ ...row, models: JSON.parse(row.models) as readonly string[] })),
  };
}

/** So many of the newest samples of a kind are worth moving; of starts as many as a limit a minute may look at. */
export const MOST_SAMPLES: readonly number[] = [
  NEWEST.health,
  NEWEST.latency,
  NEWEST.latencyOfTask,
  NEWEST.own,
  10_000,
];
