import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import envPaths from "env-paths";
import { configOf, type ParsedConfig } from "./config-of.ts";
import { environmentOf } from "./environment.ts";
import { configPlace, type ConfigPlace } from "./place.ts";
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
export async function loadSettings(env: LoadEnvironment, platform: NodeJS.Platform): Promise<LoadedSettings> {
  return settingsFrom(configPlace(env, platform), env);
}

async function settingsFrom(place: ConfigPlace | null, env: LoadEnvironment): Promise<LoadedSettings> {
  const problems: ConfigProblem[] = [];
  const text = place === null ? null : await readConfigFile(place, problems);
  const parsed = await parsedFrom(text, env, place === null ? null : dirname(place.path));
  if (!parsed.ok) problems.push(...parsed.problems);
  if (!parsed.ok || problems.length > 0) return { ok: false, problems };
  return { ok: true, settings: { config: parsed.config, dbPath: parsed.config.dbPath ?? defaultLedgerPath() } };
}

/** The schema of the file takes time to load: a start without a file does without it. */
async function parsedFrom(text: string | null, env: LoadEnvironment, folder: string | null): Promise<ParsedConfig> {
  if (text === null) return configOf({}, environmentOf(env), new Problems());
  const { parseConfig } = await import("./parse.ts");
  return parseConfig(text, env, folder);
}

/** The settings without the config file and without the variables that are broken: for looking around when they are. */
export async function loadSoundSettings(env: LoadEnvironment): Promise<LoadedSettings> {
  const parsed = await parsedFrom(null, env, null);
  const broken = new Set(parsed.ok ? [] : parsed.problems.map(({ path }) => path));
  return settingsFrom(null, Object.fromEntries(Object.entries(env).filter(([name]) => !broken.has(name))));
}

/** A problem in one line: "budgets.day_usd is a text; expected a number". */
export function printProblem({ path, message, expected }: ConfigProblem): string {
  return `${path} ${message}; expected ${expected}`;
}

/** The ledger's file when `SIGNALBOX_DB` is not set: where this system keeps the data of programs. */
function defaultLedgerPath(): string {
  return join(envPaths("signalbox", { suffix: "" }).data, "ledger.db");
}

/** The text of the file; `null`: it cannot be read, or there is none at the usual place. */
async function readConfigFile({ path, isNamed }: ConfigPlace, problems: ConfigProblem[]): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    if (!isNamed && error.code === "ENOENT") return null;
    problems.push({
      path: isNamed ? "SIGNALBOX_CONFIG" : path,
      message: `names a file that cannot be read (${error.message})`,
      expected: isNamed ? "the path of a config file, or no such variable" : "a file that can be read, or none",
    });
    return null;
  }
}
