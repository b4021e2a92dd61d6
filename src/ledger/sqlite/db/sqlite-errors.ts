import { SignalboxError } from "../../../core/errors.ts";

interface FileTrouble {
  /** The beginnings of SQLite's or the system's codes. */
  readonly codes: readonly string[];
  readonly text: string;
  readonly reopen: boolean;
  /** It passes by itself: when to try again, milliseconds. */
  readonly retryAfterMs?: number;
}

/** What went wrong with the file, and what to do about it. */
const TROUBLES: readonly FileTrouble[] = [
  {
    codes: ["SQLITE_BUSY", "SQLITE_LOCKED"],
    text: "is locked by another process for too long; try again, or end the program that holds it",
    reopen: false,
    retryAfterMs: 1000,
  },
  {
    codes: ["SQLITE_FULL", "ENOSPC", "EDQUOT"],
    text: "cannot grow, the disk is full; free some space, or set SIGNALBOX_DB to a file on another disk",
    reopen: false,
  },
  {
    codes: ["SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH", "EACCES", "EPERM", "EROFS"],
    text: "may not be written; allow writing to the file and its folder, or set SIGNALBOX_DB to a file that may be written",
    reopen: true,
  },
  {
    codes: ["SQLITE_NOTADB"],
    text: "is not a SQLite database; it was left as it is: move it away, or set SIGNALBOX_DB to another file",
    reopen: true,
  },
  {
    codes: ["SQLITE_CORRUPT"],
    text: "is damaged; it was left as it is: restore it from a copy, or set SIGNALBOX_DB to another file",
    reopen: true,
  },
  { codes: ["EISDIR"], text: "is a folder; set SIGNALBOX_DB to a file", reopen: true },
  {
    codes: ["SQLITE_CANTOPEN", "ENOTDIR", "EEXIST", "ENOENT", "ELOOP", "ENAMETOOLONG"],
    text: "cannot be opened or created; check the path and its folder, or set SIGNALBOX_DB to another file",
    reopen: true,
  },
];

const ANY_TROUBLE: FileTrouble = {
  codes: [],
  text: "cannot be used; check the file and the disk, or set SIGNALBOX_DB to another file",
  reopen: true,
};

export interface SqliteError {
  readonly error: SignalboxError<"ledger_unavailable">;
  /** Whether the connection should be given up, so that the next call opens the file anew. */
  readonly reopen: boolean;
}

/** Reads an error of SQLite or of the file system as trouble with the ledger; `null` when it is something else: a bug. */
export function troubleOf(error: unknown, path: string): SqliteError | null {
  if (error instanceof SignalboxError) return null;
  const code = codeOf(error);
  // A broken constraint says that the caller asked for something impossible, not that the file is unwell.
  if (code === null || code.startsWith("SQLITE_CONSTRAINT")) return null;
  const { text, reopen, retryAfterMs } =
    TROUBLES.find((row) => row.codes.some((each) => code.startsWith(each))) ?? ANY_TROUBLE;
  const message = error instanceof Error ? error.message : code;
  return {
    error: new SignalboxError("ledger_unavailable", `The ledger ${path} ${text} (${code}: ${message})`, {
      cause: error,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    }),
    reopen,
  };
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return null;
  const fromSqlite = error.code.startsWith("SQLITE_");
  const fromSystem = "syscall" in error;
  return fromSqlite || fromSystem ? error.code : null;
}
