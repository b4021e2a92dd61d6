import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, lstat, mkdir, open, realpath, rmdir, unlink, type FileHandle } from "node:fs/promises";
import { join } from "node:path";

/** A folder that is held open: what happens in it happens there, whatever its path leads to meanwhile. */
export interface HeldFolder {
  /** The path of a name in it: through the open folder where the system can, so that an exchanged folder leads nowhere. */
  at(name: string): string;
  /** Whether its path still leads to it. */
  isInPlace(): Promise<boolean>;
  /** Makes new names last, where the system can. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** What is wrong with a place that a file was to be written to. */
export class PlaceProblem extends Error {}

const FOLDER_FLAGS = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * Goes down from a real root, folder by folder, and follows no link. `missing`: `make` makes a folder that is not there and adds it to
 * `made`, `stop` ends at the last one that is. Throws `PlaceProblem`.
 */
export async function holdFolder(
  root: string,
  parts: readonly string[],
  missing: "make" | "stop",
  made: string[] = [],
): Promise<{ readonly folder: HeldFolder; readonly reached: number }> {
  let folder = await hold(root, root);
  try {
    if ((await realpath(root)) !== root) throw new PlaceProblem("its root was exchanged");
    let path = root;
    for (const [index, part] of parts.entries()) {
      const at = folder.at(part);
      let stat = await lstat(at).catch(() => null);
      if (stat === null && missing === "stop") return { folder, reached: index };
      path = join(path, part);
      const shown = parts.slice(0, index + 1).join("/");
      if (stat === null) {
        await mkdir(at).catch((error: unknown) => {
          if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw new PlaceProblem(`${shown} cannot be made`);
        });
        made.push(path);
        stat = await lstat(at).catch(() => null);
      }
      if (stat?.isSymbolicLink() === true)
        throw new PlaceProblem(`${shown} is a link, and nothing is written through links`);
      if (stat?.isDirectory() !== true) throw new PlaceProblem(`${shown} is no folder`);
      const next = await hold(at, path);
      await folder.close();
      folder = next;
      if (!(await folder.isInPlace())) throw new PlaceProblem(`${shown} was exchanged meanwhile`);
    }
    return { folder, reached: parts.length };
  } catch (error) {
    await folder.close();
    throw error;
  }
}

async function hold(at: string, path: string): Promise<HeldFolder> {
  let handle: FileHandle | null;
  try {
    handle = await open(at, FOLDER_FLAGS);
  } catch (error) {
    // Some systems open no folders.
    if ((error as NodeJS.ErrnoException).code !== "EISDIR") throw new PlaceProblem("its folder cannot be opened");
    handle = null;
  }
  const through = handle === null ? null : `/proc/self/fd/${handle.fd}`;
  const isThrough =
    through !== null &&
    (await access(join(through, ".")).then(
      () => true,
      () => false,
    ));
  return {
    at: (name) => join(isThrough ? through : path, name),
    async isInPlace() {
      if ((await realpath(path).catch(() => null)) !== path) return false;
      if (handle === null) return true;
      const [held, now] = await Promise.all([handle.stat(), lstat(path).catch(() => null)]);
      return now !== null && held.dev === now.dev && held.ino === now.ino;
    },
    sync: async () => handle?.sync().catch(() => undefined),
    close: async () => handle?.close(),
  };
}

/** A name that no file has and no glob of `context.files` finds. */
export function temporaryName(): string {
  return `.signalbox-${randomBytes(9).toString("hex")}.tmp`;
}

/** Whether a file can be made in the folder: by making one, since modes do not say all. */
export async function isWritable(folder: HeldFolder): Promise<boolean> {
  const at = folder.at(temporaryName());
  try {
    const handle = await open(at, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    await handle.close();
    await unlink(at);
    return true;
  } catch {
    return false;
  }
}

/** Takes away folders that were made for nothing, the innermost first. One that is not empty stays. */
export async function removeMade(made: readonly string[]): Promise<void> {
  for (const path of made.toReversed()) await rmdir(path).catch(() => undefined);
}
