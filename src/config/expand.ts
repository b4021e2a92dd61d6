import type { Path, Problems } from "./problem.ts";
import type { Environment } from "./environment.ts";

/** Fields in whose texts `${NAME}` stands for a variable: places, addresses and names, which differ from machine to machine. `*`: any key. */
export const EXPANDED_FIELDS: readonly string[] = [
  "providers.*.base_url",
  "providers.*.proxy",
  "providers.*.region",
  "providers.*.project",
  "providers.*.api_key_file",
  "providers.*.api_key_command",
  "models.*.wire_id",
  "tasks.*.checks.*.command",
  "files.roots",
  "files.per_principal.*",
  "checks.browser",
  "http.allowed_hosts",
  "http.allowed_origins",
  "http.oauth.issuer",
  "http.oauth.audience",
  "http.oauth.jwks_url",
];

const PATTERNS = EXPANDED_FIELDS.map((field) => field.split("."));

/** The value with the variables in its texts filled in. Keys stay as they are. What cannot be filled in is told to `problems`. */
export function expandVariables(value: unknown, env: Environment, problems: Problems, path: Path = []): unknown {
  if (typeof value === "string") return isExpanded(path) ? filledIn(value, env, problems, path) : value;
  if (Array.isArray(value)) return value.map((each, index) => expandVariables(each, env, problems, [...path, index]));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, expandVariables(each, env, problems, [...path, key])]),
  );
}

/** A list is a field of texts: its positions do not count. */
function isExpanded(path: Path): boolean {
  const field = typeof path.at(-1) === "number" ? path.slice(0, -1) : path;
  return PATTERNS.some(
    (pattern) =>
      pattern.length === field.length && pattern.every((step, index) => step === "*" || step === field[index]),
  );
}

/** `$${` is a `${` that stands for itself. */
function filledIn(text: string, env: Environment, problems: Problems, path: Path): string {
  return text.replaceAll(/\$\$\{|\$\{([^{}]{0,200})\}/g, (found: string, name: string | undefined) => {
    if (name === undefined) return "${";
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      problems.addUnlessKnown(path, `holds ${found.slice(0, 60)}, which names no variable`, "a name such as ${HOME}");
      return found;
    }
    const value = env.read(name);
    if (value !== null) return value;
    problems.addUnlessKnown(
      path,
      `names the variable ${name.slice(0, 80)}, which is not set`,
      `a value for ${name.slice(0, 80)}`,
    );
    return found;
  });
}
