import type { Queries } from "../postgres/db/database.ts";
import { routeOf, type AttemptColumns, type RequestColumns } from "../postgres/read/route.ts";
import { withEvents, type EventRow, type StatisticsColumns } from "../postgres/write/lessons.ts";
import type { LedgerView, MovedFigures, MovedRequest, MovedState } from "./rows.ts";
import { MOST_SAMPLES } from "./sqlite-view.ts";

type RequestMoveColumns = RequestColumns & { readonly presumed: boolean; readonly may_change: boolean };
type AttemptMoveColumns = AttemptColumns & {
  readonly request: number;
  readonly seq: number;
  readonly day: number;
  readonly reserved_nano_usd: number;
  readonly dead: boolean;
};

/** What a ledger in Postgres holds, read inside of the caller's transaction. */
export function postgresView({ all }: Queries): LedgerView {
  const requests = async (where: string, values: readonly unknown[]): Promise<readonly MovedRequest[]> => {
    const rows = await all<RequestMoveColumns>(`${REQUESTS} ${where}`, values);
    const attempts = await all<AttemptMoveColumns>(
      "SELECT * FROM signalbox.attempts WHERE request = ANY ($1::bigint[]) ORDER BY request, ordinal, seq",
      [rows.map(({ id }) => id)],
    );
    const byRequest = Map.groupBy(attempts, ({ request }) => request);
    return rows.map((row) => requestOf(row, byRequest.get(row.id) ?? []));
  };
  return {
    requestsAfter: (id, limit) => requests("WHERE r.id > $1 ORDER BY r.id LIMIT $2", [id, limit]),
    requestsOf: (ids) => requests("WHERE r.id = ANY ($1::bigint[]) ORDER BY r.id", [ids]),
    reportedSince: async (atMs) => {
      const found = await all<{ id: number }>(
        "SELECT id FROM signalbox.requests WHERE outcome_at_ms >= $1 ORDER BY id",
        [atMs],
      );
      return found.map(({ id }) => id);
    },
    state: () => stateOf(all),
    figures: async () => ({
      attempts: await all<MovedFigures["attempts"][number]>(ATTEMPT_FIGURES),
      requests: await all<MovedFigures["requests"][number]>(REQUEST_FIGURES),
    }),
  };
}

const REQUESTS = `
  SELECT r.*, r.status IS NULL OR r.presumed OR EXISTS (SELECT FROM signalbox.reservations v WHERE v.request = r.id)
    OR EXISTS (SELECT FROM signalbox.attempts a WHERE a.request = r.id AND a.dead) AS may_change
  FROM signalbox.requests r`;

function requestOf(row: RequestMoveColumns, attempts: readonly AttemptMoveColumns[]): MovedRequest {
  const route = routeOf(row, attempts);
  return {
    id: row.id,
    route,
    presumed: row.presumed,
    mayChange: row.may_change,
    attempts: attempts.flatMap(({ seq, day, reserved_nano_usd: reservedNanoUsd, dead }, index) => {
      const record = route.attempts[index];
      return record === undefined ? [] : [{ record, seq, day, reservedNanoUsd, dead }];
    }),
  };
}

const ATTEMPT_FIGURES = `
  SELECT coalesce(r.principal, '') AS principal, r.task, a.day, count(*) AS attempts, sum(a.cost_nano_usd) AS cost_nano_usd,
    sum(a.reserved_nano_usd) AS reserved_nano_usd, sum(coalesce((a.record->'usage'->>'inputTokens')::bigint, 0)
      + coalesce((a.record->'usage'->>'outputTokens')::bigint, 0)) AS tokens
  FROM signalbox.attempts a JOIN signalbox.requests r ON r.id = a.request GROUP BY 1, 2, 3`;
const REQUEST_FIGURES = `
  SELECT coalesce(r.principal, '') AS principal, r.task, div(r.started_at_ms, 86400000) AS day, count(*) AS requests,
    sum(coalesce(r.baseline_nano_usd, 0)) AS baseline_nano_usd, sum(r.caller_tokens) AS caller_tokens, count(r.success) AS reported
  FROM signalbox.requests r GROUP BY 1, 2, 3`;

