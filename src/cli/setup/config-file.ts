import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { chmod, copyFile, mkdir, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** What a new file may be read by: its user alone, since it may come to hold keys. */
const NEW_FILE_MODE = 0o600;
const MOST_BACKUPS = 1000;

/** The text of a file, or `null` when there is none. Rejects with the system's error. */
export async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** Whether something is at this path. */
export async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/**
 * Puts a text in the place of `before` at once, with a copy of the old file beside it; resolves to the copy's path, or `null` when
 * there was no file. A link stays a link. Rejects with the system's error, and when the file changed since it was read.
 */
export async function replaceFile(file: string, before: string | null, text: string): Promise<string | null> {
  const target = before === null ? file : await realpath(file);
  await mkdir(dirname(target), { recursive: true });
  if ((await readIfThere(target)) !== before) {
    throw new Error("it was changed by another program at the same time; run the command again");
  }
  const backup = before === null ? null : await copyBeside(target);
  const mode = before === null ? NEW_FILE_MODE : (await stat(target)).mode & 0o777;
  const draft = `${target}.${randomUUID()}.tmp`;
  try {
    const handle = await open(draft, "wx", mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // What the umask took away.
    await chmod(draft, mode);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  return backup;
}

/** Copies a file to the first free name of `file.backup`, `file.backup-2`, … */
async function copyBeside(file: string): Promise<string> {
  for (let count = 1; count <= MOST_BACKUPS; count += 1) {
    const backup = `${file}.backup${count === 1 ? "" : `-${count}`}`;
    try {
      await copyFile(file, backup, constants.COPYFILE_EXCL);
      return backup;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
  }
  throw new Error(`there are ${MOST_BACKUPS} backups of ${file} already; delete some`);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
