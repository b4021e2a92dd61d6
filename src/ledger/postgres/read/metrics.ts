import type { ModelId } from "../../../core/model.ts";
import type { ModelMetrics } from "../../../core/ledger-reader.ts";
import type { Queries } from "../db/database.ts";

interface FailuresOfModel {
  readonly model: string;
  readonly provider: string;
  readonly kind: string;
  readonly failures: number;
}

type MetricColumns = Omit<ModelMetrics, "failuresByKind">;

const SUMS = `
  SELECT s.*, q.p50 AS "latencyP50Ms", q.p95 AS "latencyP95Ms" FROM (
    SELECT model, provider, sum(attempts) AS attempts, sum(accepted) AS accepted, sum(rejected) AS rejected, sum(failed) AS failed,
      sum(verified) AS verified, sum(cost_nano_usd) AS "costNanoUsd", sum(input_tokens) AS "inputTokens",
      sum(output_tokens) AS "outputTokens", sum(reported_success) AS "reportedSuccess", sum(reported_failure) AS "reportedFailure"
    FROM signalbox.attempt_sums WHERE model = coalesce($1, model) GROUP BY model, provider HAVING sum(attempts) > 0
  ) AS s LEFT JOIN LATERAL (
    SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY value) AS p50, percentile_disc(0.95) WITHIN GROUP (ORDER BY value) AS p95
    FROM (SELECT value FROM signalbox.samples WHERE kind = 1 AND owner = '' AND name = s.model ORDER BY id DESC LIMIT 200) AS newest
  ) AS q ON true ORDER BY s.model, s.provider`;

const FAILURES = `
  SELECT model, provider, kind, sum(failures) AS failures FROM signalbox.failure_sums WHERE model = coalesce($1, model)
  GROUP BY model, provider, kind HAVING sum(failures) > 0`;

/**
 * What the attempts of each model came to, or of one model, by name. Input tokens include the cached ones, output tokens the
 * thinking. Attempts of dead processes fail as "dead".
 */
export async function readMetrics({ all }: Queries, model: ModelId | null): Promise<readonly ModelMetrics[]> {
  return withFailures(await all<MetricColumns>(SUMS, [model]), await all<FailuresOfModel>(FAILURES, [model]));
}

const OWN_ROWS = `
  FROM signalbox.requests r JOIN signalbox.attempts a ON a.request = r.id
  WHERE r.principal = $2 AND a.model = coalesce($1, a.model)`;

const OWN_SUMS = `
  SELECT a.model, a.provider, count(*) AS attempts, count(*) FILTER (WHERE a.outcome = 'accepted') AS accepted,
    count(*) FILTER (WHERE a.outcome = 'rejected') AS rejected, count(*) FILTER (WHERE a.outcome = 'failed') AS failed,
    count(*) FILTER (WHERE a.verdict_status = 'verified') AS verified, sum(a.cost_nano_usd) AS "costNanoUsd",
    sum(a.input_tokens) AS "inputTokens", sum(a.output_tokens) AS "outputTokens",
    count(*) FILTER (WHERE r.success AND a.attempt_id = r.answer_attempt) AS "reportedSuccess",
    count(*) FILTER (WHERE NOT r.success AND a.attempt_id = r.answer_attempt) AS "reportedFailure",
    percentile_disc(0.5) WITHIN GROUP (ORDER BY a.latency_ms) FILTER (WHERE a.error_kind IS NULL) AS "latencyP50Ms",
    percentile_disc(0.95) WITHIN GROUP (ORDER BY a.latency_ms) FILTER (WHERE a.error_kind IS NULL) AS "latencyP95Ms"
  ${OWN_ROWS} GROUP BY a.model, a.provider ORDER BY a.model, a.provider`;

const OWN_FAILURES = `
  SELECT a.model, a.provider, a.error_kind AS kind, count(*) AS failures
  ${OWN_ROWS} AND a.error_kind IS NOT NULL GROUP BY a.model, a.provider, a.error_kind ORDER BY max(r.route_id) DESC`;

/** What the attempts of a principal's requests came to, by model, as far as they are still in the ledger. */
export async function readOwnMetrics(
  { all }: Queries,
  model: ModelId | null,
  principal: string,
): Promise<readonly ModelMetrics[]> {
  const values = [model, principal];
  return withFailures(await all<MetricColumns>(OWN_SUMS, values), await all<FailuresOfModel>(OWN_FAILURES, values));
}

function withFailures(sums: readonly MetricColumns[], failures: readonly FailuresOfModel[]): readonly ModelMetrics[] {
  return sums.map((row) => ({
    ...row,
    failuresByKind: Object.fromEntries(
      failures
        .filter(({ model, provider }) => model === row.model && provider === row.provider)
        .map((each) => [each.kind, each.failures]),
    ),
  }));
}
