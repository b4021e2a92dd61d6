import type { NanoUsd } from "../core/money.ts";
import { dayOf } from "../core/budget.ts";
import { SignalboxError } from "../core/errors.ts";

/** Lets only whole, safe, non-negative amounts into the books: one NaN would make every budget answer yes. Throws RangeError. */
export function checkedAmount(nanoUsd: NanoUsd, what: string): NanoUsd {
  if (Number.isSafeInteger(nanoUsd) && nanoUsd >= 0) return nanoUsd;
  throw new RangeError(`${what} must be a whole number of nano-USD, 0 or more; got ${nanoUsd}`);
}

/** Times come with fractions from some clocks; the ledger keeps whole milliseconds. */
export function wholeMs(ms: number): number {
  return Math.round(ms);
}

export function wholeMsOrNull(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms);
}

export const DAY_MS = 86_400_000;

/** A UTC day as the ledger stores it: days since the epoch. */
export type DayNumber = number;

export function dayNumberAt(atMs: number): DayNumber {
  return Math.floor(atMs / DAY_MS);
}

/** YYYY-MM-DD. */
export function dayText(day: DayNumber): string {
  return dayOf(day * DAY_MS);
}

/** Reads YYYY-MM-DD; throws `invalid_request` on anything else. */
export function dayNumberOf(text: string): DayNumber {
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs) || dayOf(atMs) !== text) {
    throw new SignalboxError("invalid_request", `"${text}" is not a day; write it as YYYY-MM-DD`);
  }
  return dayNumberAt(atMs);
}

/** Nearest rank: the smallest value that `share` of all values do not exceed; `null` of none. */
export function percentile(ascending: readonly { readonly value: number }[], share: number): number | null {
  return ascending[Math.ceil(share * ascending.length) - 1]?.value ?? null;
}
