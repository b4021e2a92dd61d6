import { parseNumber, usageError } from "./usage.ts";

/** Quantities of the command line, as people write them. Each throws a usage error that says what was expected. */

const UNIT_MS = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/** A time in milliseconds: `30s`, `500ms`, `2m`, `1h`, or a number of milliseconds. */
export function parseDurationMs(text: string): number {
  const [, amount, unit = "ms"] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/i.exec(text.trim()) ?? [];
  const unitMs = UNIT_MS.get(unit.toLowerCase());
  if (amount === undefined || unitMs === undefined) {
    throw usageError(`expected a time such as 30s, 500ms or 2m, got ${JSON.stringify(text)}`);
  }
  return Number(amount) * unitMs;
}

/** USD: `$0.05`, `0.05`, `5c`. */
export function parseUsd(text: string): number {
  const cents = /^(\d+(?:\.\d+)?)\s*c$/i.exec(text.trim())?.[1];
  if (cents !== undefined) return Number(cents) / 100;
  try {
    return parseNumber(text.trim().replace(/^\$/, ""));
  } catch {
    throw usageError(`expected an amount of money such as $0.05, got ${JSON.stringify(text)}`);
  }
}

const DAY_MS = 86_400_000;
/** Days back from today. */
const NAMED_DAYS = new Map([
  ["today", 0],
  ["yesterday", 1],
  ["week", 6],
  ["month", 29],
]);

/** A day, YYYY-MM-DD in UTC: as it is, `today`, `yesterday`, `week` and `month` (7 and 30 days with today), or `7d`: so many days with today. */
export function dayOfWord(text: string, nowMs: number): string {
  const word = text.trim().toLowerCase();
  if (/^\d{4}-\d{2}-\d{2}$/.test(word)) return word;
  const counted = /^(\d{1,4})d$/.exec(word)?.[1];
  const back = counted === undefined ? NAMED_DAYS.get(word) : Math.max(0, Number(counted) - 1);
  if (back === undefined) {
    throw usageError(
      `expected a day such as 2026-11-30, today, yesterday, week, month or 7d, got ${JSON.stringify(text)}`,
    );
  }
  return new Date(nowMs - back * DAY_MS).toISOString().slice(0, 10);
}

/** `a,b c` and `a b` alike: names in their order. */
export function namesOf(values: readonly string[]): readonly string[] {
  return values.flatMap((value) => value.split(",")).filter((name) => name.trim() !== "");
}
