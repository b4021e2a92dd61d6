import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";

/** Outcomes of several models on the same requests, each with all its scores and costs. */
export interface OutcomeSet {
  readonly name: string;
  readonly models: readonly string[];
  readonly rows: readonly OutcomeRow[];
  /** Whether costs are known. Without them only quality can be said, and no plan can be chosen by cost. */
  readonly hasCosts: boolean;
  /** Whether every row says what a check said of each answer. */
  readonly isGated: boolean;
  /** What was left out, for people. */
  readonly notes: readonly string[];
}

export interface OutcomeRow {
  readonly id: string;
  readonly type: string;
  /** By model: how right its answer is, 0..1. */
  readonly scores: readonly number[];
  /** By model, micro-USD. */
  readonly costs: readonly number[];
  /** By model: whether the check accepted its answer; `null`: there was none. */
  readonly gates: readonly boolean[] | null;
}

const LINE = z.object({
  id: z.string(),
  type: z.string().default(""),
  s: z.array(z.number().min(0).max(1).nullable()),
  c: z.array(z.number().min(0).nullable()).nullish(),
  g: z.array(z.union([z.boolean(), z.number().min(0).max(1)]).nullable()).nullish(),
});
type Line = z.infer<typeof LINE>;

const INDEX = z.record(z.string(), z.object({ models: z.array(z.string()).min(1) }));

/** A model is left out when it has no score or no cost on more rows than this share. */
const MOST_MISSING = 0.2;

/** Every set of the folder's index.json. Throws an Error that says which file and line is wrong. */
export function loadOutcomes(dir: string, only: string | undefined): readonly OutcomeSet[] {
  const path = join(dir, "index.json");
  if (!existsSync(path)) throw new Error(`${path} does not exist: --data needs a folder with an index.json`);
  const index = INDEX.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (!index.success) throw new Error(`${path}: ${z.prettifyError(index.error)}`);
  return Object.entries(index.data)
    .filter(([name]) => only === undefined || name === only)
    .map(([name, { models }]) => prepare(name, models, linesOf(dir, name, models.length)));
}

function linesOf(dir: string, name: string, models: number): readonly Line[] {
  const [plain, packed] = [join(dir, `${name}.jsonl`), join(dir, `${name}.jsonl.gz`)];
  const path = existsSync(plain) ? plain : packed;
  if (!existsSync(path)) throw new Error(`${plain} does not exist, but index.json names it`);
  const bytes = readFileSync(path);
  const text = (path === packed ? gunzipSync(bytes) : bytes).toString("utf8");
  return text.split("\n").flatMap((line, number) => {
    if (line.trim() === "") return [];
    const read = LINE.safeParse(JSON.parse(line));
    if (!read.success) throw new Error(`${path}:${number + 1}: ${z.prettifyError(read.error)}`);
    for (const [key, list] of [
      ["s", read.data.s],
      ["c", read.data.c],
      ["g", read.data.g],
    ] as const) {
      if (list !== null && list !== undefined && list.length !== models) {
        throw new Error(`${path}:${number + 1}: "${key}" has ${list.length} entries, but the set has ${models} models`);
      }
    }
    return [read.data];
  });
}

/** Keeps the models that were asked nearly everywhere and have a price, then the rows on which all of these have both. */
function prepare(name: string, models: readonly string[], lines: readonly Line[]): OutcomeSet {
  const hasCosts = lines.some(({ c }) => c?.some(isNumber) === true);
  const isKnown = (line: Line, model: number): boolean =>
    isNumber(line.s[model]) && (!hasCosts || isNumber(line.c?.[model]));
  const missing = models.map((_, model) => lines.filter((line) => !isKnown(line, model)).length);
  let kept = models.flatMap((_, model) => ((missing[model] ?? 0) <= MOST_MISSING * lines.length ? [model] : []));
  let rows = lines.filter((line) => kept.every((model) => isKnown(line, model)));
  // Gaps of several models may add up.
  while (kept.length > 2 && rows.length < (1 - 2 * MOST_MISSING) * lines.length) {
    const worst = kept.reduce((a, b) => ((missing[b] ?? 0) > (missing[a] ?? 0) ? b : a));
    kept = kept.filter((model) => model !== worst);
    rows = lines.filter((line) => kept.every((model) => isKnown(line, model)));
  }
  const isGated = rows.length > 0 && rows.every((line) => kept.every((model) => line.g?.[model] != null));
  const out = models.filter((_, model) => !kept.includes(model));
  const notes = [
    ...(out.length === 0
      ? []
      : [`${out.length} models without scores or costs on a fifth of the rows left out: ${brief(out)}`]),
    ...(hasCosts ? [] : ["no costs: only the best single model is named"]),
    ...(rows.length === lines.length ? [] : [`${lines.length - rows.length} rows with gaps left out`]),
  ];
  return {
    name,
    models: kept.map((model) => models[model] ?? ""),
    rows: rows.map((line) => ({
      id: line.id,
      type: line.type,
      scores: kept.map((model) => line.s[model] ?? 0),
      costs: kept.map((model) => line.c?.[model] ?? 0),
      gates: isGated ? kept.map((model) => Number(line.g?.[model]) >= 0.5) : null,
    })),
    hasCosts,
    isGated,
    notes,
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function brief(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 4).join(", ")}, …` : names.join(", ");
}
