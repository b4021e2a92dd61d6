import { fencesOf } from "../../kit/answer/fences.ts";
import { loadMarkdownParser, type ParseMarkdown } from "../../kit/answer/markdown.ts";
import { withinMs } from "../../kit/time-limit.ts";
import { choose } from "./choose-reading.ts";
import { linksOf, type Links } from "../dependencies/graph-edges.ts";
import { readMermaid, type Diagram } from "./mermaid.ts";
import { readJson } from "./json.ts";
import { readMarkdown } from "./markdown.ts";
import type { Reading } from "../step.ts";
import { readYaml } from "../yaml.ts";

/** An answer, read as a plan. */
export interface Plan {
  readonly text: string;
  /** All ways to read it; the steps that an answer has depend on how one counts. */
  readonly readings: readonly Reading[];
  /** The reading to judge; `null` when there is no step at all. */
  readonly reading: Reading | null;
  readonly links: Links;
  readonly diagrams: readonly Diagram[];
  /** The JSON or YAML that was read. */
  readonly data: unknown;
  /** What was written: what an asked-for format is compared with. */
  readonly formats: ReadonlySet<Format>;
}

export type Format = "json" | "yaml" | "table" | "mermaid" | "list" | "headings";

/** A block of data outweighs the text around it from this share on. */
const DATA_SHARE = 0.4;
const TIME_LIMIT_MS = 4000;
const CACHED = 2;
/** A text that could not be read in time is not tried again by the next check. */
const cache = new Map<string, Plan | Error>();
const NO_LINKS: Links = { needs: new Map(), missing: [], areStated: false };

/** Reads an answer. The checks of one answer share the reading. */
export async function planOf(text: string): Promise<Plan> {
  const known = cache.get(text) ?? remember(text, await loadMarkdownParser());
  if (known instanceof Error) throw known;
  return known;
}

function remember(text: string, parse: ParseMarkdown): Plan | Error {
  const plan = readOrError(text, parse);
  cache.set(text, plan);
  for (const key of [...cache.keys()].slice(0, -CACHED)) cache.delete(key);
  return plan;
}

function readOrError(text: string, parse: ParseMarkdown): Plan | Error {
  try {
    return withinMs(TIME_LIMIT_MS, () => read(text, parse));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function read(text: string, parse: ParseMarkdown): Plan {
  const formats = new Set<Format>();
  const data = dataIn(text, formats);
  const isData = data !== null && data.share >= DATA_SHARE && data.reading.steps.length >= 2;
  const diagrams = fencesOf(text).flatMap((fence) => {
    const isMermaid =
      /^mermaid\b/i.test(fence.info) || (fence.info === "" && /^\s*(?:graph|flowchart|gantt)\b/.test(fence.content));
    if (isMermaid) formats.add("mermaid");
    return isMermaid ? (readMermaid(fence.content) ?? []) : [];
  });
  if (diagrams.length === 0 && /^\s*(?:graph|flowchart) (?:TB|TD|BT|RL|LR)\b|^\s*gantt\s/.test(text)) {
    diagrams.push(...[readMermaid(text) ?? []].flat());
    if (diagrams.length > 0) formats.add("mermaid");
  }
  const written = isData ? [] : proseReadings(text, parse);
  if (/^ {0,3}\|? ?:?-{3,}:? ?\|/m.test(text)) formats.add("table");
  for (const { form } of written) {
    if (form === "list" || form === "bullets" || form === "bold") formats.add("list");
    if (form === "headings" || form === "titles") formats.add("headings");
  }
  const hasOwn = written.some((reading) => reading.steps.length >= 2 && reading.form !== "bullets");
  const readings = [
    ...(data !== null && (isData || !hasOwn) ? [data.reading] : []),
    ...written,
    ...diagrams.map((diagram) => diagram.reading),
  ];
  const reading = choose(readings);
  const links = reading === null ? NO_LINKS : linksOf(reading, isData ? "" : text);
  return { text, readings, reading, links, diagrams, data: data?.value ?? null, formats };
}

/** The steps in Markdown; where there are none, those within a fence around the whole answer. */
function proseReadings(text: string, parse: ParseMarkdown): readonly Reading[] {
  const root = parse(withGaps(text));
  const readings = readMarkdown(root);
  if (readings.some((reading) => reading.steps.length >= 2)) return readings;
  // All that there is may stand below "Timeline" or "Next steps".
  const whole = readMarkdown(root, true);
  if (whole.some((reading) => reading.steps.length >= 2)) return whole;
  const inner = fencesOf(text).find((fence) => /^(?:markdown|md|text|txt|plaintext)?$/i.test(fence.info));
  return inner === undefined ? readings : [...readings, ...readMarkdown(parse(inner.content))];
}

const HEAD_LINE = /^(?:\*\*|(?:phase|step|stage|milestone|week|sprint) ?\d{1,3}\b)/i;
const IN_LIST = /^\s*(?:[-*+]|\d{1,4}[.)])\s|^\s{2,}\S/;

/** Models put a bold heading right below a list, where Markdown takes it for more of the last item. */
function withGaps(text: string): string {
  let isCode = false;
  let before = "";
  const lines: string[] = [];
  for (const line of text.split(/\r\n|[\r\n]/)) {
    if (/^\s*(?:```|~~~)/.test(line)) isCode = !isCode;
    if (!isCode && HEAD_LINE.test(line) && IN_LIST.test(before)) lines.push("");
    lines.push(line);
    before = line;
  }
  return lines.join("\n");
}

interface Data {
  readonly reading: Reading;
  readonly value: unknown;
  /** How much of the answer it is. */
  readonly share: number;
}

/** The largest plan in JSON or YAML. */
function dataIn(text: string, formats: Set<Format>): Data | null {
  const found: Data[] = [];
  const add = (value: unknown, chars: number, format: Format): void => {
    if (typeof value !== "object" || value === null) return;
    formats.add(format);
    const reading = readJson(value);
    if (reading !== null) found.push({ reading, value, share: chars / text.length });
  };
  const bare = text.trim().replace(/^\uFEFF/, "");
  if (/^[{[]/.test(bare)) add(parsed(bare), text.length, "json");
  else if (/^(?:plan|steps|phases|tasks|goal|title|name|project)\s?:[^\n]{0,80}\n/i.test(bare) && /^\s*- /m.test(bare))
    add(readYaml(bare), text.length, "yaml");
  for (const fence of fencesOf(text)) {
    if (/^(?:json[5c]?)?\b/i.test(fence.info) && /^\s*[{[]/.test(fence.content))
      add(parsed(fence.content), fence.content.length, "json");
    else if (/^ya?ml\b/i.test(fence.info)) add(readYaml(fence.content), fence.content.length, "yaml");
  }
  return found.toSorted((a, b) => b.reading.steps.length - a.reading.steps.length)[0] ?? null;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
