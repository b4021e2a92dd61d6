import { stripVTControlCharacters } from "node:util";

/** Blanks between two columns. */
export const GAP = 2;

/** A column's cells with its heading, and whether its cells may be spread over several lines. */
export interface WidthsOfColumn {
  readonly cells: readonly string[];
  readonly canWrap: boolean;
}

/**
 * How wide each column is so that a table fits into `width`: those that can wrap share what the others leave, none narrower than its longest
 * word. `null`: it does not fit.
 */
export function columnWidths(columns: readonly WidthsOfColumn[], width: number): readonly number[] | null {
  const wanted = columns.map(({ cells }) => Math.max(0, ...cells.map(widthOf)));
  const least = columns.map(({ cells, canWrap }, index) =>
    canWrap ? Math.max(0, ...cells.flatMap((cell) => cell.split(/\s/u)).map(widthOf)) : (wanted[index] ?? 0),
  );
  let toCut = sum(wanted) + GAP * (columns.length - 1) - width;
  const widths = [...wanted];
  while (toCut > 0) {
    // The widest one that can give something gives it.
    const most = Math.max(...widths.map((each, index) => (each > (least[index] ?? 0) ? each : -1)));
    const index = widths.findIndex((each, at) => each === most && each > (least[at] ?? 0));
    if (index === -1) return null;
    widths[index] = most - 1;
    toCut -= 1;
  }
  return widths;
}

/** How many columns of a terminal a text takes, without its colours. */
export function widthOf(text: string): number {
  return Array.from(stripVTControlCharacters(text)).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
