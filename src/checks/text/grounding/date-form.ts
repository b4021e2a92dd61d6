import { datesIn, type NamedDate } from "./dates.ts";
import type { Leaf } from "./leaves.ts";

/** Ways of writing dates by the letters that prompts write them with, and how such a date looks. */
const LETTERS: Readonly<Record<string, string>> = {
  YYYY: "\\d{4}",
  YY: "\\d{2}",
  MMMM: "\\p{L}{3,12}",
  MMM: "\\p{L}{3,4}\\.?",
  MM: "\\d{2}",
  M: "\\d{1,2}",
  DD: "\\d{2}",
  D: "\\d{1,2}",
};
const PATTERN = /\b(?:YYYY|YY|MMMM|MMM|MM|M|DD|D)(?:([-/. ])(?:YYYY|YY|MMMM|MMM|MM|M|DD|D)){1,2}\b/g;
const ISO = /\bISO(?:[- ]?8601)?\b/;
const ISO_DATE = /^\d{4}(?:-\d{2}(?:-\d{2}(?:[T ].*)?)?)?$/;
/** A date and nothing else. */
const IS_DATE =
  /^(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|(?:\p{L}{3,9}\.?,? )?\d{1,2}(?:st|nd|rd|th|\.)? (?:of )?\p{L}{3,12}\.?,? \d{4}|(?:\p{L}{3,9}, )?\p{L}{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})$/u;

/** What is wrong with the dates of an answer where the instruction gives one way of writing them; `null`: nothing. */
export function otherDateForm(instruction: string, leaves: readonly Leaf[], body: string): string | null {
  const forms = new Set(instruction.match(PATTERN) ?? []);
  const [form] = forms;
  const field = /\b(\w{3,40})\s?\((?:[^()\n]{0,30} )?ISO/.exec(instruction)?.[1]?.toLowerCase();
  const isAll = form !== undefined || /\b(?:dates?|timestamps?)\b/i.test(instruction);
  if (forms.size > 1 || (!isAll && field === undefined)) return null;
  const asked = form === undefined ? (ISO.test(instruction) ? ISO_DATE : null) : patternOf(form);
  if (asked === null) return null;
  const other = leaves.find(
    ({ key, value }) =>
      (isAll || key.toLowerCase() === field) &&
      typeof value === "string" &&
      IS_DATE.test(value.trim().replace(/[ ,T]+(?:at )?\d{1,2}:\d{2}.*$/, "")) &&
      !asked.test(value.trim()) &&
      !/raw|original|text/i.test(key),
  );
  if (other === undefined) return form === undefined ? null : turnedDate(form, leaves, datesIn(body));
  return `${other.path || "a date"} is ${JSON.stringify(other.value)}; dates were asked for as ${form ?? "ISO 8601 (YYYY-MM-DD)"}`;
}

/** A date whose day and month have changed places: read as the form says, it is none of the source's; turned, it is. */
function turnedDate(form: string, leaves: readonly Leaf[], dates: readonly NamedDate[]): string | null {
  const order = form.match(/[A-Z]+/g) ?? [];
  if (order.length !== 3 || !order.includes("MM") || !order.includes("DD")) return null;
  const certain = dates.filter((date) => !dates.some((other) => other.day === date.month && other.month === date.day));
  const wrong = leaves.find(({ value }) => {
    if (typeof value !== "string" || !IS_DATE.test(value.trim())) return false;
    const parts = value.match(/\d+/g) ?? [];
    const [month, day] = ["MM", "DD"].map((part) => Number(parts[order.indexOf(part)]));
    return (
      parts.length === 3 &&
      month !== day &&
      !dates.some((date) => date.month === month && date.day === day) &&
      certain.some((date) => date.month === day && date.day === month)
    );
  });
  return wrong === undefined
    ? null
    : `${wrong.path || "a date"} is ${JSON.stringify(wrong.value)}: day and month have changed places (${form})`;
}

function patternOf(form: string): RegExp {
  const source = form.replace(/[A-Z]+|[-/. ]/g, (part) => LETTERS[part] ?? part.replace(/[/.]/, "\\$&"));
  return new RegExp(`^${source}$`, "u");
}
