import { dayOf } from "../core/budget.ts";
import { SignalboxError } from "../core/errors.ts";

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
