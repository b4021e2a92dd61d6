import { structuredPatch } from "diff";
import { legibleText } from "../core/legible.ts";
import type { Output } from "./command.ts";
import { paint } from "./print.ts";

/** Lines around a change. */
const CONTEXT_LINES = 2;
/** Two answers that have so little in common, or take so long to compare, are no repair of each other. */
const MOST_EDITS = 2000;
const TIMEOUT_MS = 500;

/** What a repair changed in an answer, a line each with its sign; empty when nothing, or nearly all, is different. */
export function repairLines(before: string, after: string, out: Output): readonly string[] {
  const options = { context: CONTEXT_LINES, maxEditLength: MOST_EDITS, timeout: TIMEOUT_MS };
  const patch = structuredPatch("before", "after", before, after, undefined, undefined, options);
  const hunks = patch?.hunks ?? [];
  return hunks.flatMap(({ oldStart, newStart, lines }) => [
    paint(out, "dim", `@@ line ${oldStart}, now ${newStart} @@`),
    ...lines
      .filter((line) => !line.startsWith("\\"))
      .map((line) => {
        const text = legibleText(line);
        return line.startsWith("+") ? paint(out, "green", text) : line.startsWith("-") ? paint(out, "red", text) : text;
      }),
  ]);
}
