import type { NanoUsd } from "../core/money.ts";

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
