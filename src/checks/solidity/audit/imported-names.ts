import { createImports } from "../solidity/imports.ts";
import { blanked, importsIn } from "./code-text.ts";

/** Names in the files that a source imports from OpenZeppelin. */
export interface Borrowed {
  /** In lower case. */
  readonly names: ReadonlySet<string>;
  /** Whether every import was found here, and all that it imports. */
  readonly isComplete: boolean;
}

const MAX_FILES = 300;

/** Follows the imports of a source through the installed releases of OpenZeppelin; a name may stand in either of them. */
export function borrowedNames(texts: readonly { readonly path: string | null; readonly content: string }[]): Borrowed {
  const files = texts.map(({ path, content }, at) => ({ path: path ?? `Source${at + 1}.sol`, content }));
  const releases = [createImports(files, 5), createImports(files, 4)] as const;
  const names = new Set<string>();
  const seen = new Set(files.map(({ path }) => path));
  const queue = files.flatMap(({ path, content }) => importsIn(path, content));
  let isComplete = true;
  for (let next = queue.pop(); next !== undefined && seen.size < MAX_FILES; next = queue.pop()) {
    const path = mapped(next, releases[0].remappings);
    if (seen.has(path)) continue;
    seen.add(path);
    const found = releases.flatMap(({ read }) => {
      const file = read(path);
      return "contents" in file ? [file.contents] : [];
    });
    isComplete &&= found.length > 0;
    for (const content of found) {
      for (const name of blanked(content).match(/[A-Za-z_$][\w$]*/g) ?? []) names.add(name.toLowerCase());
      queue.push(...importsIn(path, content));
    }
  }
  return { names, isComplete: isComplete && queue.length === 0 };
}

/** As the compiler would map it: by "from=to". */
function mapped(path: string, remappings: readonly string[]): string {
  for (const each of remappings) {
    const [from = "", to = ""] = each.split("=");
    if (path.startsWith(from)) return `${to}${path.slice(from.length)}`;
  }
  return path;
}
