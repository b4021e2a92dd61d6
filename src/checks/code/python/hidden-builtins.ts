import type { CApi } from "./c-api.ts";

const NAME = /[A-Za-z_]\w*/gu;
const MOST_NAMES = 500;

/**
 * Whether a snippet is written in words that the code has given another meaning: `assert len(f(2)) == 4` says nothing when the code
 * has a `len` of its own beside `f`. A snippet that uses nothing else of the code tests that very function: `assert max([1, 2]) == 2`.
 */
export function hiddenBuiltins(api: CApi, namespace: number, builtins: number, snippet: string): string | null {
  const names = [...new Set(snippet.match(NAME))].slice(0, MOST_NAMES).filter((name) => !name.startsWith("__"));
  const isIn = (dictionary: number, name: string): boolean =>
    api.withText("PyDict_GetItemString", [dictionary], name) !== 0;
  const own = names.filter((name) => isIn(namespace, name));
  const hidden = own.filter((name) => isIn(builtins, name));
  return hidden.length > 0 && hidden.length < own.length ? `has its own ${hidden.join(", ")}` : null;
}
