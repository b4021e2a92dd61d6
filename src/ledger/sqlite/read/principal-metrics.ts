import type { ModelId } from "../../../core/model.ts";
import type { ModelMetrics } from "../../../core/ledger-reader.ts";
import type { Connection } from "../db/connection.ts";
import { percentile } from "../../units.ts";

interface Row {
  readonly model: number;
  readonly provider: number;
  readonly outcome: number;
  readonly verdict_status: number | null;
  readonly error_kind: number | null;
  readonly cost_nano_usd: number;
  readonly input: number;
  readonly output: number;
  readonly latency_ms: number;
  /** What the caller said of the answer; `null`: nothing, or another attempt's answer was returned. */
  readonly success: number | null;
}

/** Newest first. Cached tokens are input, thinking is billed as output. */
const ATTEMPTS = `
  SELECT a.model, a.provider, a.outcome, a.verdict_status, a.error_kind, a.cost_nano_usd, a.latency_ms,
    coalesce(a.input_tokens, 0) + coalesce(a.cache_read_tokens, 0) + coalesce(a.cache_write_tokens, 0) AS input,
    coalesce(a.output_tokens, 0) + coalesce(a.reasoning_tokens, 0) AS output,
    CASE WHEN a.seq = r.answer_seq THEN o.success END AS success
  FROM requests r JOIN attempts a ON a.request = r.id LEFT JOIN outcomes o ON o.request = r.id
  WHERE r.principal = ? AND a.model = coalesce(?, a.model)
  ORDER BY r.route_id DESC`;

/** What the attempts of a principal's requests came to, by model, as far as they are still in the ledger. */
export function readOwnMetrics(
  connection: Connection,
  model: ModelId | null,
  principal: string,
): readonly ModelMetrics[] {
  const { names } = connection;
  const id = model === null ? null : names.find(model);
  const whose = names.find(principal);
  if (whose === null || (model !== null && id === null)) return [];
  const rows = connection.all<Row>(ATTEMPTS, whose, id);
  const groups = Map.groupBy(rows, (row) => `${row.model} ${row.provider}`);
  return [...groups.values()]
    .map((group) => metricsOf(connection, group))
    .sort((one, other) => (one.model < other.model ? -1 : one.model > other.model ? 1 : 0));
}

function metricsOf(connection: Connection, rows: readonly Row[]): ModelMetrics {
  const { names } = connection;
  const [first] = rows;
  if (first === undefined) throw new RangeError("a group of no attempts");
  const count = (holds: (row: Row) => boolean): number => rows.filter(holds).length;
  const sum = (of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const outcomes = (name: string): number => count((row) => names.of(row.outcome) === name);
  const failures = Map.groupBy(
    rows.filter(({ error_kind: kind }) => kind !== null),
    ({ error_kind: kind }) => names.of(kind ?? 0),
  );
  const latencies = rows
    .filter(({ error_kind: kind }) => kind === null)
    .map(({ latency_ms: value }) => ({ value }))
    .sort((one, other) => one.value - other.value);
  return {
    model: names.of(first.model),
    provider: names.of(first.provider),
    attempts: rows.length,
    accepted: outcomes("accepted"),
    rejected: outcomes("rejected"),
    failed: outcomes("failed"),
    failuresByKind: Object.fromEntries([...failures].map(([kind, failed]) => [kind, failed.length])),
    verified: count((row) => names.ofOrNull(row.verdict_status) === "verified"),
    costNanoUsd: sum((row) => row.cost_nano_usd),
    inputTokens: sum((row) => row.input),
    outputTokens: sum((row) => row.output),
    latencyP50Ms: percentile(latencies, 0.5),
    latencyP95Ms: percentile(latencies, 0.95),
    reportedSuccess: count((row) => row.success === 1),
    reportedFailure: count((row) => row.success === 0),
  };
}