/** The rows of each table; those of sums in shards are added up. */
const STATE: Readonly<Record<Exclude<keyof MovedState, "model_statistics">, string>> = {
  spend_sums: `
    SELECT principal, dimension, name, day, 0 AS shard, sum(requests) AS requests, sum(accepted) AS accepted, sum(verified) AS verified,
      sum(unchecked) AS unchecked, sum(cost_nano_usd) AS cost_nano_usd, sum(baseline_nano_usd) AS baseline_nano_usd,
      sum(caller_tokens) AS caller_tokens, 0 AS held_nano_usd
    FROM signalbox.spend_sums GROUP BY 1, 2, 3, 4`,
  attempt_sums: `
    SELECT model, provider, task, 0 AS shard, sum(attempts) AS attempts, sum(accepted) AS accepted, sum(rejected) AS rejected,
      sum(failed) AS failed, sum(verified) AS verified, sum(cost_nano_usd) AS cost_nano_usd, sum(input_tokens) AS input_tokens,
      sum(output_tokens) AS output_tokens, sum(reported_success) AS reported_success, sum(reported_failure) AS reported_failure
    FROM signalbox.attempt_sums GROUP BY 1, 2, 3`,
  failure_sums: `
    SELECT model, provider, kind, 0 AS shard, sum(failures) AS failures FROM signalbox.failure_sums GROUP BY 1, 2, 3`,
  samples: `
    SELECT kind, owner, name, row_number() OVER (ORDER BY kind, owner, name, seq) AS id, at_ms, value FROM (
      SELECT s.kind, s.owner, s.name, s.id AS seq, s.at_ms, s.value,
        row_number() OVER (PARTITION BY s.kind, s.owner, s.name ORDER BY s.id DESC) AS place FROM signalbox.samples s
    ) AS x WHERE place <= (ARRAY[${MOST_SAMPLES.join(", ")}])[kind + 1] ORDER BY 4`,
  outages: "SELECT key, scope, kind, message, since_ms, until_ms, times FROM signalbox.outages",
  shadow_runs: `
    SELECT principal, task, day, ours_nano_usd, baseline_nano_usd, shadow_nano_usd FROM signalbox.shadow_runs ORDER BY day, id`,
  prunes: "SELECT before_day, requests, attempts, at_ms FROM signalbox.prunes",
  task_revisions:
    "SELECT principal, task, 0 AS shard, sum(revision) AS revision FROM signalbox.task_revisions GROUP BY 1, 2",
  guarantees: "SELECT principal, task, guarantee FROM signalbox.guarantees",
  seen_requests: `
    SELECT principal, task, first_model, CASE WHEN r.id IS NULL THEN '' ELSE route_id END AS route_id,
      row_number() OVER (ORDER BY s.id) AS id, s.propensity, s.outcome::integer AS outcome, s.answers
    FROM signalbox.seen_requests s LEFT JOIN (SELECT id, route_id FROM signalbox.requests) AS r USING (route_id) ORDER BY 5`,
  evidence_records: `
    SELECT principal, task, basis, models, times, right_times, recent_times, recent_right FROM signalbox.evidence_records`,
  caller_savings: `
    SELECT principal, task, model, provider, day, 0 AS shard, sum(unwritten_tokens) AS unwritten_tokens,
      sum(unread_tokens) AS unread_tokens
    FROM signalbox.caller_savings GROUP BY 1, 2, 3, 4, 5`,
  notices: "SELECT key, until_ms FROM signalbox.notices",
  explorations: "SELECT day, 0 AS shard, sum(extra_nano_usd) AS extra_nano_usd FROM signalbox.explorations GROUP BY 1",
  reservations: `
    SELECT attempt_id, request, seq, role, task, model, provider, principal, day, amount_nano_usd, reserved_at_ms, lease_until_ms,
      ends_by_ms, 'moved' AS call_id, settled::integer AS settled, calling::integer AS calling, probe, batch_id, drawn_all,
      drawn_provider, drawn_task, drawn_principal
    FROM signalbox.reservations`,
  holds: "SELECT batch_id, line, name, day, amount_nano_usd, lease_until_ms, ends_by_ms FROM signalbox.holds",
};

async function stateOf(all: Queries["all"]): Promise<MovedState> {
  const state = new Map<string, readonly unknown[]>();
  for (const [table, sql] of Object.entries(STATE)) state.set(table, await all(sql));
  const stored = await all<StatisticsColumns>(
    "SELECT principal, task, model, basis, version, figures FROM signalbox.model_statistics",
  );
  const events = await all<EventRow>(
    "SELECT principal, task, model, basis, event FROM signalbox.lesson_events ORDER BY id",
  );
  const statistics = withEvents(stored, events).map((row) => ({
    ...row,
    principal: row.principal ?? "",
    basis: row.basis ?? "",
  }));
  return { ...Object.fromEntries(state), model_statistics: statistics } as unknown as MovedState;
}
