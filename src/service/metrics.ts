import { didYouMean } from "../checks/kit/suggest.ts";
import type { CheckRecordOut, MetricsOut, ModelMetricsOut } from "../core/contract-resources.ts";
import type { LedgerReader, ModelMetrics, ReportedAnswers } from "../core/ledger-reader.ts";
import type { Catalogue } from "../core/model.ts";
import { usdFromNano } from "../core/money.ts";
import type { Outcome } from "../core/outcome.ts";
import { wilsonInterval } from "../planner/wilson.ts";
import { refusal } from "./present/route.ts";

/** What stands beside the checks' own record. */
const BIAS =
  "Only accepted answers are reported on, mostly those that went wrong: the true share of wrong answers is probably lower.";

/** Metrics of one model, or of all with the checks' own record. Throws `ledger_unavailable`. */
export async function metricsOf(
  reader: LedgerReader,
  catalogue: Catalogue,
  model: string | null,
  principal: string | null,
): Promise<Outcome<MetricsOut>> {
  const found = model === null ? null : catalogue.find(model);
  if (found === undefined) {
    const known = catalogue.models.map(({ id }) => id);
    return refusal("not_found", `Unknown model "${model}"${didYouMean(model ?? "", known)}`);
  }
  const models = presentMetrics(await reader.metrics(found?.id ?? null, principal));
  if (found !== null) return { ok: true, value: { models } };
  const rows = (await reader.reportedAnswers(principal)).map(presentRecord);
  return { ok: true, value: { models, ...(rows.length === 0 ? {} : { checks: { note: BIAS, rows } }) } };
}

function presentRecord({ task, basis, reported, wrong }: ReportedAnswers): CheckRecordOut {
  const [low, high] = wilsonInterval(wrong, reported);
  const share = (value: number): number => Number(value.toFixed(4));
  return { task, basis, reported, wrong, wrong_share_low: share(low), wrong_share_high: share(high) };
}

function presentMetrics(rows: readonly ModelMetrics[]): readonly ModelMetricsOut[] {
  return rows.map((row) => ({
    model: row.model,
    provider: row.provider,
    attempts: row.attempts,
    accepted: row.accepted,
    rejected: row.rejected,
    failed: row.failed,
    failures_by_kind: row.failuresByKind,
    verified: row.verified,
    cost_usd: usdFromNano(row.costNanoUsd),
    input_tokens: row.inputTokens,
    output_tokens: row.outputTokens,
    latency_p50_ms: row.latencyP50Ms,
    latency_p95_ms: row.latencyP95Ms,
    reported_success: row.reportedSuccess,
    reported_failure: row.reportedFailure,
  }));
}
