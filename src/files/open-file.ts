import { constants } from "node:fs";
import { lstat, open, realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";

/** Of a text. */
export const MOST_FILE_BYTES = 1_000_000;
/** As many bytes as tell a type. */
const HEAD_BYTES = 16;

/** A file's bytes and its real path from the real root, with `/`; or what is wrong, without what the file holds. */
export type OpenedFile =
  | { readonly ok: true; readonly path: string; readonly bytes: Buffer }
  | { readonly ok: false; readonly problem: string };

const refused = (problem: string): OpenedFile => ({ ok: false, problem });

/** The path below the folder, with `/`; `null`: it is not below it. */
export function below(folder: string, path: string): string | null {
  const from = relative(folder, path);
  return from === ".." || from.startsWith(`..${sep}`) || isAbsolute(from) ? null : from.split(sep).join("/");
}

/**
 * Reads a regular file below a real root. The path is resolved first and opened without following a link; afterwards the path must
 * still be the file that was opened, so that a folder that is exchanged meanwhile leads nowhere. `mostBytesOf`: how long a file may be
 * that begins so.
 */
export async function openFile(
  realRoot: string,
  path: string,
  allowed: (path: string) => string | null,
  mostBytesOf: (head: Buffer) => number = () => MOST_FILE_BYTES,
): Promise<OpenedFile> {
  let real: string;
  try {
    real = await realpath(resolve(realRoot, path));
  } catch {
    return refused("does not exist");
  }
  const from = below(realRoot, real);
  if (from === null) return refused("is outside of the allowed root");
  const problem = allowed(from);
  if (problem !== null) return refused(problem);
  if (/^\/(?:proc|sys|dev)(?:\/|$)/.test(real)) return refused("is no regular file");
  let handle;
  try {
    handle = await open(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch {
    return refused("cannot be read");
  }
  try {
    const held = await handle.stat();
    if (!held.isFile()) return refused("is no regular file");
    if (held.nlink > 1) return refused("has another hard link, which may be outside of the root: copy it");
    const [now, nowAt] = await Promise.all([lstat(real), realpath(real)]);
    if (nowAt !== real || now.dev !== held.dev || now.ino !== held.ino)
      return refused("was exchanged while it was read");
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead: headBytes } = await handle.read(head, 0, HEAD_BYTES, 0);
    const mostBytes = mostBytesOf(head.subarray(0, headBytes));
    if (held.size > mostBytes)
      return refused(`has ${held.size} bytes; at most ${mostBytes}: name its lines in a smaller file, or split it`);
    const buffer = Buffer.alloc(Math.min(mostBytes, held.size) + 1);
    let read = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, read, buffer.length - read, read);
      if (bytesRead === 0) break;
      read += bytesRead;
      if (read === buffer.length) return refused("grew while it was read");
    }
    return { ok: true, path: from, bytes: Buffer.from(buffer.subarray(0, read)) };
  } catch {
    return refused("cannot be read");
  } finally {
    await handle.close();
  }
}
