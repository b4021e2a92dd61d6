import { datesIn, type NamedDate } from "./dates.ts";

/** A way of writing dates that the instruction gives in letters, such as DD/MM/YYYY, or by the name of ISO 8601. */
export interface DateForm {
  /** The date that a value is in that form; `null`: it is in another. */
  read(value: string): NamedDate | null;
}

const PATTERN = /\b(?:YYYY|MM|DD)([-/.])(?:MM|DD)\1(?:YYYY|DD|MM)\b/g;
const ISO = /\bISO(?:[- ]?8601)?\b/;
const MAX_DATE_CHARS = 40;

/** The one date format that an instruction requires; `null`: it names none or several. */
export function requiredDateForm(instruction: string): DateForm | null {
  const patterns = new Set<string>(instruction.match(PATTERN) ?? []);
  if (patterns.size > 1) return null;
  const [pattern = ISO.test(instruction) ? "YYYY-MM-DD" : ""] = patterns;
  if (pattern === "") return null;
  const order: readonly string[] = pattern.match(/[A-Z]+/g) ?? [];
  const source = pattern.replace(/[./]/g, "\\$&").replace(/[A-Z]+/g, (letters) => `(\\d{${letters.length}})`);
  const form = new RegExp(`^${source}(?:[T ].{4,20})?$`);
  return {
    read(value) {
      const found = form.exec(value.trim());
      const part = (name: string): number => Number(found?.[order.indexOf(name) + 1]);
      return found === null ? null : { year: part("YYYY"), month: part("MM"), day: part("DD") };
    },
  };
}

/** Whether a value is a date with a day, written in any way, and nothing else. */
export function isWrittenDate(value: string): boolean {
  if (value.length > MAX_DATE_CHARS) return false;
  const rest = value.replace(/\d{1,2}:\d{2}.{0,40}$/, "").replace(/[\p{L}]{3,9}/gu, "");
  return (
    /^[\d\s./,T-]{0,40}(?:st|nd|rd|th)?[\d\s./,-]{0,40}$/.test(rest) && datesIn(value).some(({ day }) => day !== null)
  );
}
