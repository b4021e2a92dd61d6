import { billedOutputTokens, promptTokens } from "../../core/usage.ts";
import { wholeMs } from "../units.ts";
import type { Queries } from "../postgres/db/database.ts";
import { plainJson } from "../postgres/db/plain-json.ts";
import { storedEnding, storedRecord } from "../postgres/write/requests.ts";
import { storedAttempt } from "../postgres/write/settle.ts";
import type { MovedAttempt, MovedRequest, MovedState } from "./rows.ts";

/** So many rows go into one statement. */
const ROWS = 1000;

/** Writes requests with the numbers that they have; replaces those that are there. In the caller's transaction. */
export async function writeRequests({ all }: Queries, requests: readonly MovedRequest[]): Promise<void> {
  await all("DELETE FROM signalbox.requests WHERE id = ANY ($1::bigint[])", [requests.map(({ id }) => id)]);
  await insert(all, "requests", requests.map(requestRow));
  await insert(
    all,
    "attempts",
    requests.flatMap(({ id, attempts }) => attempts.map((attempt) => attemptRow(id, attempt))),
  );
}

function requestRow({ id, route, presumed }: MovedRequest): object {
  const { request, end, propensity, outcome } = route;
  return {
    id,
    route_id: request.routeId,
    principal: request.principal,
    task: request.task,
    started_at_ms: wholeMs(request.startedAtMs),
    min_quality: request.minQuality,
    caller_tokens: request.callerTokens,
    propensity,
    record: storedRecord(request),
    prompt_text: request.promptText,
    status: end?.status ?? null,
    presumed,
    answer_attempt: end?.attemptId ?? null,
    verdict_status: end?.verdictStatus ?? null,
    baseline_nano_usd: end?.baselineNanoUsd ?? null,
    ended_at_ms: end === null ? null : wholeMs(end.endedAtMs),
    ending: end === null ? null : storedEnding(end),
    success: outcome?.success ?? null,
    outcome_note: outcome?.note ?? null,
    outcome_at_ms: outcome?.atMs ?? null,
  };
}

function attemptRow(request: number, { record, seq, day, reservedNanoUsd, dead }: MovedAttempt): object {
  const { verdict, failure, usage } = record;
  return {
    request,
    seq,
    attempt_id: record.attemptId,
    ordinal: record.ordinal,
    role: record.role,
    model: record.model,
    provider: record.provider,
    outcome: record.outcome,
    dead,
    day,
    latency_ms: wholeMs(record.latencyMs),
    reserved_nano_usd: reservedNanoUsd,
    cost_nano_usd: record.cost.nanoUsd,
    input_tokens: promptTokens(usage) ?? 0,
    output_tokens: billedOutputTokens(usage) ?? 0,
    verdict_status: verdict?.status ?? null,
    score: verdict?.score ?? null,
    basis: verdict?.basis ?? null,
    error_kind: failure?.kind ?? null,
    record: storedAttempt(record),
    answer_text: record.text,
  };
}

/** Writes all the rest, and lets numbers go on after those that were moved. In the caller's transaction. */
export async function writeState({ all }: Queries, state: MovedState): Promise<void> {
  const { shadow_runs: shadowRuns, ...rest } = state;
  for (const [table, rows] of Object.entries(rest)) await insert(all, table, rows);
  await insert(
    all,
    "shadow_runs",
    shadowRuns.map((row) => ({ ...row, id: crypto.randomUUID() })),
  );
  await all(HELD_BY_ATTEMPTS);
  await all(HELD_BY_BATCHES);
  for (const table of ["requests", "samples", "seen_requests"]) {
    await all(
      `SELECT setval(pg_get_serial_sequence('signalbox.${table}', 'id'), coalesce(max(id), 0) + 1, false) FROM signalbox.${table}`,
    );
  }
}

/** A file adds up what is held whenever it asks; in Postgres it stands in the sums. */
const HELD_BY_ATTEMPTS = `
  SELECT signalbox.add_sums(signalbox.spread(v.task, v.model, v.provider, v.principal, v.day, 0, 0, 0, 0, 0, 0, 0, v.amount_nano_usd))
  FROM signalbox.reservations v`;
const HELD_BY_BATCHES = `
  SELECT signalbox.add_sums(ARRAY[signalbox.line_delta(h.line, h.name, h.day, h.amount_nano_usd)]) FROM signalbox.holds h`;

async function insert(all: Queries["all"], table: string, rows: readonly object[]): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS) {
    await all(
      `INSERT INTO signalbox.${table} OVERRIDING SYSTEM VALUE
       SELECT * FROM jsonb_populate_recordset(NULL::signalbox.${table}, $1::jsonb)`,
      [plainJson(rows.slice(from, from + ROWS))],
    );
  }
}
