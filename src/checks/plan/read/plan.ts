import { fencesOf } from "../../kit/answer/fences.ts";
import { loadMarkdownParser, type ParseMarkdown } from "../../kit/answer/markdown.ts";
import { withinMs } from "../../kit/time-limit.ts";
import { linksOf, type Links } from "../dependencies/graph-edges.ts";
import type { PlanReading } from "../step.ts";
import { choose } from "./choose-reading.ts";
import { readJson } from "./json.ts";
import { readMarkdown } from "./markdown.ts";

/** An answer, read as a plan. */
export interface PlanAnswer {
  readonly text: string;
  /** All ways to read it: which lines are steps depends on the reading. */
  readonly readings: readonly PlanReading[];
  /** The reading to judge; `null`: there are no steps. */
  readonly reading: PlanReading | null;
  readonly links: Links;
  /** The JSON that was read; `null` without any. */
  readonly data: object | null;
}

/** A block of data with at least this share of the answer counts more than the text around it. */
const DATA_SHARE = 0.4;
const TIME_LIMIT_MS = 4000;
const CACHED = 2;
/** Also keeps errors: a text that could not be read in time is not tried again by the next check. */
const cache = new Map<string, PlanAnswer | Error>();
const NO_LINKS: Links = { needs: new Map(), missing: [] };

/** Reads an answer. The checks of one answer share the reading. */
export async function planOf(text: string): Promise<PlanAnswer> {
  const known = cache.get(text) ?? remember(text, await loadMarkdownParser());
  if (known instanceof Error) throw known;
  return known;
}

function remember(text: string, parse: ParseMarkdown): PlanAnswer | Error {
  const plan = readOrError(text, parse);
  cache.set(text, plan);
  for (const key of [...cache.keys()].slice(0, -CACHED)) cache.delete(key);
  return plan;
}

function readOrError(text: string, parse: ParseMarkdown): PlanAnswer | Error {
  try {
    return withinMs(TIME_LIMIT_MS, () => read(text, parse));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function read(text: string, parse: ParseMarkdown): PlanAnswer {
  const data = dataIn(text);
  const isData = data?.reading != null && data.share >= DATA_SHARE && data.reading.steps.length >= 2;
  const written = isData ? [] : proseReadings(text, parse);
  const hasOwn = written.some((reading) => reading.steps.length >= 2 && reading.form !== "bullets");
  const readings = [...(data?.reading != null && (isData || !hasOwn) ? [data.reading] : []), ...written];
  const reading = choose(readings);
  const links = reading === null ? NO_LINKS : linksOf(reading, isData ? "" : text);
  return { text, readings, reading, links, data: data?.value ?? null };
}

/** The steps in Markdown; where there are none, those within a fence around the whole answer. */
function proseReadings(text: string, parse: ParseMarkdown): readonly PlanReading[] {
  const root = parse(asMarkdown(text));
  const readings = readMarkdown(root);
  if (readings.some((reading) => reading.steps.length >= 2)) return readings;
  // The only steps may stand below "Timeline" or "Next steps".
  const whole = readMarkdown(root, true);
  if (whole.some((reading) => reading.steps.length >= 2)) return whole;
  const inner = fencesOf(text).find((fence) => /^(?:markdown|md|text|txt|plaintext)?$/i.test(fence.info));
  return inner === undefined ? readings : [...readings, ...readMarkdown(parse(asMarkdown(inner.content)))];
}

const HEAD_LINE = /^(?:\*\*|(?:phase|step|stage|milestone|week|sprint) ?\d{1,3}\b)/i;
const IN_LIST = /^\s*(?:[-*+]|\d{1,4}[.)])\s|^\s{2,}\S/;

/**
 * Models write bullets that Markdown does not know, and put a bold heading right below a list, where Markdown takes it for more of
 * the last item.
 */
function asMarkdown(text: string): string {
  let isCode = false;
  let before = "";
  const lines: string[] = [];
  for (const line of text.split(/\r\n|[\r\n]/)) {
    if (/^\s*(?:```|~~~)/.test(line)) isCode = !isCode;
    const written = isCode ? line : line.replace(/^(\s{0,12})[•◦▪●○‣–](?=\s)/u, "$1-");
    if (!isCode && HEAD_LINE.test(written) && IN_LIST.test(before)) lines.push("");
    lines.push(written);
    before = written;
  }
  return lines.join("\n");
}

interface Data {
  readonly reading: PlanReading | null;
  readonly value: object;
  /** How much of the answer it is. */
  readonly share: number;
}

/** The JSON with the largest plan in it. */
function dataIn(text: string): Data | null {
  const bare = text.trim().replace(/^\uFEFF/, "");
  const blocks = [
    ...(/^[{[]/.test(bare) ? [bare] : []),
    ...fencesOf(text).flatMap(({ info, content }) =>
      /^(?:json[5c]?)?\b/i.test(info) && /^\s*[{[]/.test(content) ? [content] : [],
    ),
  ];
  const found = blocks.flatMap((block): Data[] => {
    const value = parsed(block);
    return value === null ? [] : [{ value, reading: readJson(value), share: block.length / text.length }];
  });
  return found.toSorted((a, b) => (b.reading?.steps.length ?? 0) - (a.reading?.steps.length ?? 0))[0] ?? null;
}

function parsed(json: string): object | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}
