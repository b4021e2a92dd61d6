import { styleText } from "node:util";
import { formatUsd, type NanoUsd } from "../core/money.ts";
import { columnWidths, GAP, widthOf } from "./column-widths.ts";
import type { Flag, Output } from "./command.ts";

type Paint = Parameters<typeof styleText>[0];

/** Colours text when `stream` is a terminal that wants colours (NO_COLOR and FORCE_COLOR are honoured). */
export function paint(stream: Output, look: Paint, text: string): string {
  return styleText(look, text, { stream, validateStream: true });
}

/** A column: its heading, and whether its cells are figures. */
export interface Column {
  readonly head: string;
  readonly align?: "right";
}

/** What a screen shows where nothing says how wide it is. */
const USUAL_WIDTH = 80;

/** How many columns a text may take on this stream. */
export function screenWidth(stream: Output): number {
  return stream.columns ?? USUAL_WIDTH;
}

export const WIDE_FLAG: Flag = { flags: "--wide", about: "each row on one line, however long" };

/**
 * A table without frames: columns two blanks apart, figures to the right. It fits the terminal, or 80 columns where there is none: texts
 * go on in the next line, and what is too wide even so is a section a row. Ends without a line break. `wide`: it takes what it needs.
 */
export async function renderTable(
  stream: Output,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  wide = false,
): Promise<string> {
  const width = wide ? Number.POSITIVE_INFINITY : screenWidth(stream);
  const widths = columnWidths(
    columns.map(({ head, align }, index) => ({
      cells: [head, ...rows.map((row) => row[index] ?? "")],
      canWrap: align !== "right",
    })),
    width,
  );
  if (widths === null) return sections(stream, columns, rows, width);
  const { default: Table } = await import("cli-table3");
  const table = new Table({
    head: columns.map(({ head }) => paint(stream, "dim", head)),
    colAligns: columns.map(({ align }) => align ?? "left"),
    colWidths: widths.map((each) => each + GAP),
    wordWrap: true,
    chars: NO_FRAME,
    style: { head: [], border: [], "padding-left": 0, "padding-right": GAP },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** A row as its first cell, and below it the others with their headings, as many on a line as fit. */
function sections(
  stream: Output,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const lines = rows.flatMap(([first = "", ...others]) => {
    const parts = others.flatMap((cell, index) => {
      const head = columns[index + 1]?.head ?? "";
      return cell === "" ? [] : [head === "" ? cell : `${paint(stream, "dim", head)} ${cell}`];
    });
    const below: string[] = [];
    for (const part of parts) {
      const last = below.at(-1);
      if (last === undefined || widthOf(last) + GAP + widthOf(part) > width) below.push(`  ${part}`);
      else below[below.length - 1] = `${last}  ${part}`;
    }
    return [first, ...below.flatMap((line) => wrapped(line, width))];
  });
  return lines.join("\n");
}

/** A line broken between words, the rest of it indented further. */
export function wrapped(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  const indent = /^ */.exec(line)?.[0] ?? "";
  for (const word of line.trim().split(/ (?! )/u)) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}${lines.length === 0 ? "" : "  "}${word}`);
  }
  return lines;
}

const NO_FRAME = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "",
};

/** USD of the contract back to nano-USD; unlike `nanoFromUsd` also for differences, which may be negative. */
export function nanoOf(usd: number): NanoUsd {
  return Math.round(usd * 1e9);
}

/** USD for people; negative amounts too. */
export function printUsd(usd: number): string {
  return formatUsd(nanoOf(usd));
}

/** The amounts of a column, with as many decimals each as the smallest of them needs, at most six. */
export function printUsdColumn(amounts: readonly number[]): readonly string[] {
  const decimals = Math.min(6, Math.max(2, ...amounts.map((usd) => decimalsOf(printUsd(usd)))));
  return amounts.map((usd) => `${usd < 0 ? "-" : ""}$${Math.abs(usd).toFixed(decimals)}`);
}

function decimalsOf(printed: string): number {
  return printed.split(".")[1]?.length ?? 0;
}

/** Milliseconds for people: "830 ms", "2.4 s". */
export function printMs(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Whole numbers with separators: "1,048,576". */
export function printCount(count: number): string {
  return count.toLocaleString("en-US");
}

/** A score or share with two decimals; a dash when there is none. */
export function printScore(score: number | null | undefined): string {
  return score === null || score === undefined ? "-" : score.toFixed(2);
}

/** A result as JSON, for programs. */
export function printJson(stream: Output, value: unknown): void {
  stream.write(`${JSON.stringify(value, null, 2)}\n`);
}

export function printLine(stream: Output, line = ""): void {
  stream.write(`${line}\n`);
}

/** A size: "940 B", "1.2 MB". */
export function printBytes(bytes: number): string {
  const exponent = Math.min(4, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return exponent === 0
    ? `${bytes} B`
    : `${(bytes / 1000 ** exponent).toFixed(1)} ${["", "k", "M", "G", "T"][exponent]}B`;
}

/** A share in percent, with one decimal; a dash when there is none. */
export function printShare(share: number | null): string {
  return share === null ? "-" : `${(share * 100).toFixed(1)}%`;
}
