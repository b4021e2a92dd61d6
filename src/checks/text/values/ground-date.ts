import { datesIn, sameDate, timesIn, type NamedDate } from "./dates.ts";
import type { Grounding } from "./grounding.ts";
import type { Source } from "./source.ts";

/** A date in figures, maybe with a time. */
const DATE =
  /^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const DAY_MS = 86_400_000;
/** "Last Monday" and "two days ago" reach no farther. */
const NEAR_DAYS = 8;

export function isDate(value: string): boolean {
  return DATE.test(value.trim());
}

/**
 * A date of the answer: named in the source, near one that is where it speaks of days, or a term away from one. `only`: how it is
 * to be read.
 */
export function groundDate(value: string, source: Source, only?: NamedDate): Grounding {
  const all = only === undefined ? datesIn(value.trim()) : [only];
  const dates = all.filter(({ year, day }) => year !== null && day !== null);
  if (dates.length === 0) return "open";
  const isNamed = dates.some((date) =>
    source.dates.some(
      (other) =>
        sameDate(date, other) && other.day !== null && (other.year !== null || source.years.has(date.year ?? 0)),
    ),
  );
  if (isNamed) return hasOtherTime(value, source) ? "open" : "grounded";
  if (dates.some((date) => mayFollow(date, source))) return source.years.size === 0 ? "open" : "follows";
  // Without any day in the source nothing is certain.
  const certain = source.dates.filter(({ day }) => day !== null);
  return certain.length === 0 || source.years.size === 0 ? "open" : isFar(dates, source) ? "invented" : "open";
}

/** A time of day that the source does not give. Midnight is how a field for times is filled. */
function hasOtherTime(value: string, { raw }: Source): boolean {
  const clock = /[T ](\d{1,2}:\d{2})(:\d{2})?/.exec(value);
  if (clock === null || clock[1] === "00:00") return false;
  const isExact = clock[2] !== undefined && clock[2] !== ":00";
  return isExact
    ? !raw.includes(`${clock[1]}${clock[2]}`)
    : ![...timesIn(clock[1] ?? "")].every((time) => timesIn(raw).has(time));
}

function mayFollow(date: NamedDate, { dates, months, years, isRelative, hasTerms, raw }: Source): boolean {
  const known = dates.filter(({ day }) => day !== null);
  const isNear = known.some((other) => distance(date, other) <= NEAR_DAYS);
  if (isRelative && isNear) return true;
  const isAnniversary = known.some((other) => distance({ ...date, year: 2024 }, { ...other, year: 2024 }) <= 1);
  const isDayNamed = new RegExp(`\\b${date.day}(?:st|nd|rd|th)\\b`).test(raw);
  const isYearNear = years.size === 0 || [...years].some((year) => Math.abs(year - (date.year ?? 0)) <= 3);
  return isYearNear && (isAnniversary || (isDayNamed && months.has(date.month))) && (hasTerms || isAnniversary);
}

/** "Within six weeks", "two months later": dates in other months follow. */
const DURATION =
  /\b(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|thirty|sixty|ninety|few|several|couple)[ -](?:(?:business|calendar|working|of) )?(?:day|week|month|quarter)s?\b|\b(?:monthly|quarterly|semi-?annual|half[ -]year)/i;

/** Neither the month nor a term leads to it. */
function isFar(read: readonly NamedDate[], { months, raw }: Source): boolean {
  return !DURATION.test(raw) && read.every(({ month }) => !months.has(month));
}

function distance(a: NamedDate, b: NamedDate): number {
  const at = ({ year, month, day }: NamedDate, fallback: number): number =>
    Date.UTC(year ?? fallback, month - 1, day ?? 1) / DAY_MS;
  return Math.abs(at(a, b.year ?? 2024) - at(b, a.year ?? 2024));
}
