import { dayOf } from "../core/budget.ts";
import type { DashboardDays, DashboardOut, DashboardRow } from "../core/contract-dashboard.ts";
import type { SpendReportInput, SpendReportOutput } from "../core/contract-reports.ts";
import type { EndedRequest, LedgerReader } from "../core/ledger-reader.ts";
import { usdFromNano } from "../core/money.ts";
import type { Outcome } from "../core/outcome.ts";
import type { Service } from "../core/service.ts";

/** Requests that are listed. */
const LISTED = 25;
const DAY_MS = 86_400_000;

/** What the view is made of. */
export interface DashboardParts {
  readonly service: Pick<Service, "principal" | "spendReport" | "metrics" | "budget" | "listModels">;
  readonly reader: Pick<LedgerReader, "ended">;
  readonly baselineModel: string;
  readonly nowMs: number;
}

/** All that the view shows, of the last `days` days with today. Throws `ledger_unavailable`. */
export async function dashboardOf(days: DashboardDays, parts: DashboardParts): Promise<Outcome<DashboardOut>> {
  const { service, reader, baselineModel, nowMs } = parts;
  const until = dayOf(nowMs);
  const sinceMs = Date.parse(until) - (days - 1) * DAY_MS;
  const since = dayOf(sinceMs);
  const spend = (group_by: SpendReportInput["group_by"]) => service.spendReport({ since, until, group_by });
  const [byDay, byModel, byTask, metrics, budget, models, ended] = await Promise.all([
    spend("day"),
    spend("model"),
    spend("task"),
    service.metrics(null),
    service.budget(),
    service.listModels({ available_only: true }),
    reader.ended(sinceMs, LISTED, service.principal),
  ]);
  for (const outcome of [byDay, byModel, byTask, metrics, budget, models]) if (!outcome.ok) return outcome;
  if (!byDay.ok || !byModel.ok || !byTask.ok || !metrics.ok || !budget.ok || !models.ok) throw new Error("unreachable");
  const unwell = models.value.models.filter(({ health }) => health !== "ok");
  return {
    ok: true,
    value: {
      generated_at: new Date(nowMs).toISOString(),
      days,
      since,
      until,
      principal: service.principal,
      baseline_model: baselineModel,
      totals: byDay.value.totals,
      by_day: everyDay(byDay.value, sinceMs, days),
      by_model: byModel.value.rows.map(rowOf),
      by_task: byTask.value.rows.map(rowOf),
      report: byDay.value.report,
      models: metrics.value.models.map(
        ({ model, provider, attempts, accepted, rejected, failed, latency_p50_ms, latency_p95_ms }) => ({
          model,
          provider,
          attempts,
          accepted,
          rejected,
          failed,
          latency_p50_ms,
          latency_p95_ms,
        }),
      ),
      breakers: {
        well: models.value.models.length - unwell.length,
        unwell: unwell.map(({ id, provider, health }) => ({ model: id, provider, detail: health })),
      },
      budgets: budget.value.budgets,
      recent: ended.map(listed),
    },
  };
}

function rowOf({ key, ...sums }: SpendReportOutput["rows"][number]): DashboardRow {
  const { requests, accepted, verified, unchecked, cost_usd, baseline_usd, saved_usd } = sums;
  return { key, requests, accepted, verified, unchecked, cost_usd, baseline_usd, saved_usd };
}

/** Days without a request stand there too: a gap in a chart would hide them. */
function everyDay({ rows }: SpendReportOutput, sinceMs: number, days: number): readonly DashboardRow[] {
  const known = new Map(rows.map((row) => [row.key, rowOf(row)]));
  const none = { requests: 0, accepted: 0, verified: 0, unchecked: 0, cost_usd: 0, baseline_usd: 0, saved_usd: 0 };
  return Array.from({ length: days }, (_, index) => {
    const key = dayOf(sinceMs + index * DAY_MS);
    return known.get(key) ?? { key, ...none };
  });
}

function listed(request: EndedRequest): DashboardOut["recent"][number] {
  return {
    route_id: request.routeId,
    task: request.task,
    started_at: new Date(request.startedAtMs).toISOString(),
    status: request.status,
    verdict: request.verdict,
    model: request.answerModel,
    attempts: request.attempts,
    cost_usd: usdFromNano(request.costNanoUsd),
    latency_ms: request.latencyMs,
  };
}
