import type { ModelId } from "../../../core/model.ts";
import type { MeasuredLatency } from "../../../core/latency.ts";
import { NEWEST } from "../../common/bounds.ts";
import { wholeMs, percentile } from "../../units.ts";
import type { Connection } from "../db/connection.ts";

const { latencyOfTask: SAMPLES } = NEWEST;

const PUSH = `
  INSERT INTO pace_samples (task, model, latency_ms, seq)
  VALUES (?, ?, ?, 1 + coalesce((
    SELECT seq FROM pace_samples WHERE task = (SELECT ?) AND model = (SELECT ?) ORDER BY seq DESC LIMIT 1), 0))
  RETURNING seq`;

const STORE = "INSERT OR REPLACE INTO paces (task, model, samples, p50_ms, p95_ms) VALUES (?, ?, ?, ?, ?)";

/** Adds how long an answer took, and renews the quantiles: they are read before every plan. */
export function pushLatency(connection: Connection, task: number, model: number, latencyMs: number): void {
  const seq = connection.get<{ seq: number }>(PUSH, task, model, wholeMs(latencyMs), task, model)?.seq ?? 0;
  if (seq > SAMPLES) {
    connection.run("DELETE FROM pace_samples WHERE task = ? AND model = ? AND seq <= ?", task, model, seq - SAMPLES);
  }
  const ascending = connection
    .all<{ value: number }>("SELECT latency_ms AS value FROM pace_samples WHERE task = ? AND model = ?", task, model)
    .sort((one, other) => one.value - other.value);
  connection.run(STORE, task, model, ascending.length, percentile(ascending, 0.5), percentile(ascending, 0.95));
}

/** How long answers to a task have taken, by model. */
export function readLatencies(connection: Connection, task: string | null): ReadonlyMap<ModelId, MeasuredLatency> {
  const id = task === null ? null : connection.names.find(task);
  if (id === null) return new Map();
  const rows = connection.all<{ model: number; samples: number; p50_ms: number; p95_ms: number }>(
    "SELECT model, samples, p50_ms, p95_ms FROM paces WHERE task = ?",
    id,
  );
  return new Map(
    rows.map((row) => [connection.names.of(row.model), { samples: row.samples, p50Ms: row.p50_ms, p95Ms: row.p95_ms }]),
  );
}
