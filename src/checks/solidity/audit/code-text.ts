import { posix } from "node:path";
import { segmentsOf } from "../solidity/scan.ts";

/** Code alone: comments and strings become blanks, so that every character keeps its place. */
export function blanked(source: string): string {
  return segmentsOf(source)
    .map(({ kind, text }) => (kind === "code" ? text : kind === "string" ? quotes(text) : text.replace(/[^\n]/g, " ")))
    .join("");
}

function quotes(text: string): string {
  return text.length < 2 ? text : `"${text.slice(1, -1).replace(/[^\n]/g, " ")}"`;
}

/** The paths that a file imports, as written. */
export function importsOf(content: string): readonly string[] {
  const segments = segmentsOf(content);
  return segments.flatMap((segment, at) => {
    const before = segments[at - 1];
    const isImport = segment.kind === "string" && before?.kind === "code" && /\bimport\b[^;]{0,400}$/.test(before.text);
    return isImport ? [segment.text.slice(1, -1)] : [];
  });
}

/** The same, with those beside the file made whole. */
export function importsIn(path: string, content: string): readonly string[] {
  return importsOf(content).map((each) => (each.startsWith(".") ? posix.join(posix.dirname(path), each) : each));
}
