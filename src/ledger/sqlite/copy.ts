import { closeSync, openSync, rmSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { SignalboxError } from "../../core/errors.ts";
import type { LedgerFile } from "./db/file.ts";

/** What SQLite keeps beside a file. */
const BESIDE = ["", "-wal", "-shm", "-journal"];

/**
 * Copies the ledger to a new file by SQLite's online backup: others go on writing. Throws `invalid_request` for a file that is there,
 * `ledger_unavailable` when there is no ledger, or the copy cannot be written.
 */
export async function backup(file: LedgerFile, to: string): Promise<{ readonly path: string; readonly bytes: number }> {
  const path = resolve(to);
  refuseMissing(file, "to copy");
  let isMade = false;
  try {
    // Made before anything is in it: nobody else may read the texts, not even while they are copied.
    closeSync(openSync(path, "wx", 0o600));
    isMade = true;
    const connection = await file.alone((open) => open);
    await connection.backup(path);
    return { path, bytes: statSync(path).size };
  } catch (error) {
    if (isMade) for (const suffix of BESIDE) rmSync(path + suffix, { force: true });
    if (!isMade && (error as NodeJS.ErrnoException).code === "EEXIST")
      throw new SignalboxError("invalid_request", `${path} is there already: name a new file`);
    if (error instanceof SignalboxError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new SignalboxError("ledger_unavailable", `The ledger could not be copied to ${path}: ${why}`, {
      cause: error,
    });
  }
}

/** Deletes the file and what SQLite keeps beside it. Throws `ledger_unavailable` when there is none. */
export function reset(file: LedgerFile): void {
  refuseMissing(file, "to delete");
  file.letGo();
  for (const suffix of BESIDE) rmSync(file.path + suffix, { force: true });
}

function refuseMissing(file: LedgerFile, what: string): void {
  if (file.isMissing())
    throw new SignalboxError("ledger_unavailable", `There is no ledger at ${file.path}: nothing ${what}`);
}
