import type { LineEdit, FileEdits } from "./read-edits.ts";

export type Applied = { readonly content: string } | { readonly unclear: string };

/** Lines that are compared at most for one file: an answer of equal lines would take time without end. */
const MOST_COMPARED = 20_000_000;

/**
 * A file's text after the edits. Each must stand there line by line, but for blanks at the ends of lines, and in one place alone; where a
 * diff could mean several, the line that it states decides. Line breaks stay as the file has them.
 */
export function applyEdits(content: string, { edits, inOrder }: Pick<FileEdits, "edits" | "inOrder">): Applied {
  const lineBreak = content.includes("\r\n") ? "\r\n" : "\n";
  let lines = content.split("\n");
  let from = 0;
  /** By how many lines the edits before have moved those after them. */
  let moved = 0;
  let left = MOST_COMPARED;
  for (const edit of edits) {
    const { before, after } = edit;
    if (before.length === 0 && content !== "")
      return { unclear: "a change names no line by which its place could be found" };
    const { places, compared } = placesOf(lines, before, inOrder ? from : 0, left);
    left -= compared;
    if (left <= 0) return { unclear: "it would take too long to find the place of its changes" };
    const place = placeOf(places, edit, moved);
    const shown = JSON.stringify((before.find((line) => line.trim() !== "") ?? "").trim().slice(0, 60));
    if (place === null)
      return {
        unclear:
          places.length === 0
            ? `${shown} is not there as the change has it`
            : `the change at ${shown} could be in ${places.length} places`,
      };
    const rest = lines.slice(place + before.length);
    const made = replaced(lines.slice(place, place + before.length), edit, lineBreak, rest.length === 0);
    lines = [...lines.slice(0, place), ...made, ...rest];
    from = place + after.length;
    moved += after.length - before.length;
    if (edit.endsBare && from === lines.length - 1 && lines.at(-1) === "") lines.pop();
  }
  return { content: lines.join("\n") };
}

/** The text of a file that an answer makes. */
export function newContent({ edits }: Pick<FileEdits, "edits">): string {
  const lines = edits.flatMap(({ after }) => after);
  return edits.at(-1)?.endsBare === true || lines.length === 0 ? lines.join("\n") : `${lines.join("\n")}\n`;
}

function placeOf(places: readonly number[], { statedLine }: LineEdit, moved: number): number | null {
  const [only] = places;
  if (places.length === 1 && only !== undefined) return only;
  return statedLine === null ? null : (places.find((place) => place === statedLine - 1 + moved) ?? null);
}

function placesOf(
  lines: readonly string[],
  before: readonly string[],
  from: number,
  most: number,
): { readonly places: readonly number[]; readonly compared: number } {
  const places: number[] = [];
  let compared = 0;
  for (let start = from; start + before.length <= lines.length && compared < most; start += 1) {
    let same = 0;
    while (same < before.length && lines[start + same]?.trimEnd() === before[same]?.trimEnd()) same += 1;
    compared += same + 1;
    if (same === before.length) places.push(start);
  }
  return { places, compared };
}

/** The new lines, those that the change keeps as the file has them. `isLast`: the file ends with them, without a line break. */
function replaced(
  old: readonly string[],
  { before, after }: LineEdit,
  lineBreak: string,
  isLast: boolean,
): readonly string[] {
  const kept = new Map<string, { readonly lines: string[]; next: number }>();
  for (const [index, line] of before.entries()) {
    const same = kept.get(line) ?? { lines: [], next: 0 };
    same.lines.push(old[index] ?? line);
    kept.set(line, same);
  }
  return after.map((line, index) => {
    const same = kept.get(line);
    const asItWas = same?.lines[same.next];
    if (same !== undefined) same.next += 1;
    return asItWas ?? (lineBreak === "\r\n" && !(isLast && index === after.length - 1) ? `${line}\r` : line);
  });
}
