import { satisfies, validRange } from "semver";
import { segmentsOf } from "./scan.ts";

/** What a file's pragma means for the one compiler that we have. */
export type PragmaFit =
  | { readonly fit: "ok" | "none" }
  /** Names 0.8 releases only that are not ours; `highestMinor` is the last 0.8.x that it admits. */
  | { readonly fit: "pinned"; readonly text: string; readonly highestPatch: number }
  | { readonly fit: "other"; readonly text: string };

/** The release of the 0.8 line that the checks compile with. */
export const OUR_PATCH = 37;
const PRAGMA = /\bpragma\s{1,40}solidity\b([^;]{0,200});/g;

/** How the pragmas of a source suit the compiler, and the source without those that only name another 0.8 release. */
export function fitPragma(source: string): { readonly fit: PragmaFit; readonly source: string } {
  const found: PragmaFit[] = [];
  const texts = segmentsOf(source).map((segment) => {
    if (segment.kind !== "code") return segment.text;
    return segment.text.replace(PRAGMA, (whole: string, range: string) => {
      const fit = fitOf(range.trim());
      found.push(fit);
      // Spaces, so that what follows keeps its place.
      return fit.fit === "pinned" ? whole.replace(/[^\n]/g, " ") : whole;
    });
  });
  const worst = ["other", "pinned", "ok"].map((fit) => found.find((each) => each.fit === fit)).find(Boolean);
  return { fit: worst ?? { fit: "none" }, source: texts.join("") };
}

function fitOf(text: string): PragmaFit {
  const range = validRange(text.replace(/["']/g, ""));
  // The compiler judges a range that cannot be read.
  if (range === null || satisfies(`0.8.${OUR_PATCH}`, range)) return { fit: "ok" };
  for (let patch = OUR_PATCH + 60; patch >= 0; patch -= 1) {
    if (satisfies(`0.8.${patch}`, range)) return { fit: "pinned", text, highestPatch: patch };
  }
  return { fit: "other", text };
}
