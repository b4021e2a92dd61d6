import type { SourceText } from "../solidity/source-text.ts";

/** The originals with a patch applied, or why its place is unclear. */
export type Patched = { readonly sources: readonly SourceText[] } | { readonly unclear: string };

interface Line {
  readonly kind: "kept" | "removed" | "added";
  readonly text: string;
}

const HEADER =
  /^(?:diff --git |index [0-9a-f]|--- |\+\+\+ |@@|new file|deleted file|similarity |rename |\\ No newline)/;
const LEFT_OUT = /^[ \t]*(?:(?:\/\/|\/\*)[ \t]*)?(?:\.{3}|…)/;
const MAX_HUNKS = 200;

/** Applies unified diffs by the text of their lines. Their line numbers are ignored: models count badly. */
export function applyPatches(originals: readonly SourceText[], patches: readonly string[]): Patched {
  let sources = originals;
  const hunks = patches.flatMap(hunksOf);
  if (hunks.length === 0) return { unclear: "nothing is changed in it" };
  if (hunks.length > MAX_HUNKS) return { unclear: "it has too many parts" };
  /** By file, where its last hunk ended: the next ones must come after it. */
  const ends = new Map<string, number>();
  for (const hunk of hunks) {
    const places = sources.flatMap(({ path, content }) =>
      placesOf(hunk, content.split("\n")).map((start) => ({ path, start })),
    );
    const later = places.filter(({ path, start }) => start >= (ends.get(path) ?? 0));
    const [place, ...others] = later.length > 0 ? later : places;
    if (place === undefined) return { unclear: `"${excerptOf(hunk)}" is not in the original` };
    if (others.length > 0 && !ends.has(place.path))
      return { unclear: `"${excerptOf(hunk)}" could be in several places` };
    sources = sources.map((each) => {
      if (each.path !== place.path) return each;
      const { content, end } = applied(hunk, each.content.split("\n"), place.start);
      ends.set(each.path, end);
      return { ...each, content };
    });
  }
  return { sources };
}

/** Runs of lines that stand together and change something. */
function hunksOf(patch: string): readonly (readonly Line[])[] {
  const hunks: Line[][] = [[]];
  for (const text of patch.split(/\r?\n/)) {
    const bare = text.slice(1);
    if (HEADER.test(text) || LEFT_OUT.test(text) || LEFT_OUT.test(bare)) hunks.push([]);
    else hunks.at(-1)?.push(lineOf(text, bare));
  }
  return hunks.filter((hunk) => hunk.some(({ kind }) => kind !== "kept")).map(trimmed);
}

function lineOf(text: string, bare: string): Line {
  if (text.startsWith("+")) return { kind: "added", text: bare };
  return text.startsWith("-") ? { kind: "removed", text: bare } : { kind: "kept", text };
}

/** Without empty lines at both ends: they do not help to find the place. */
function trimmed(hunk: readonly Line[]): readonly Line[] {
  const matters = ({ kind, text }: Line): boolean => kind !== "kept" || text.trim() !== "";
  return hunk.slice(hunk.findIndex(matters), hunk.findLastIndex(matters) + 1);
}

function oldLines(hunk: readonly Line[]): readonly string[] {
  return hunk.filter(({ kind }) => kind !== "added").map(({ text }) => squeezed(text));
}

/** The lines at which the old side of a hunk stands, blanks aside. */
function placesOf(hunk: readonly Line[], lines: readonly string[]): readonly number[] {
  const old = oldLines(hunk).filter((text) => text !== "");
  if (old.length === 0) return [];
  return lines.flatMap((line, start) =>
    squeezed(line) === old[0] && endOf(old, lines, start) !== null ? [start] : [],
  );
}

function endOf(old: readonly string[], lines: readonly string[], start: number): number | null {
  let at = start;
  for (const text of old) {
    while (at < lines.length && squeezed(lines[at] ?? "") === "") at += 1;
    if (squeezed(lines[at] ?? "") !== text) return null;
    at += 1;
  }
  return at;
}

function applied(
  hunk: readonly Line[],
  lines: readonly string[],
  start: number,
): { readonly content: string; readonly end: number } {
  const made: string[] = [];
  let at = start;
  for (const { kind, text } of hunk) {
    if (kind === "added") {
      made.push(text);
      continue;
    }
    if (squeezed(text) === "") continue;
    while (at < lines.length && squeezed(lines[at] ?? "") === "") made.push(lines[at++] ?? "");
    if (kind === "kept") made.push(lines[at] ?? "");
    at += 1;
  }
  const content = [...lines.slice(0, start), ...made, ...lines.slice(at)].join("\n");
  return { content, end: start + made.length };
}

function squeezed(line: string): string {
  return line.replace(/\s+/g, " ").trim();
}

function excerptOf(hunk: readonly Line[]): string {
  return (hunk.find(({ kind }) => kind === "removed") ?? hunk[0])?.text.trim().slice(0, 80) ?? "";
}
