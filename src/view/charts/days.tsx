import { scaleBand, scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { DashboardOut, DashboardRow } from "../../core/contract-dashboard.ts";
import { count, usd } from "../words.ts";
import { Chart } from "./chart.tsx";

const HEIGHT = 200;
const TOP = 10;
const LEFT = 58;
const BOTTOM = 176;
/** A label of a day takes so much, pixels. */
const LABEL = 56;
const HALF_LABEL = 18;

/** What each day has cost, as bars, and what the same answers would have cost on the baseline model, as a line. */
export function DaysChart({ rows, baseline }: { readonly rows: readonly DashboardRow[]; readonly baseline: string }) {
  const cost = rows.reduce((sum, row) => sum + row.cost_usd, 0);
  return (
    <Chart
      title="Spend by day"
      summary={`${usd(cost)} over ${rows.length} days; the most on one day is ${usd(Math.max(0, ...rows.map((row) => row.cost_usd)))}`}
      height={() => HEIGHT}
      legend={[
        { mark: "cost", text: "cost" },
        { mark: "baseline", text: `its accepted answers on ${baseline}` },
      ]}
      table={{
        heads: ["day", "requests", "accepted", "verified", "cost", "baseline", "saved"],
        rows: rows
          .filter(({ requests }) => requests > 0)
          .toReversed()
          .map(spendCells),
      }}
      draw={(width) => <Days rows={rows} width={width} />}
    />
  );
}

export function spendCells(row: DashboardOut["by_day"][number]): readonly string[] {
  return [
    row.key,
    count(row.requests),
    count(row.accepted),
    count(row.verified),
    usd(row.cost_usd),
    usd(row.baseline_usd),
    usd(row.saved_usd),
  ];
}

function Days({ rows, width }: { readonly rows: readonly DashboardRow[]; readonly width: number }) {
  const most = Math.max(...rows.map((row) => Math.max(row.cost_usd, row.baseline_usd)));
  const x = scaleBand(
    rows.map(({ key }) => key),
    [LEFT, width - 4],
  ).padding(0.2);
  const y = scaleLinear([0, most === 0 ? 1 : most], [BOTTOM, TOP]).nice(4);
  const middle = (row: DashboardRow): number => (x(row.key) ?? 0) + x.bandwidth() / 2;
  const every = Math.max(1, Math.ceil((rows.length * LABEL) / (width - LEFT)));
  const path = line<DashboardRow>(middle, (row) => y(row.baseline_usd))([...rows]);
  return (
    <>
      {y.ticks(4).map((tick) => (
        <g key={tick}>
          <line class="grid" x1={LEFT} x2={width} y1={y(tick)} y2={y(tick)} />
          <text x={LEFT - 6} y={y(tick)} dy="0.32em" text-anchor="end">
            {axisUsd(tick)}
          </text>
        </g>
      ))}
      {rows.map((row, index) => (
        <g key={row.key}>
          <rect
            class="cost"
            x={x(row.key)}
            width={x.bandwidth()}
            y={y(row.cost_usd)}
            height={Math.max(0, BOTTOM - y(row.cost_usd))}
          >
            <title>{`${row.key}: ${usd(row.cost_usd)}, baseline ${usd(row.baseline_usd)}, ${count(row.requests)} requests`}</title>
          </rect>
          {(rows.length - 1 - index) % every === 0 && (
            <text x={Math.min(middle(row), width - HALF_LABEL)} y={BOTTOM + 17} text-anchor="middle">
              {row.key.slice(5)}
            </text>
          )}
        </g>
      ))}
      <path class="baseline-line" d={path ?? ""} />
    </>
  );
}

/** As short as an axis needs it: "$0.0004", "$1.5". */
function axisUsd(amount: number): string {
  return amount === 0 ? "$0" : `$${Number(amount.toPrecision(3))}`;
}
