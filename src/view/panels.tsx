import type { DashboardOut } from "../core/contract-dashboard.ts";
import { BarsChart } from "./charts/bars.tsx";
import { spendCells } from "./charts/days.tsx";
import { count, duration, share, usd } from "./words.ts";

/** Parts of the view that show one thing each, as a chart or as a list. */

interface OfDashboard {
  readonly data: DashboardOut;
}

/** A figure with its name, and what stands behind it. */
export function Figure({
  name,
  value,
  note,
}: {
  readonly name: string;
  readonly value: string;
  readonly note?: string | undefined;
}) {
  return (
    <div class="number">
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        {note !== undefined && <span>{note}</span>}
      </dd>
    </div>
  );
}

/** The sums of a report of spend, with both savings. */
export function Totals({ totals }: Pick<DashboardOut, "totals">) {
  const { measured, target } = totals;
  return (
    <dl class="numbers">
      <Figure name="Spent" value={usd(totals.cost_usd)} note={`${count(totals.requests)} requests`} />
      <Figure
        name="Saved, modelled"
        value={share(totals.saved_share)}
        note={`${usd(totals.saved_usd)} below ${usd(totals.baseline_usd)}`}
      />
      <Figure
        name="Saved, measured"
        value={measured === null ? "–" : share(measured.saved_share)}
        note={
          measured === null
            ? "no shadow runs (baseline_share)"
            : `${share(measured.low)} to ${share(measured.high)}, ${count(measured.runs)} runs`
        }
      />
      <Figure name="Target" value={target.mark} note={`${share(target.saved_share)} saved, ${target.by}`} />
      <Figure
        name="Verified"
        value={count(totals.verified)}
        note={
          totals.usd_per_verified === null ? "no verified answer" : `${usd(totals.usd_per_verified)} for each of them`
        }
      />
    </dl>
  );
}

/** Spend of models or tasks, the dearest first. */
export function SpendOf({
  title,
  of,
  rows,
}: {
  readonly title: string;
  readonly of: string;
  readonly rows: DashboardOut["by_model"];
}) {
  const dearest = rows.toSorted((a, b) => b.cost_usd - a.cost_usd);
  if (dearest.length === 0) return null;
  return (
    <BarsChart
      title={title}
      legend={[
        { mark: "cost", text: "cost" },
        { mark: "tick", text: "its accepted answers on the baseline" },
      ]}
      rows={dearest.map((row) => ({
        name: row.key,
        figure: usd(row.cost_usd),
        parts: [{ mark: "cost", value: row.cost_usd }],
        reference: row.baseline_usd,
      }))}
      table={{
        heads: [of, "requests", "accepted", "verified", "cost", "baseline", "saved"],
        rows: dearest.map(spendCells),
      }}
    />
  );
}

/** How requests ended, and which of them a fallback or a repair has saved. */
export function Served({ data: { report } }: OfDashboard) {
  const { requests, success, saved_requests: saved } = report;
  const kinds = [
    { name: "succeeded", mark: "good", value: success.succeeded },
    { name: "failed, or below quality", mark: "bad", value: success.failed },
    { name: "cancelled by the caller", mark: "quiet", value: success.cancelled },
    { name: "refused by a budget or the user", mark: "quiet", value: success.refused },
  ];
  return (
    <>
      <dl class="numbers">
        <Figure
          name="Success"
          value={share(success.share)}
          note={`${count(success.succeeded)} of ${count(success.succeeded + success.failed)} requests`}
        />
        <Figure name="Saved by a fallback" value={count(saved.by_fallback)} note="a later model answered" />
        <Figure name="Saved by a repair" value={count(saved.by_repair)} note="their rejected answer was repaired" />
      </dl>
      {!report.complete && <p class="note">Of the latest {count(requests)} requests.</p>}
      <BarsChart
        title="How requests ended"
        rows={kinds.map(({ name, mark, value }) => ({ name, figure: count(value), parts: [{ mark, value }] }))}
        most={requests}
        table={{
          heads: ["end", "requests", "share"],
          rows: kinds.map(({ name, value }) => [name, count(value), share(requests === 0 ? null : value / requests)]),
        }}
      />
    </>
  );
}

