import { NO_NAME } from "../sqlite/db/interned-names.ts";
import type { Connection } from "../sqlite/db/connection.ts";
import { PRUNED_TABLES } from "../sqlite/prune/step.ts";
import { storeAttempt } from "../sqlite/write/attempts.ts";
import { pushLatency } from "../sqlite/write/latency-stats.ts";
import { insertRequest, storeEnd, storeOutcome } from "../sqlite/write/requests.ts";
import { PROBES } from "../sqlite/write/provider-capacity.ts";
import { KEPT_REQUESTS } from "../common/lessons.ts";
import type { MovedRequest, MovedState } from "./rows.ts";

/** Writes requests into a file with the numbers that they have; replaces those that are there. In the caller's transaction. */
export function writeRequests(connection: Connection, requests: readonly MovedRequest[]): void {
  for (const { id, route, presumed, attempts } of requests) {
    for (const table of PRUNED_TABLES) connection.run(`DELETE FROM ${table} WHERE request = ?`, id);
    connection.run("DELETE FROM requests WHERE id = ?", id);
    const { request, end, propensity, outcome } = route;
    const choice = propensity === null ? {} : { choice: { propensity, exploredNanoUsd: 0 } };
    insertRequest(connection, { ...request, ...choice }, true, id);
    for (const { record, ...place } of attempts) storeAttempt(connection, { ...place, request: id }, record, true);
    if (end !== null) storeEnd(connection, id, end, presumed);
    if (outcome !== null) storeOutcome(connection, id, outcome.success, outcome.note, outcome.atMs);
  }
}

/** Writes all the rest. In the caller's transaction. */
export function writeState(connection: Connection, state: MovedState): void {
  const { names } = connection;
  /** '' stands for the owner, for no basis and for all names: their number is 0. */
  const id = (name: string): number => (name === "" ? NO_NAME : names.id(name));
  const insert = (table: string, values: readonly (string | number | null)[]): void => {
    connection.run(`INSERT INTO ${table} VALUES (${values.map(() => "?").join(", ")})`, ...values);
  };
  for (const row of state.spend_sums) {
    const whose = row.principal === "" ? [] : [id(row.principal)];
    const sums = [row.requests, row.accepted, row.verified, row.unchecked, row.cost_nano_usd, row.baseline_nano_usd];
    const values = [...whose, row.dimension, id(row.name), row.day, ...sums, row.caller_tokens];
    insert(row.principal === "" ? "spend_rollups" : "principal_rollups", values);
  }
  for (const row of state.attempt_sums) {
    const outcomes = [row.attempts, row.accepted, row.rejected, row.failed, row.verified];
    const rest = [row.cost_nano_usd, row.input_tokens, row.output_tokens, row.reported_success, row.reported_failure];
    insert("attempt_rollups", [id(row.model), id(row.provider), id(row.task), ...outcomes, ...rest]);
  }
  for (const row of state.failure_sums) {
    insert("failure_rollups", [id(row.model), id(row.provider), id(row.kind), row.failures]);
  }
  writeSamples(connection, state.samples, id);
  for (const row of state.outages) {
    insert("outages", [row.key, id(row.scope), id(row.kind), row.message, row.since_ms, row.until_ms, row.times]);
  }
  for (const row of state.shadow_runs) {
    const figures = [row.day, row.ours_nano_usd, row.baseline_nano_usd, row.shadow_nano_usd];
    insert("shadow_runs", [null, names.idOrNull(row.principal), id(row.task), ...figures]);
  }
  for (const row of state.prunes) insert("prunes", [row.before_day, row.requests, row.attempts, row.at_ms]);
  writeLessons(connection, state, id, insert);
  for (const row of state.caller_savings) {
    const place = [id(row.principal), id(row.task), id(row.model), id(row.provider), row.day];
    insert("caller_savings", [...place, row.unwritten_tokens, row.unread_tokens]);
  }
  for (const row of state.notices) insert("notices", [row.key, row.until_ms]);
  for (const row of state.explorations) insert("explorations", [row.day, row.extra_nano_usd]);
  for (const row of state.reservations) {
    connection.run(
      RESERVATION,
      row.attempt_id,
      row.request,
      row.seq,
      id(row.task),
      id(row.model),
      id(row.provider),
      row.day,
      row.amount_nano_usd,
      row.reserved_at_ms,
      row.lease_until_ms,
      row.settled,
      row.calling,
      row.probe === null ? null : PROBES[row.probe as keyof typeof PROBES],
      row.ends_by_ms,
      names.idOrNull(row.principal),
      row.batch_id,
      row.drawn_all,
      row.drawn_task,
      row.drawn_provider,
      row.drawn_principal,
      row.role === "answer" ? null : id(row.role),
    );
  }
  for (const row of state.holds) {
    const times = [row.lease_until_ms, row.ends_by_ms];
    insert("holds", [row.batch_id, row.line, id(row.name), row.day, row.amount_nano_usd, ...times]);
  }
}

