import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { DataTable, type TableData } from "../data-table.tsx";
import { useWidth } from "./use-width.ts";

export interface ChartProps {
  readonly title: string;
  /** What the picture shows, for those who do not see it. */
  readonly summary: string;
  readonly height: (width: number) => number;
  readonly table: TableData;
  /** What its marks and colours mean. */
  readonly legend?: readonly { readonly mark: string; readonly text: string }[];
  readonly draw: (width: number) => ComponentChildren;
}

/** A picture at the width of its place, with its title, its legend and its figures as a table. */
export function Chart({ title, summary, height, table, legend = [], draw }: ChartProps) {
  const id = useId();
  const { ref, width } = useWidth();
  return (
    <figure aria-labelledby={id}>
      <figcaption id={id}>{title}</figcaption>
      {legend.length > 0 && (
        <ul class="legend">
          {legend.map(({ mark, text }) => (
            <li key={text}>
              <svg class="swatch" viewBox="0 0 12 12" aria-hidden="true">
                <rect class={mark} width="12" height="12" />
              </svg>
              {text}
            </li>
          ))}
        </ul>
      )}
      <div ref={ref} class="drawing">
        <svg
          width={width}
          height={height(width)}
          viewBox={`0 0 ${width} ${height(width)}`}
          role="img"
          aria-label={summary}
        >
          {draw(width)}
        </svg>
      </div>
      <details>
        <summary>
          Table<span class="unseen">: {title}</span>
        </summary>
        <DataTable {...table} label={title} />
      </details>
    </figure>
  );
}
