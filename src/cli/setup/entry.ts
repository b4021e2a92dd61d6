import type { ServerStart } from "./client.ts";
import type { ConfigObject } from "./formats/format.ts";

/** The entry that most clients share: `command`, `args`, and `env` when there is something in it. */
export function standardEntry({ command, args, env }: ServerStart): ConfigObject {
  return { command, args, ...(Object.keys(env).length === 0 ? {} : { env: { ...env } }) };
}

/** A word of a command line for a POSIX shell. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
