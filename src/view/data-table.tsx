import type { ComponentChildren } from "preact";

/** Rows under heads; `words`: how many of the first columns hold words, the others hold figures. */
export interface TableData {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
  readonly words?: number;
}

/** A table that scrolls sideways where it must, also with the keyboard. The first cell of a row is its head. */
export function DataTable({ heads, rows, words = 1, label }: TableData & { readonly label: string }) {
  const kind = (column: number): string => (column < words ? "word" : "figure");
  return (
    <div class="scroll" role="region" aria-label={`${label}, table`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {heads.map((head, column) => (
              <th key={head} scope="col" class={kind(column)}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([head, ...cells], index) => (
            <tr key={index}>
              <th scope="row" class="word">
                {head}
              </th>
              {cells.map((cell, column) => (
                <td key={heads[column + 1] ?? column} class={kind(column + 1)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
