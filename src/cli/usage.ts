import { SignalboxError } from "../core/errors.ts";

/** The error of a command line that cannot be carried out as it stands: exit 2. */
export function usageError(message: string): SignalboxError<"invalid_request"> {
  return new SignalboxError("invalid_request", message);
}

/** Reads a decimal number, `0x`, blanks and the like refused. What it means is for the service to judge. */
export function parseNumber(text: string): number {
  const number = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(number)) throw usageError(`expected a number, got ${JSON.stringify(text)}`);
  return number;
}
