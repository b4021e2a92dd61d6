import { lstat, realpath } from "node:fs/promises";
import { isAbsolute } from "node:path";
import type { OutputPreparation, OutputWish, PreparedOutput } from "../../core/file-output.ts";
import { below } from "../open-file.ts";
import { pathProblem } from "../paths.ts";
import { secretName } from "../secrets.ts";
import { holdFolder, isWritable, PlaceProblem } from "./folder.ts";

/** Names that stand for devices on Windows, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** What is wrong with a path that something is to be written to, before any file is looked at; or `null`. */
export function writePathProblem(path: string): string | null {
  const problem = pathProblem(path);
  if (problem !== null) return problem;
  if (path.split("/").some((part) => DEVICE.test(part))) return "names a device";
  const secret = secretName(path);
  return secret === null ? null : `looks like a secret (${secret}) and is never written`;
}

/** Whether and where an answer may be written, looked at before anything is spent. Writes nothing, but a probe that it takes away. */
export async function prepareOutput(wish: OutputWish, roots: readonly string[]): Promise<OutputPreparation> {
  const refused = (problem: string): OutputPreparation => ({ ok: false, problem: `output ${problem}` });
  const shown = JSON.stringify(wish.path.slice(0, 80));
  if (roots.length === 0)
    return refused("names a path, which the config does not allow: set files.output_roots, or leave output out");
  const isFolder = wish.path.endsWith("/") || wish.path === ".";
  const bare = wish.path === "/" ? wish.path : wish.path.replace(/\/$/, "");
  const problem = writePathProblem(bare);
  if (problem !== null) return refused(`${shown} ${problem}`);
  const place = await placeOf(bare, roots);
  if (place === null) return refused(`${shown} is outside of the allowed roots`);
  if (place.path === "" && !isFolder) return refused(`${shown} is a root, and no file: end it with /, or name a file`);
  const output: PreparedOutput = {
    ...place,
    shape: wish.patch === true ? "patch" : isFolder ? "folder" : "file",
    overwrite: wish.overwrite === true,
    isOneFile: !isFolder,
  };
  const wrong = await placeProblem(output);
  return wrong === null ? { ok: true, output } : refused(`${shown} ${wrong}`);
}

/** In the first root that is there; an absolute path in the root that it lies below. */
async function placeOf(path: string, roots: readonly string[]): Promise<Pick<PreparedOutput, "root" | "path"> | null> {
  for (const named of roots) {
    const root = await realpath(named).catch(() => null);
    if (root === null) continue;
    if (!isAbsolute(path)) return { root, path: tidy(path) };
    const from = below(root, path) ?? below(named, path);
    if (from !== null) return { root, path: tidy(from) };
  }
  return null;
}

function tidy(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}

async function placeProblem({ root, path, shape, overwrite, isOneFile }: PreparedOutput): Promise<string | null> {
  const parts = path === "" ? [] : path.split("/");
  const target = isOneFile ? parts.pop() : undefined;
  try {
    const { folder, reached } = await holdFolder(root, parts, "stop");
    try {
      const isThere = reached === parts.length;
      if (shape === "patch" && !isThere) return "does not exist, so that there is nothing to patch";
      if (target !== undefined) {
        const stat = isThere ? await lstat(folder.at(target)).catch(() => null) : null;
        if (stat?.isSymbolicLink() === true) return "is a link, and nothing is written through links";
        if (stat !== null && !stat.isFile()) return "is there and is no regular file: end a folder with /";
        if (stat === null && shape === "patch") return "does not exist, so that there is nothing to patch";
        if (stat !== null && shape === "file" && !overwrite) return "exists: give overwrite: true, or another path";
      }
      return (await isWritable(folder)) ? null : "lies in a folder that cannot be written to";
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (error instanceof PlaceProblem) return error.message;
    throw error;
  }
}
