import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, link, lstat, open, rename, unlink } from "node:fs/promises";
import type { Delivery, FileFact } from "../../core/file-output.ts";
import { type HeldFolder, holdFolder, PlaceProblem, removeMade, temporaryName } from "./folder.ts";

/** A file as it was read, so that a change meanwhile is not written over. */
export interface SeenFile {
  readonly ino: number;
  readonly size: number;
  readonly mtimeMs: number;
}

/** One file to write, from the root. */
export interface PlannedFile {
  readonly path: string;
  readonly content: string;
  /** `create`: it must not be there. `seen`: it must be as it was read. */
  readonly onto: "create" | "overwrite" | { readonly seen: SeenFile };
}

interface Staged {
  readonly file: PlannedFile;
  readonly folder: HeldFolder;
  readonly target: string;
  readonly temporary: string;
  /** A second name of what stood there; `null`: nothing did. */
  backup: string | null;
  isDone: boolean;
}

/**
 * Writes all files below a real root, or none: each into a temporary file beside its place, synced, then moved over it. What was moved
 * before a failure is moved back. A crash between two moves leaves whole files, old or new.
 */
export async function writeAll(root: string, files: readonly PlannedFile[]): Promise<Delivery> {
  const staged: Staged[] = [];
  const made: string[] = [];
  try {
    for (const file of files) staged.push(await stage(root, file, made));
    for (const each of staged) await commit(each, staged.length > 1);
    for (const { folder } of staged) await folder.sync();
    for (const { backup, folder } of staged)
      if (backup !== null) await unlink(folder.at(backup)).catch(() => undefined);
    return { ok: true, written: files.map(factOf), notes: [] };
  } catch (error) {
    for (const each of staged.toReversed()) await undo(each);
    await removeMade(made);
    if (error instanceof PlaceProblem) return { ok: false, problem: error.message };
    // Whatever broke: the answer was paid for, and is returned as text.
    const { code = "for an unknown reason" } = error as NodeJS.ErrnoException;
    return { ok: false, problem: `the file system refused it (${code})` };
  } finally {
    for (const { folder } of staged) await folder.close();
  }
}

function factOf({ path, content }: PlannedFile): FileFact {
  return { path, bytes: Buffer.byteLength(content), sha256: createHash("sha256").update(content).digest("hex") };
}

async function stage(root: string, file: PlannedFile, made: string[]): Promise<Staged> {
  const parts = file.path.split("/");
  const target = parts.pop() ?? "";
  const { folder } = await holdFolder(root, parts, "make", made);
  const temporary = temporaryName();
  try {
    const old = await targetStat(folder, target, file);
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
    const handle = await open(folder.at(temporary), flags, old === null ? 0o666 : old.mode & 0o777);
    try {
      await handle.writeFile(file.content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return { file, folder, target, temporary, backup: null, isDone: false };
  } catch (error) {
    await unlink(folder.at(temporary)).catch(() => undefined);
    await folder.close();
    throw error;
  }
}

/** What stands at the place; `null`: nothing. Throws where it may not be written over. */
async function targetStat(folder: HeldFolder, target: string, { path, onto }: PlannedFile) {
  const stat = await lstat(folder.at(target)).catch(() => null);
  if (stat === null) {
    if (typeof onto === "object") throw new PlaceProblem(`${path} is gone meanwhile`);
    return null;
  }
  if (stat.isSymbolicLink()) throw new PlaceProblem(`${path} is a link, and nothing is written through links`);
  if (!stat.isFile()) throw new PlaceProblem(`${path} is there and is no regular file`);
  if (onto === "create") throw new PlaceProblem(`${path} exists: give overwrite: true, or another path`);
  if (typeof onto === "object") {
    const { seen } = onto;
    if (stat.ino !== seen.ino || stat.size !== seen.size || stat.mtimeMs !== seen.mtimeMs)
      throw new PlaceProblem(`${path} was changed meanwhile`);
  }
  return stat;
}

async function commit(staged: Staged, isOneOfMany: boolean): Promise<void> {
  const { file, folder, target, temporary } = staged;
  if (!(await folder.isInPlace())) throw new PlaceProblem(`the folder of ${file.path} was exchanged meanwhile`);
  const old = await targetStat(folder, target, file);
  if (old === null && (await linked(folder, temporary, target, file))) {
    staged.isDone = true;
    await unlink(folder.at(temporary));
    return;
  }
  if (old !== null && isOneOfMany) {
    const backup = temporaryName();
    const [from, to] = [folder.at(target), folder.at(backup)];
    // Where there are no hard links, a copy does.
    await link(from, to).catch(() => copyFile(from, to, constants.COPYFILE_EXCL));
    staged.backup = backup;
  }
  await rename(folder.at(temporary), folder.at(target));
  staged.isDone = true;
}

/** A new name for the file, which fails where the name is taken. False: the file system has no hard links. */
async function linked(
  folder: HeldFolder,
  temporary: string,
  target: string,
  { path, onto }: PlannedFile,
): Promise<boolean> {
  try {
    await link(folder.at(temporary), folder.at(target));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") return false;
    if (onto === "overwrite") return false;
    throw new PlaceProblem(`${path} exists: give overwrite: true, or another path`);
  }
}

async function undo({ folder, target, temporary, backup, isDone }: Staged): Promise<void> {
  // A name that is moved onto another one of the same file stays: so it is moved back only where another file took its place.
  if (backup !== null && isDone) await rename(folder.at(backup), folder.at(target)).catch(() => undefined);
  else if (backup !== null) await unlink(folder.at(backup)).catch(() => undefined);
  else if (isDone) await unlink(folder.at(target)).catch(() => undefined);
  await unlink(folder.at(temporary)).catch(() => undefined);
}
