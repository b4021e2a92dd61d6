import { SignalboxError } from "../../../core/errors.ts";

interface DatabaseTrouble {
  /** The beginnings of SQLSTATEs, or codes of the system. */
  readonly codes: readonly string[];
  readonly text: string;
  /** It may pass by itself: when to try again, milliseconds; `null`: not before its owner has changed something. */
  readonly retryAfterMs: number | null;
  /** Whether the connection is of no use any more. */
  readonly isLost: boolean;
  /** Whether the same call may succeed at once on another connection. */
  readonly again: boolean;
}

/** What can be wrong with the database, and what to do about it. */
const TROUBLES: readonly DatabaseTrouble[] = [
  {
    codes: ["40001", "40P01"],
    text: "could not order two changes of the same figures; try again",
    retryAfterMs: 100,
    isLost: false,
    again: true,
  },
  {
    codes: ["57014", "55P03", "SLOW"],
    text: "did not answer in time; try again, and look at its load",
    retryAfterMs: 1000,
    isLost: false,
    again: false,
  },
  {
    codes: ["25006"],
    text: "only lets itself be read: it is a standby, or being moved to another server; try again once it may be written",
    retryAfterMs: 2000,
    isLost: true,
    again: false,
  },
  {
    codes: ["53300"],
    text: "has no connection left; lower `connections` in SIGNALBOX_DB, or put PgBouncer before it",
    retryAfterMs: 1000,
    isLost: true,
    again: false,
  },
  {
    codes: ["53100", "53200", "53", "58030"],
    text: "cannot write, its disk or memory is full; free some",
    retryAfterMs: 5000,
    isLost: false,
    again: false,
  },
  {
    codes: ["28", "3D000"],
    text: "lets this user not in; check user, password and database in SIGNALBOX_DB",
    retryAfterMs: null,
    isLost: true,
    again: false,
  },
  {
    codes: ["42501"],
    text: "does not let this user do that; grant it the rights that docs/team.md names",
    retryAfterMs: null,
    isLost: false,
    again: false,
  },
  {
    codes: [
      "08",
      "57P",
      "ECONN",
      "EPIPE",
      "ETIMEDOUT",
      "EHOSTUNREACH",
      "ENETUNREACH",
      "ENOTFOUND",
      "EAI_AGAIN",
      "LOST",
    ],
    text: "cannot be reached; try again, and check that it runs",
    retryAfterMs: 1000,
    isLost: true,
    again: true,
  },
  {
    codes: ["CERT", "DEPTH_ZERO", "SELF_SIGNED", "UNABLE_TO", "ERR_TLS", "ERR_SSL", "NO_TLS"],
    text: "cannot be reached over TLS; check its certificate and sslmode in SIGNALBOX_DB",
    retryAfterMs: null,
    isLost: true,
    again: false,
  },
];

const ANY_TROUBLE: DatabaseTrouble = {
  codes: [],
  text: "cannot be used",
  retryAfterMs: null,
  isLost: false,
  again: false,
};

/** Codes of ours, for what carries none: the time is over, the connection broke. */
export const SLOW = "SLOW";
export const LOST = "LOST";

/** Reads an error of `pg`, Postgres or the system as trouble with the database; `null` when it is something else: a bug. */
export function troubleOf(error: unknown): DatabaseTrouble | null {
  if (error instanceof SignalboxError) return null;
  const code = codeOf(error);
  if (code === null) return null;
  // A broken constraint or a wrong statement says that the caller asked for something impossible, not that the database is unwell.
  if (/^(?:22|23|42|P0)/.test(code) && code !== "42501") return null;
  return TROUBLES.find((row) => row.codes.some((each) => code.startsWith(each))) ?? ANY_TROUBLE;
}

/** What is thrown for trouble. */
export function unavailable(
  shown: string,
  { text, retryAfterMs }: DatabaseTrouble,
  error: unknown,
  redact: (text: string) => string,
): SignalboxError<"ledger_unavailable"> {
  const said = redact(error instanceof Error ? error.message : String(error));
  const message = `The ledger ${shown} ${text} (${codeOf(error) ?? "?"}: ${said})`;
  return new SignalboxError("ledger_unavailable", message, retryAfterMs === null ? {} : { retryAfterMs });
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ("code" in error && typeof error.code === "string") return error.code;
  // What `pg` says without a code: the socket broke, or the server has no TLS.
  if (
    /Connection terminated|Client has encountered a connection error|not queryable|timeout (?:expired|exceeded)/i.test(
      error.message,
    )
  ) {
    return LOST;
  }
  return /SSL|TLS/.test(error.message) ? "NO_TLS" : null;
}
