import type { ModelId } from "../../../core/model.ts";
import type { ModelMetrics } from "../../../core/ledger-reader.ts";
import type { Connection } from "../db/connection.ts";
import { percentile } from "../../units.ts";
import { RINGS } from "../write/recent-samples.ts";

interface MetricSums {
  readonly model: number;
  readonly provider: number;
  readonly attempts: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly failed: number;
  readonly verified: number;
  readonly costNanoUsd: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly reportedSuccess: number;
  readonly reportedFailure: number;
}

const SUMS = `
  SELECT model, provider, sum(attempts) AS attempts, sum(accepted) AS accepted, sum(rejected) AS rejected,
    sum(failed) AS failed, sum(verified) AS verified, sum(cost_nano_usd) AS costNanoUsd, sum(input_tokens) AS inputTokens,
    sum(output_tokens) AS outputTokens, sum(reported_success) AS reportedSuccess, sum(reported_failure) AS reportedFailure
  FROM attempt_rollups WHERE model = coalesce(?, model)
  GROUP BY model, provider HAVING attempts > 0`;

const FAILURES = "SELECT kind, failures FROM failure_rollups WHERE model = ? AND provider = ? AND failures > 0";

const LATENCIES = "SELECT value FROM recent WHERE ring = ? AND model = ? ORDER BY value";

/**
 * What the attempts of each model came to, or of one model, by name. Input tokens include the cached ones, output tokens the
 * thinking. Attempts of dead processes fail as "dead".
 */
export function readMetrics(connection: Connection, model: ModelId | null): readonly ModelMetrics[] {
  const { names } = connection;
  const id = model === null ? null : names.find(model);
  if (model !== null && id === null) return [];
  return connection
    .all<MetricSums>(SUMS, id)
    .map((sums): ModelMetrics => {
      const failures = connection.all<{ kind: number; failures: number }>(FAILURES, sums.model, sums.provider);
      const latencies = connection.all<{ value: number }>(LATENCIES, RINGS.latency.id, sums.model);
      return {
        ...sums,
        model: names.of(sums.model),
        provider: names.of(sums.provider),
        failuresByKind: Object.fromEntries(failures.map((row) => [names.of(row.kind), row.failures])),
        latencyP50Ms: percentile(latencies, 0.5),
        latencyP95Ms: percentile(latencies, 0.95),
      };
    })
    .sort((one, other) => (one.model < other.model ? -1 : one.model > other.model ? 1 : 0));
}
