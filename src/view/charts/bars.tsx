import { scaleLinear } from "d3-scale";
import { Chart, type ChartProps } from "./chart.tsx";

const ROW = 36;
const BAR = 10;

/** A row of bars on one scale. */
export interface BarRow {
  readonly name: string;
  /** The figure beside the name. */
  readonly figure: string;
  /** Laid end to end, each with the class of its colour. */
  readonly parts: readonly { readonly mark: string; readonly value: number }[];
  /** Where the first part begins; 0 unless set. */
  readonly from?: number;
  /** A tick to compare with. */
  readonly reference?: number;
}

export interface BarsChartProps extends Omit<ChartProps, "height" | "draw" | "summary"> {
  readonly rows: readonly BarRow[];
  /** The end of the scale; the longest row unless set. */
  readonly most?: number;
}

/** Bars with their names above them, so that long names fit a narrow screen. */
export function BarsChart({ rows, most, ...chart }: BarsChartProps) {
  const end = most ?? Math.max(...rows.map(endOf), 0);
  const summary = rows.map(({ name, figure }) => `${name}: ${figure}`).join("; ");
  return (
    <Chart
      {...chart}
      summary={summary}
      height={Math.max(1, rows.length) * ROW}
      draw={(width) =>
        rows.map((row, index) => <Bar key={row.name} row={row} top={index * ROW} end={end} width={width} />)
      }
    />
  );
}

function endOf({ from = 0, parts, reference = 0 }: BarRow): number {
  return Math.max(
    reference,
    parts.reduce((sum, { value }) => sum + value, from),
  );
}

function Bar({
  row,
  top,
  end,
  width,
}: {
  readonly row: BarRow;
  readonly top: number;
  readonly end: number;
  readonly width: number;
}) {
  const { name, figure, parts, from = 0, reference } = row;
  const x = scaleLinear([0, end === 0 ? 1 : end], [0, width - 2]).clamp(true);
  let at = from;
  return (
    <g transform={`translate(0 ${top})`}>
      <text x={0} y={13} class="name">
        {name}
      </text>
      <text x={width} y={13} text-anchor="end" class="value">
        {figure}
      </text>
      <rect class="track" x={0} y={19} width={width} height={BAR} />
      {parts.map(({ mark, value }, index) => {
        const start = x(at);
        at += value;
        const length = x(at) - start;
        return (
          <rect
            key={index}
            class={mark}
            x={start}
            y={19}
            // What is there can be seen, however little it is.
            width={value > 0 ? Math.max(2, length) : 0}
            height={BAR}
          />
        );
      })}
      {reference !== undefined && (
        <line class="reference" x1={x(reference)} x2={x(reference)} y1={16} y2={19 + BAR + 3} />
      )}
    </g>
  );
}
