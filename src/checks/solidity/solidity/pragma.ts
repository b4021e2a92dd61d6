import { segmentsOf } from "./scan.ts";

/** What a file's pragma means for the one compiler that we have. */
export type PragmaFit =
  | { readonly fit: "ok" | "none" }
  /** Names 0.8 releases only that are not ours; `highestMinor` is the last 0.8.x that it admits. */
  | { readonly fit: "pinned"; readonly text: string; readonly highestPatch: number }
  | { readonly fit: "other"; readonly text: string };

type Version = readonly [major: number, minor: number, patch: number];

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
  const admits = (version: Version): boolean => text.split("||").some((range) => inRange(range, version));
  // What we cannot read is the compiler's to judge.
  if (!/^[\s\dxX.*^~<>=|"'v-]+$/.test(text) || admits([0, 8, OUR_PATCH])) return { fit: "ok" };
  for (let patch = OUR_PATCH + 60; patch >= 0; patch -= 1) {
    if (admits([0, 8, patch])) return { fit: "pinned", text, highestPatch: patch };
  }
  return { fit: "other", text };
}

function inRange(range: string, version: Version): boolean {
  const hyphen = /^\s*v?([\d.]+)\s+-\s+v?([\d.]+)\s*$/.exec(range);
  if (hyphen !== null) return holds(">=", hyphen[1] ?? "", version) && holds("<=", hyphen[2] ?? "", version);
  const parts = range.replace(/["']/g, "").match(/(?:>=|<=|[<>=^~])?\s{0,5}v?[\dxX*][\dxX*.]{0,20}/g) ?? [];
  return parts.every((part) => {
    const [, operator = "", numbers = ""] = /^(>=|<=|[<>=^~])?\s*v?(.+)$/.exec(part) ?? [];
    return holds(operator, numbers, version);
  });
}

function holds(operator: string, text: string, version: Version): boolean {
  const given = text.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : null));
  const wanted: Version = [given[0] ?? 0, given[1] ?? 0, given[2] ?? 0];
  const order = compare(version, wanted);
  const samePrefix = (length: number): boolean =>
    version.slice(0, length).every((part, at) => given[at] == null || part === given[at]);
  if (operator === ">=") return order >= 0;
  if (operator === "<=") return order <= 0 || samePrefix(given.length);
  if (operator === ">") return order > 0;
  if (operator === "<") return order < 0;
  if (operator === "^") return order >= 0 && samePrefix(wanted[0] > 0 ? 1 : 2);
  if (operator === "~") return order >= 0 && samePrefix(2);
  return samePrefix(3);
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
