import { realpath } from "node:fs/promises";
import { dirname, isAbsolute } from "node:path";
import { below } from "./open-file.ts";

/**
 * Of folders that a client names as its project, or the one that the process was started in, those that may be read: none of them
 * holds the user's home, or is it. Programs without a project are started there, or at the top.
 */
export async function projectRoots(named: readonly string[], home: string): Promise<readonly string[]> {
  const realHome = await realpath(home).catch(() => home);
  const roots: string[] = [];
  for (const folder of named) {
    const root = isAbsolute(folder) ? await realpath(folder).catch(() => null) : null;
    if (root !== null && dirname(root) !== root && below(root, realHome) === null) roots.push(root);
  }
  return roots;
}
