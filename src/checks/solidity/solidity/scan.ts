/** A stretch of Solidity source. */
export interface Segment {
  readonly kind: "code" | "string" | "comment";
  readonly text: string;
  /** Line of the source, from 1, on which it begins. */
  readonly line: number;
}

/** Cuts source into code, strings and comments, in one pass; what is left open ends with the source. */
export function segmentsOf(source: string): readonly Segment[] {
  const segments: Segment[] = [];
  let codeStart = 0;
  let line = 1;
  let at = 0;
  const cut = (kind: Segment["kind"], from: number, to: number): void => {
    if (to <= from) return;
    const text = source.slice(from, to);
    segments.push({ kind, text, line });
    line += text.split("\n").length - 1;
  };
  while (at < source.length) {
    const found = endOf(source, at);
    if (found === null) {
      at += 1;
      continue;
    }
    cut("code", codeStart, at);
    cut(found.kind, at, found.end);
    at = found.end;
    codeStart = at;
  }
  cut("code", codeStart, source.length);
  return segments;
}

/** The string or comment that begins at `at`. */
function endOf(source: string, at: number): { readonly kind: "string" | "comment"; readonly end: number } | null {
  const char = source.charAt(at);
  if (char === "/" && source.charAt(at + 1) === "/") return { kind: "comment", end: orEnd(source, "\n", at, 0) };
  if (char === "/" && source.charAt(at + 1) === "*") return { kind: "comment", end: orEnd(source, "*/", at + 2, 2) };
  if (char !== '"' && char !== "'") return null;
  let end = at + 1;
  while (end < source.length && source.charAt(end) !== char && source.charAt(end) !== "\n") {
    end += source.charAt(end) === "\\" ? 2 : 1;
  }
  return { kind: "string", end: Math.min(source.length, end + 1) };
}

function orEnd(source: string, mark: string, from: number, plus: number): number {
  const found = source.indexOf(mark, from);
  return found === -1 ? source.length : found + plus;
}

/** How deep brackets nest in the code. */
export function nestingOf(segments: readonly Segment[]): number {
  let depth = 0;
  let deepest = 0;
  for (const segment of segments) {
    if (segment.kind !== "code") continue;
    for (const char of segment.text) {
      if (char === "(" || char === "[" || char === "{") deepest = Math.max(deepest, (depth += 1));
      else if (char === ")" || char === "]" || char === "}") depth -= 1;
    }
  }
  return deepest;
}

/** Everything but comments, layout and pragmas, one space between tokens: equal for sources that compile to the same code. */
export function tokensOf(source: string): string {
  const tokens = segmentsOf(source).flatMap((segment) => {
    if (segment.kind === "comment") return [];
    return segment.kind === "string" ? [segment.text] : (segment.text.match(/[\w$]+|[^\s\w$]/g) ?? []);
  });
  const kept: string[] = [];
  let inPragma = false;
  for (const token of tokens) {
    inPragma ||= token === "pragma";
    if (!inPragma) kept.push(token);
    if (token === ";") inPragma = false;
  }
  return kept.join(" ");
}
