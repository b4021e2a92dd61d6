import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import type { FiledOutcomes, FiledRequest } from "../../core/backtest.ts";
import { usageError } from "../usage.ts";

const gate = z.union([z.boolean(), z.number().min(0).max(1)]).nullable();
const Line = z.object({
  s: z.array(z.number().min(0).max(1).nullable()),
  c: z.array(z.number().min(0).nullable()).nullish(),
  g: z.array(gate).nullish(),
});

const Index = z.record(z.string(), z.object({ models: z.array(z.string()).min(1) }));

/**
 * Reads recorded outcomes: a folder with an index.json (set → models) and one SET.jsonl a set, or one such .jsonl with its index.json beside
 * it. Only the sets that are asked for are read. A line holds by model `s` (how right, 0..1), `c` (micro-USD), `g` (what the check said).
 * Throws a usage error that names file and line.
 */
export async function readOutcomes(path: string, wanted: readonly string[]): Promise<readonly FiledOutcomes[]> {
  const isFolder = (await stat(path).catch(() => refuse(path, "cannot be read"))).isDirectory();
  const only = isFolder || basename(path) === "index.json" ? null : basename(path).replace(/\.jsonl$/, "");
  const folder = isFolder ? path : dirname(path);
  const indexPath = join(folder, "index.json");
  const index = Index.safeParse(parsed(await textOf(indexPath), indexPath));
  if (!index.success) return refuse(indexPath, `is no index of outcomes: ${z.prettifyError(index.error)}`);
  const sets: FiledOutcomes[] = [];
  for (const [task, { models }] of Object.entries(index.data)) {
    if (only !== null && only !== task) continue;
    const isWanted = wanted.includes(task);
    const requests = isWanted ? await requestsOf(join(folder, `${task}.jsonl`), models.length) : [];
    sets.push({ task, models, requests });
  }
  if (sets.length === 0) return refuse(indexPath, `does not name the set "${only}"`);
  return sets;
}

async function requestsOf(path: string, models: number): Promise<readonly FiledRequest[]> {
  const lines = (await textOf(path)).split("\n");
  return lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const at = `${path}:${index + 1}`;
    const read = Line.safeParse(parsed(line, at));
    if (!read.success) return refuse(at, `is no line of outcomes: ${z.prettifyError(read.error)}`);
    const { s: scores, c: costs, g: gates } = read.data;
    for (const [key, list] of Object.entries({ s: scores, c: costs, g: gates }))
      if (list != null && list.length !== models)
        return refuse(at, `has ${list.length} entries in "${key}", and its set ${models} models`);
    if (costs == null) return refuse(at, 'has no costs ("c"), so that no saving can be told');
    return [
      {
        scores,
        costsUsd: costs.map((cost) => (cost === null ? null : cost / 1e6)),
        accepted: scores.map((_, model) => {
          const said = gates?.[model] ?? null;
          return said === null ? null : Number(said) >= 0.5;
        }),
      },
    ];
  });
}

async function textOf(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => refuse(path, "cannot be read"));
}

function parsed(text: string, at: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse(at, "is not JSON");
  }
}

function refuse(at: string, problem: string): never {
  throw usageError(`${at} ${problem}`);
}
