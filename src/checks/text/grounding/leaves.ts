import { fencesOf } from "../../kit/answer/fences.ts";
import { jsonOf } from "../../kit/answer/json.ts";

/** One value of an extraction. */
export interface Leaf {
  /** Name of its field; of a list's entry, the list's. */
  readonly key: string;
  readonly path: string;
  readonly value: string | number | null;
}

const MAX_LEAVES = 3_000;
const MAX_DEPTH = 30;

/** The values of an answer, in JSON or as "key: value" lines, bullets and tables. */
export function leavesOf(text: string): readonly Leaf[] {
  const json = jsonOf(text);
  const leaves: Leaf[] = [];
  if (json.ok && typeof json.value === "object") collect(json.value, "", "", leaves, 0);
  else collectLines(text, leaves);
  return leaves;
}

function collect(value: unknown, key: string, path: string, leaves: Leaf[], depth: number): void {
  if (depth > MAX_DEPTH || leaves.length >= MAX_LEAVES) return;
  if (typeof value === "string" || typeof value === "number" || value === null) leaves.push({ key, path, value });
  else if (Array.isArray(value)) {
    for (const [index, each] of (value as readonly unknown[]).entries())
      collect(each, key, `${path}[${index}]`, leaves, depth + 1);
  } else if (typeof value === "object") {
    for (const [name, inner] of Object.entries(value))
      collect(inner, name, path === "" ? name : `${path}.${name}`, leaves, depth + 1);
  }
}

function collectLines(text: string, leaves: Leaf[]): void {
  const fenced = fencesOf(text).map((fence) => fence.content);
  const lines = (fenced.length > 0 ? fenced.join("\n") : text).split(/\r\n|[\r\n]/);
  let header: readonly string[] | null = null;
  for (const line of lines) {
    if (leaves.length >= MAX_LEAVES) return;
    const trimmed = line.trim();
    if (trimmed.startsWith("|")) {
      const cells = trimmed
        .replace(/^\||\|$/g, "")
        .split("|")
        .map(bare);
      if (cells.every((cell) => /^:?-{2,}:?$/.test(cell))) continue;
      if (header === null) header = cells;
      else
        for (const [at, cell] of cells.entries())
          leaves.push({ key: header[at] ?? "", path: header[at] ?? "", value: cell });
      continue;
    }
    header = null;
    const pair =
      /^(?:[-*•]\s+|\d{1,3}[.)]\s+)?[*_`"]{0,3}([\p{L}][\p{L}\p{N} _/()-]{0,40}?)[*_`"]{0,3}\s*[:：][*_`"]{0,3}\s+(\S.{0,400})$/u.exec(
        trimmed,
      );
    const bullet = /^(?:[-*•]|\d{1,3}[.)])\s+(\S.{0,200})$/.exec(trimmed);
    if (pair !== null) leaves.push({ key: pair[1] ?? "", path: pair[1] ?? "", value: bare(pair[2] ?? "") });
    else if (bullet !== null && (bullet[1] ?? "").split(/\s+/).length <= 8)
      leaves.push({ key: "", path: "list", value: bare(bullet[1] ?? "") });
  }
}

function bare(text: string): string {
  return text
    .trim()
    .replace(/^["'`*_“”]+|["'`*_“”,;]+$/g, "")
    .trim();
}
