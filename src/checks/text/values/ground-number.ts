import type { GroundingTexts, Grounding } from "./grounding.ts";
import { numbersIn, rounded } from "./numbers.ts";
import { compacted, evened, hasWord, type Source } from "./source.ts";

/** Shorter codes are made up for the answer: "item-0001". */
const MIN_CODE_DIGITS = 5;
/** Below this, numbers are counts, ordinals and shares, which come of a text in too many ways. */
const MIN_CERTAIN = 100;
/** "Over 37,000" may be 37,098. */
const NEARLY = 0.02;

/** Worked out of several values rather than copied. */
const COMPUTED =
  /total|sum|average|avg|mean|median|count|number_of|difference|balance|net|gross|tax|vat|duration|(?:milli)?seconds|_ms$|minutes|hours|days|change|growth|percent|rate|ratio|score|confidence|index|position|offset|length/i;

export function groundNumber(key: string, value: number, { source, all }: GroundingTexts): Grounding {
  const size = rounded(Math.abs(value));
  if (isThere(size, source)) return "grounded";
  if (source.years.has(size)) return "grounded";
  if (isThere(size, all) || size < MIN_CERTAIN || COMPUTED.test(key) || comesOf(size, source)) return "open";
  return "invented";
}

function isThere(size: number, { numbers, raw }: Source): boolean {
  if (numbers.has(size)) return true;
  const isShare = size <= 1 && /%|percent/i.test(raw);
  return isShare && numbers.has(rounded(size * 100));
}

const MOST_FOR_SUMS = 60;

/** Nearly a number of the source, another scale of it, or the sum, difference or product of two of them. */
function comesOf(size: number, { numbers, years }: Source): boolean {
  const known = [...numbers].filter((each) => each !== 0);
  if (known.length > MOST_FOR_SUMS) return true;
  const isNear = (other: number): boolean => Math.abs(other - size) <= NEARLY * size;
  const isExact = (other: number): boolean => Math.abs(other - size) < 0.006;
  const scales = [10, 60, 100, 1_000, 1e6, 1e9];
  if (known.some((each) => isNear(each) || scales.some((scale) => isExact(each * scale) || isExact(each / scale))))
    return true;
  if (known.some((a) => known.some((b) => [a + b, a - b, a * b, a / b].some(isExact)))) return true;
  return size >= 1900 && size < 2100 && [...years].some((year) => Math.abs(year - size) <= 2);
}

/** A value with figures in it: a code, an amount with its unit, an address, a phrase that names a year. */
export function groundFigures(key: string, value: string, given: GroundingTexts): Grounding {
  const { source, all } = given;
  const compact = compacted(value);
  const digits = value.replace(/\D/g, "");
  const number = Number(value.replaceAll(",", ""));
  if (Number.isFinite(number) && source.numbers.has(number)) return "grounded";
  const isCode =
    /^\S{5,60}$/.test(value) && /\p{L}/u.test(value) && digits.length >= MIN_CODE_DIGITS && !/[,;()'"=]/.test(value);
  if (compact.length >= 4 && source.compact.includes(compact)) return "grounded";
  if (isCode) {
    const runs = value.match(/\d{3,}/g) ?? [];
    // The prefix may be the instruction's: BLD-448190 for "number 448190".
    if (runs.length > 0 && runs.every((run) => new RegExp(`(?<!\\d)${run}(?!\\d)`).test(source.raw))) return "grounded";
    return all.compact.includes(compact) || /^[\d.:/-]{1,60}[TZ]?[\d:.Z+-]{0,60}$/.test(value) ? "open" : "invented";
  }
  if (/^[+\d\s().\-/]+$/.test(value) && digits.length >= 7) {
    return source.raw.replace(/\D/g, "").includes(digits.replace(/^0+/, "").slice(-7)) ? "grounded" : "invented";
  }
  const years = [...value.matchAll(/(?<![\d.,/-])(?:19|20)\d\d(?![\d.,/-])/g)].map(([year]) => Number(year));
  const strange = years.filter((year) => !source.years.has(year) && !all.years.has(year));
  if (strange.length > 0) return strange.every((year) => mayBe(year, source)) ? "open" : "invented";
  if (/^\d{1,3}(?:,\d{3})+$|^\d+(?:\.\d+)?$/.test(value)) return groundNumber(key, number, given);
  const tokens = evened(value).split(" ");
  const words = tokens.filter((word) => !/\d/.test(word));
  const marked = tokens.filter((token) => /\d/.test(token) && /\p{L}/u.test(token));
  const missing = words.filter((word) => !hasWord(source, word));
  const figures = [...numbersIn(value)];
  const known = figures.filter((each) => source.numbers.has(each));
  const isKnown =
    figures.length > 0 && known.length === figures.length && marked.every((token) => isToken(token, source));
  if (missing.length === 0 && isKnown) return "grounded";
  return isAmount(value) && known.length === 0 && !figures.some((each) => comesOf(each, source)) ? "invented" : "open";
}

/** "23kg" for "23 kg", but no "14C" for some 14. */
function isToken(token: string, { words, plain }: Source): boolean {
  const [, digits = "", unit = ""] = /^(\d+)(\p{L}+)$/u.exec(token) ?? [];
  return words.has(token) || (digits !== "" && plain.includes(` ${digits} ${unit} `));
}

/** A sum of money: "$ 24 million". */
function isAmount(value: string): boolean {
  return /^(?:[$€£¥]|[A-Z]{3}|US\$) ?\d[\d.,]*(?: ?(?:[kmb]n?|thousand|million|billion|trillion))?$/i.test(
    value.trim(),
  );
}

/** Whether a year that stands nowhere may follow: no year is given, or terms are, or relative ones. */
function mayBe(year: number, { numbers, years, hasTerms, isRelative }: Source): boolean {
  return (
    // "FY24".
    numbers.has(year % 100) ||
    (years.size === 0 && isRelative) ||
    ((hasTerms || isRelative) && [...years].some((each) => Math.abs(each - year) <= 1))
  );
}