/** How long requests took, by quantile, and how long calls of each model take. */
export function Latency({ data }: OfDashboard) {
  const { latency } = data.report;
  const quantiles = [
    ["50 of 100 took at most", latency.p50_ms],
    ["90 of 100 took at most", latency.p90_ms],
    ["95 of 100 took at most", latency.p95_ms],
    ["99 of 100 took at most", latency.p99_ms],
    ["the slowest", latency.most_ms],
  ] as const;
  const timed = data.models.filter(({ latency_p50_ms: middle }) => middle !== null);
  return (
    <>
      {latency.most_ms === null ? (
        <p class="note">No request was answered in these days.</p>
      ) : (
        <BarsChart
          title="Requests: how long they took"
          rows={quantiles.map(([name, ms]) => ({
            name,
            figure: duration(ms),
            parts: [{ mark: "cost", value: ms ?? 0 }],
          }))}
          table={{
            heads: ["share", "milliseconds"],
            rows: quantiles.map(([name, ms]) => [name, count(Math.round(ms ?? 0))]),
          }}
        />
      )}
      {timed.length > 0 && (
        <BarsChart
          title="Calls by model: half of them to 95 of 100"
          rows={timed.map((each) => {
            const from = each.latency_p50_ms ?? 0;
            const to = Math.max(from, each.latency_p95_ms ?? from);
            return {
              name: each.model,
              figure: `${duration(from)} – ${duration(to)}`,
              from,
              parts: [{ mark: "cost", value: Math.max(to - from, 1) }],
            };
          })}
          table={{
            heads: ["model", "provider", "calls", "accepted", "rejected", "failed", "p50", "p95"],
            words: 2,
            rows: timed.map((each) => [
              each.model,
              each.provider,
              count(each.attempts),
              count(each.accepted),
              count(each.rejected),
              count(each.failed),
              duration(each.latency_p50_ms),
              duration(each.latency_p95_ms),
            ]),
          }}
        />
      )}
    </>
  );
}

/** What is left of each budget. */
export function Budgets({ data: { budgets } }: OfDashboard) {
  if (budgets.length === 0) return <p class="note">The config sets no budget.</p>;
  return (
    <BarsChart
      title="Budgets"
      legend={[
        { mark: "cost", text: "spent" },
        { mark: "warn", text: "held by running calls" },
      ]}
      rows={budgets.map(({ scope, limit_usd: limit, spent_usd: spent, held_usd: held, left_usd: left }) => ({
        name: scope,
        figure: `${usd(left)} left of ${usd(limit)}`,
        parts: [
          { mark: "cost", value: limit === 0 ? 1 : spent / limit },
          { mark: "warn", value: limit === 0 ? 0 : held / limit },
        ],
      }))}
      most={1}
      table={{
        heads: ["budget", "limit", "spent", "held", "left"],
        rows: budgets.map((each) => [
          each.scope,
          usd(each.limit_usd),
          usd(each.spent_usd),
          usd(each.held_usd),
          usd(each.left_usd),
        ]),
      }}
    />
  );
}

/** Which models are skipped now, and why. */
export function Breakers({ data: { breakers } }: OfDashboard) {
  const { well, unwell } = breakers;
  return (
    <>
      <p>
        {unwell.length === 0
          ? `No breaker is open: all ${count(well)} models with a key are asked.`
          : `${count(unwell.length)} skipped, ${count(well)} in order.`}
      </p>
      {unwell.length > 0 && (
        <ul class="unwell">
          {unwell.map(({ model, detail }) => (
            <li key={model}>
              <strong>{model}</strong> {detail}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
