import { PROVIDER_KINDS, type ProviderKind } from "../core/vendors.ts";
import type { Environment } from "./environment.ts";
import type { ProviderRow } from "./provider-row.ts";
import type { Path, Problems } from "./problem.ts";
import { looksLikeKey, readKey } from "./secrets.ts";
import type { ProviderKey } from "./types.ts";

/** The keys of a provider, and why it is off when it has none of those that it needs. */
export interface ProviderKeys {
  readonly keys: readonly ProviderKey[];
  readonly off: string | null;
}

/**
 * Keys from the variables that the row names, else the kind's own; then from its command and its files. A variable that holds no key
 * turns its provider off and breaks nothing else: clients hand over `${OPENAI_API_KEY}` as it is written where it is not set.
 */
export function readKeys(
  kind: ProviderKind,
  row: ProviderRow,
  path: Path,
  env: Environment,
  problems: Problems,
): ProviderKeys {
  const { keyVariables, needsKey } = PROVIDER_KINDS[kind];
  const named = row.api_key_env === undefined ? null : asList(row.api_key_env);
  for (const [index, name] of (named ?? []).entries()) {
    const at = Array.isArray(row.api_key_env) ? [...path, "api_key_env", index] : [...path, "api_key_env"];
    // It may well be one. It is not repeated: what is in the file may be shown.
    if (looksLikeKey(name))
      problems.addUnlessKnown(
        at,
        "is a key, not the name of a variable",
        "the name of an environment variable that holds the key",
      );
  }
  const elsewhere: ProviderKey[] = [...commandOf(row), ...filesOf(row)];
  const variables = named ?? (elsewhere.length > 0 ? [] : keyVariables);
  const set = variables.filter((name) => env.read(name) !== null);
  // The kind's own variables are names for one and the same key.
  const used = named === null ? set.slice(0, 1) : set;
  const keys: ProviderKey[] = [];
  const faults: string[] = [];
  for (const name of used) {
    const read = readKey(env.read(name) ?? "");
    if ("problem" in read) faults.push(`${name} ${read.problem}`);
    else keys.push({ apiKey: read.key, from: name });
  }
  const all = [...keys, ...elsewhere];
  if (all.length > 0) return { keys: all, off: null };
  if (faults.length > 0) return { keys: [], off: faults.join("; ") };
  if (named === null && !needsKey) return { keys: [], off: null };
  return { keys: [], off: `set ${variables.join(" or ") || "api_key_env"}` };
}

function commandOf({ api_key_command: command }: ProviderRow): readonly ProviderKey[] {
  const [program, ...args] = command ?? [];
  return program === undefined ? [] : [{ apiKey: { command: [program, ...args] }, from: `the command ${program}` }];
}

function filesOf({ api_key_file: files = [] }: ProviderRow): readonly ProviderKey[] {
  return asList(files).map((file) => ({ apiKey: { file }, from: `the file ${file}` }));
}

function asList(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
