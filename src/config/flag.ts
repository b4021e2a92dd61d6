/** A command line without `--config FILE`, and the file; `null`: it names none. */
export type ConfigFlag =
  | { readonly ok: true; readonly argv: readonly string[]; readonly path: string | null }
  | { readonly ok: false; readonly problem: string };

/** `--config FILE` may stand anywhere before `--`: it holds for every command, and for none. */
export function takeConfigFlag(line: readonly string[]): ConfigFlag {
  const end = line.includes("--") ? line.indexOf("--") : line.length;
  const at = line.findIndex((word, index) => index < end && (word === "--config" || word.startsWith("--config=")));
  if (at === -1) return { ok: true, argv: line, path: null };
  const isJoined = line[at] !== "--config";
  const path = isJoined ? line[at]?.slice("--config=".length) : line[at + 1];
  if (path === undefined || path.trim() === "" || (!isJoined && path.startsWith("-"))) {
    return { ok: false, problem: "--config needs the path of a config file" };
  }
  return { ok: true, argv: line.toSpliced(at, isJoined ? 1 : 2), path };
}
