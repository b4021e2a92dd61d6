import { distance } from "fastest-levenshtein";

/** How many suggestions a message carries at most. */
const MAX_SUGGESTIONS = 3;

/**
 * The known names that someone who wrote `name` most likely meant, best first; empty when nothing is near. Near:
 * it starts with what was written, or at most a third of the letters differ. Neither case nor the kind of separator counts.
 */
export function nearest(name: string, names: readonly string[]): string[] {
  const target = plain(name.trim());
  if (target === "") return [];
  const scored = [...new Set(names)].map((known) => ({ known, score: differenceOf(target, plain(known)) }));
  return scored
    .filter(({ known, score }) => score <= mostDifference(Math.max(target.length, known.length)))
    .sort((a, b) => a.score - b.score || (a.known < b.known ? -1 : 1))
    .slice(0, MAX_SUGGESTIONS)
    .map(({ known }) => known);
}

/** `; did you mean "a" or "b"?`, or nothing: to be put behind a message about an unknown name. */
export function didYouMean(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return near.length === 0 ? "" : `; did you mean ${near.map((each) => `"${each}"`).join(" or ")}?`;
}

/** A third of the letters, and two from four letters on: two swapped ones count as two. */
function mostDifference(letters: number): number {
  return Math.max(letters < 4 ? 1 : 2, Math.floor(letters / 3));
}

function differenceOf(target: string, known: string): number {
  if (target === known) return 0;
  // A name that was cut short ("claude-opus") is nearer than its missing letters say.
  if (target.length >= 3 && known.startsWith(target)) return 1;
  // Gateways put a vendor before the name: "openai/gpt-6-luna".
  const bare = target.slice(target.lastIndexOf("/") + 1);
  return Math.min(distance(target, known), bare === target ? Infinity : distance(bare, known) + 1);
}

/** Dots, underscores, hyphens and blanks are what people mix up most: "gpt_6_luna", "claude-opus-5.5". */
function plain(name: string): string {
  return name.toLowerCase().replace(/[\s._]/g, "-");
}
