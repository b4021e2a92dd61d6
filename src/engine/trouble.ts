import { SignalboxError } from "../core/errors.ts";

/** True for the error that the ledger throws when its file cannot be used. */
export function isLedgerTrouble(error: unknown): error is SignalboxError<"ledger_unavailable"> {
  return error instanceof SignalboxError && error.kind === "ledger_unavailable";
}
