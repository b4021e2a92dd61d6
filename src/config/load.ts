import { readFile } from "node:fs/promises";
import { join } from "node:path";
import envPaths from "env-paths";
import { configOf, type ParsedConfig } from "./config-of.ts";
import { Problems, type ConfigProblem } from "./problem.ts";
import type { Config } from "./types.ts";

export type LoadEnvironment = Readonly<Record<string, string | undefined>>;

/** Everything that a service is opened with. */
export interface Settings {
  readonly config: Config;
  /** The SQLite file. */
  readonly dbPath: string;
}

export type LoadedSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** Reads environment and config file and tells every problem of both. */
export async function loadSettings(env: LoadEnvironment): Promise<LoadedSettings> {
  const problems: ConfigProblem[] = [];
  const path = env["SIGNALBOX_CONFIG"]?.trim();
  const text = path === undefined || path === "" ? null : await readConfigFile(path, problems);
  const parsed = await parsedFrom(text, env);
  if (!parsed.ok) problems.push(...parsed.problems);
  if (!parsed.ok || problems.length > 0) return { ok: false, problems };
  return { ok: true, settings: { config: parsed.config, dbPath: parsed.config.dbPath ?? defaultLedgerPath() } };
}

/** The schema of the file takes time to load: a start without a file does without it. */
async function parsedFrom(text: string | null, env: LoadEnvironment): Promise<ParsedConfig> {
  if (text === null) return configOf({}, env, new Problems());
  const { parseConfig } = await import("./parse.ts");
  return parseConfig(text, env);
}

/** The settings without the config file and without the variables that are broken: for looking around when they are. */
export async function loadSoundSettings(env: LoadEnvironment): Promise<LoadedSettings> {
  const parsed = await parsedFrom(null, env);
  const broken = new Set(["SIGNALBOX_CONFIG", ...(parsed.ok ? [] : parsed.problems.map(({ path }) => path))]);
  return loadSettings(Object.fromEntries(Object.entries(env).filter(([name]) => !broken.has(name))));
}

/** A problem in one line: "budgets.day_usd is a text; expected a number". */
export function printProblem({ path, message, expected }: ConfigProblem): string {
  return `${path} ${message}; expected ${expected}`;
}

/** The ledger's file when `SIGNALBOX_DB` is not set: where this system keeps the data of programs. */
function defaultLedgerPath(): string {
  return join(envPaths("signalbox", { suffix: "" }).data, "ledger.db");
}

async function readConfigFile(path: string, problems: ConfigProblem[]): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    problems.push({
      path: "SIGNALBOX_CONFIG",
      message: `names a file that cannot be read (${error.message})`,
      expected: "the path of a JSON file, or no such variable",
    });
    return null;
  }
}
