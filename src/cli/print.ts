import { styleText } from "node:util";
import { formatUsd, type NanoUsd } from "../core/money.ts";
import type { Output } from "./command.ts";

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

/** A table without frames: columns two blanks apart, figures to the right. Ends without a line break. */
export async function renderTable(
  stream: Output,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): Promise<string> {
  const { default: Table } = await import("cli-table3");
  const table = new Table({
    head: columns.map(({ head }) => paint(stream, "dim", head)),
    colAligns: columns.map(({ align }) => align ?? "left"),
    chars: NO_FRAME,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
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
