import { scaleLinear } from "d3-scale";
import { Chart, type ChartProps } from "./chart.tsx";

const ROW = 36;
const BAR = 10;
/** A letter takes about so much, pixels: names and figures that do not fit beside each other stand below each other. */
const LETTER = 7.2;
const LINE = 16;

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
      height={(width) => Math.max(1, rows.length) * (ROW + shiftOf(rows, width))}
      draw={(width) => {
        const shift = shiftOf(rows, width);
        return rows.map((row, index) => (
          <Bar key={row.name} row={row} top={index * (ROW + shift)} shift={shift} end={end} width={width} />
        ));
      }}
    />
  );
}

function shiftOf(rows: readonly BarRow[], width: number): number {
  return rows.some(({ name, figure }) => (name.length + figure.length + 2) * LETTER > width) ? LINE : 0;
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
  shift,
  end,
  width,
}: {
  readonly row: BarRow;
  readonly top: number;
  /** How far the figure and the bar stand lower, so that the name has a line of its own. */
  readonly shift: number;
  readonly end: number;
  readonly width: number;
}) {
  const { name, figure, parts, from = 0, reference } = row;
  const x = scaleLinear([0, end === 0 ? 1 : end], [0, width - 2]).clamp(true);
  const bar = 19 + shift;
  let at = from;
  return (
    <g transform={`translate(0 ${top})`}>
      <text x={0} y={13} class="name">
        {name}
      </text>
      <text x={shift === 0 ? width : 0} y={13 + shift} text-anchor={shift === 0 ? "end" : "start"} class="value">
        {figure}
      </text>
      <rect class="track" x={0} y={bar} width={width} height={BAR} />
      {parts.map(({ mark, value }, index) => {
        const start = x(at);
        at += value;
        const length = x(at) - start;
        return (
          <rect
            key={index}
            class={mark}
            x={start}
            y={bar}
            // What is there can be seen, however little it is.
            width={value > 0 ? Math.max(2, length) : 0}
            height={BAR}
          />
        );
      })}
      {reference !== undefined && reference > 0 && (
        <line class="reference" x1={x(reference)} x2={x(reference)} y1={bar - 3} y2={bar + BAR + 3} />
      )}
    </g>
  );
}
