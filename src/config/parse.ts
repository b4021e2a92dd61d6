import { configOf, type ParsedConfig } from "./config-of.ts";
import { environmentOf, type Environment } from "./environment.ts";
import { expandVariables } from "./expand.ts";
import type { ConfigFile } from "./file.ts";
import { isDeeperThan, parseJson } from "./json.ts";
import { Problems } from "./problem.ts";
import { readShape } from "./shape.ts";

export type { ParsedConfig } from "./config-of.ts";
export type { ConfigProblem } from "./problem.ts";
export type { Config, LogLevel, ProviderKey, ProviderSettings } from "./types.ts";

/** Of lists and objects within each other; the file itself needs eight, a JSON Schema in it some more. */
const MOST_LEVELS = 100;

/**
 * Reads the config file's text (`null`: there is no file) and the environment. Never throws: every problem of both comes back
 * at once, each with its path, and no problem shows a secret. `folder`: the one that the file is in.
 */
export function parseConfig(
  text: string | null,
  env: Readonly<Record<string, string | undefined>>,
  folder: string | null = null,
): ParsedConfig {
  const problems = new Problems();
  const environment = environmentOf(env);
  return configOf(readFile(text, environment, problems), environment, problems, folder);
}

function readFile(text: string | null, env: Environment, problems: Problems): ConfigFile {
  if (text === null) return {};
  if (text.trim() === "") {
    problems.add([], "is empty", "a JSON object, {} at least");
    return {};
  }
  if (isDeeperThan(MOST_LEVELS, text)) {
    problems.add([], "is nested too deeply", `at most ${MOST_LEVELS} levels`);
    return {};
  }
  const json = parseJson(text);
  if (json.ok) return readShape(expandVariables(json.value, env, problems), problems);
  for (const { line, column, message } of json.problems) {
    problems.add([], `is not JSON: line ${line}, column ${column}: ${message}`, "valid JSON; comments are allowed");
  }
  return {};
}
