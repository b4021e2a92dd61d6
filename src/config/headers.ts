import type { Environment } from "./environment.ts";
import type { ProviderRow } from "./provider-row.ts";
import type { Path, Problems } from "./problem.ts";
import { looksLikeKey, readKey } from "./secrets.ts";

/** What the connection itself decides. */
const OF_THE_CONNECTION =
  /^(?:host|connection|content-length|content-type|content-encoding|transfer-encoding|accept-encoding|keep-alive|upgrade|te|trailer|expect|proxy-.*)$/;

export interface ProviderHeaders {
  readonly headers: Readonly<Record<string, string>>;
  /** The first variable that is missing or holds no value, as a reason for the provider to be off. */
  readonly off: string | null;
}

/** The headers of a provider by their lower-case names. */
export function readHeaders(
  rows: ProviderRow["headers"],
  path: Path,
  env: Environment,
  problems: Problems,
): ProviderHeaders {
  const headers = new Map<string, string>();
  let off: string | null = null;
  for (const [name, value] of Object.entries(rows ?? {})) {
    const at = [...path, name];
    if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) {
      problems.addUnlessKnown(at, "is not the name of a header", "a name such as x-api-key");
    } else if (OF_THE_CONNECTION.test(name.toLowerCase())) {
      problems.addUnlessKnown(at, "cannot be set: the connection decides it", "another header");
    } else if (typeof value === "string") {
      if (looksLikeKey(value.replace(/^bearer\s+/i, "")))
        problems.addUnlessKnown(at, "looks like a secret", 'a variable that holds it: {"env": "NAME"}');
      else if (!/^[\t\x20-\x7e]*$/.test(value))
        problems.addUnlessKnown(at, "has characters that no header can have", "plain characters in one line");
      else if (/^\$\{.*\}$|^\$\w+$/.test(value.trim()))
        problems.addUnlessKnown(at, "would be sent as it is written", 'a variable: {"env": "NAME"}');
      headers.set(name.toLowerCase(), value);
    } else {
      if (looksLikeKey(value.env))
        problems.addUnlessKnown(
          [...at, "env"],
          "is a key, not the name of a variable",
          "the name of an environment variable",
        );
      const text = env.read(value.env);
      const read = text === null ? null : readHeaderValue(text);
      if (read === null) off ??= `set ${value.env}`;
      else if ("problem" in read) off ??= `${value.env} ${read.problem}`;
      else headers.set(name.toLowerCase(), read.key);
    }
  }
  return { headers: Object.fromEntries(headers), off };
}

/** "Bearer …" and "Basic …" may stand before a key. */
function readHeaderValue(text: string): ReturnType<typeof readKey> {
  const trimmed = text.trim();
  const scheme = /^(?:bearer|basic|token)\s/i.test(trimmed) ? trimmed.slice(0, trimmed.search(/\s/) + 1) : "";
  const read = readKey(trimmed.slice(scheme.length));
  return "key" in read ? { key: scheme + read.key } : read;
}