const RESERVATION = `
  INSERT INTO reservations (attempt_id, request, seq, task, model, provider, day, amount_nano_usd, reserved_at_ms, lease_until_ms,
    settled, calling, probe, ends_by_ms, principal, batch_id, drawn_all, drawn_task, drawn_provider, drawn_principal, role)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

function writeSamples(connection: Connection, samples: MovedState["samples"], id: (name: string) => number): void {
  for (const { kind, owner, name, id: seq, at_ms: atMs, value } of samples) {
    if (kind === 0 || kind === 1) {
      connection.run(
        "INSERT INTO recent (ring, model, seq, at_ms, value) VALUES (?, ?, ?, ?, ?)",
        kind,
        id(name),
        seq,
        atMs,
        value,
      );
    } else if (kind === 2) pushLatency(connection, id(owner), id(name), value);
    else if (kind === 3) {
      connection.run(
        "INSERT INTO own_health (principal, model, seq, at_ms, value) VALUES (?, ?, ?, ?, ?)",
        id(owner),
        id(name),
        seq,
        atMs,
        value,
      );
    } else connection.run("INSERT INTO starts (provider, seq, at_ms) VALUES (?, ?, ?)", id(name), seq, atMs);
  }
}

function writeLessons(
  connection: Connection,
  state: MovedState,
  id: (name: string) => number,
  insert: (table: string, values: readonly (string | number | null)[]) => void,
): void {
  const { names } = connection;
  const key = (principal: string, task: string): string => JSON.stringify([principal, task]);
  const guarantees = new Map(state.guarantees.map((row) => [key(row.principal, row.task), row.guarantee]));
  const revisions = new Map(state.task_revisions.map((row) => [key(row.principal, row.task), row.revision]));
  for (const row of state.model_statistics) {
    const place = [id(row.principal), id(row.task), id(row.model), id(row.basis)];
    insert("model_statistics", [...place, row.version, row.figures]);
  }
  for (const { principal, task } of [...state.task_revisions, ...state.guarantees]) {
    connection.run(
      "INSERT OR REPLACE INTO task_lessons (principal, task, revision, guarantee) VALUES (?, ?, ?, ?)",
      id(principal),
      id(task),
      revisions.get(key(principal, task)) ?? 0,
      guarantees.get(key(principal, task)) ?? null,
    );
  }
  // The next one that is kept takes the slot of the revision: the oldest must stand there.
  const behind = new Map<string, number>();
  for (const row of state.seen_requests.toReversed()) {
    const place = JSON.stringify([row.principal, row.task, row.first_model]);
    const newer = behind.get(place) ?? 0;
    if (newer >= KEPT_REQUESTS) continue;
    behind.set(place, newer + 1);
    const revision = revisions.get(key(row.principal, row.task)) ?? 0;
    const slot = (((revision - 1 - newer) % KEPT_REQUESTS) + KEPT_REQUESTS) % KEPT_REQUESTS;
    const request = connection.get<{ id: number }>("SELECT id FROM requests WHERE route_id = ?", row.route_id)?.id ?? 0;
    const answers = JSON.stringify(row.answers.map(([model, ...rest]) => [id(model), ...rest]));
    const of = [id(row.principal), id(row.task), id(row.first_model)];
    insert("seen_requests", [...of, slot, request, answers, row.propensity, row.outcome]);
  }
  for (const row of state.evidence_records) {
    const place = [id(row.principal), id(row.task), id(row.basis), names.id(JSON.stringify(row.models))];
    insert("evidence_records", [...place, row.times, row.right_times, row.recent_times, row.recent_right]);
  }
}
