import { datesIn, sameDate, timesIn } from "./dates.ts";
import { isComputed, isMeasured, isStation, kindOfField } from "./keys.ts";
import { numbersIn, rounded } from "./numbers.ts";
import { evened, hasWord, type Source } from "./source.ts";

/** `open`: derived, reworded or worked out, so that its absence from the source says nothing. */
export type Grounding = "grounded" | "invented" | "open";

/** Values that say that there is none. */
const ABSENT =
  /^(?:n\/?a|none|null|nil|unknown|undefined|not (?:specified|mentioned|available|provided|given|stated|found|applicable|disclosed)\b.{0,40}|unspecified|missing|tbd|-+|–|—|\?|keine angabe|unbekannt|)$/i;
const SKIPPED =
  /^(?:mr|mrs|ms|dr|prof|sir|madam|the|of|and|for|in|on|at|de|la|le|van|von|der|inc|ltd|llc|gmbh|corp|corporation|company|co|plc|ag|sa|limited|incorporated|street|st|road|rd|avenue|ave|usa?|uk|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/;
const SMALL = 12;
const MOST_FOR_SUMS = 40;

export function isAbsent(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "string" && ABSENT.test(value.trim()));
}

/** Whether a value of an extraction stands in its source, surely does not, or may be derived from it. */
export function judgeValue(key: string, value: string | number, source: Source): Grounding {
  if (typeof value === "number") return judgeNumber(key, value, source);
  const plain = evened(value);
  const compact = plain.replaceAll(" ", "");
  if (compact === "") return "open";
  if (source.plain.includes(` ${plain} `) || (compact.length >= 4 && source.compact.includes(compact)))
    return "grounded";
  if (/\d/.test(value)) return judgeFigures(key, value, compact, source);
  if (!sharesScript(value, source.raw)) return "open";
  if (/[^\s@]+@[^\s@]+\.\w+|^https?:|^www\./.test(value))
    return source.compact.includes(stripped(value)) ? "grounded" : "invented";
  return judgeWords(key, value, plain, source);
}

function judgeNumber(key: string, value: number, source: Source): Grounding {
  const size = rounded(Math.abs(value));
  const readings = [size, size * 100, size / 100, size * 1000, size / 1000, size / 1e6, size / 1e9].map(rounded);
  // Shares and percents, amounts and their hundredths.
  const isHundredth = size < 1 || HUNDREDTHS.test(key) || HUNDREDTHS.test(source.raw);
  if (readings.slice(0, isHundredth ? 3 : 1).some((each) => source.numbers.has(each))) return "grounded";
  if (readings.slice(3).some((each) => each >= 1 && source.numbers.has(each) && IN_SCALE.test(source.raw))) {
    return "grounded";
  }
  if (size === 0 || (size <= SMALL && Number.isInteger(size) && (!isMeasured(key) || size < 2))) return "open";
  // Small whole numbers come out of the others in too many ways.
  const isSmall = size <= SMALL && Number.isInteger(size);
  const isSum = isPrintedSum(key, source);
  if (!isSmall && !isSum && isWorkedOut(key, size, source)) return "open";
  if (isComputed(key) && !isSum) return "open";
  if (/(?:^|_)age$/i.test(key) && /\bborn\b|birth/i.test(source.raw)) return "open";
  return "invented";
}

/** Sums of money that a source names are there to be copied, not to be worked out. */
function isPrintedSum(key: string, source: Source): boolean {
  const word = /sub_?total|total|vat|tax|net|gross|balance|discount/i.exec(key)?.[0].toLowerCase().replace("_", "");
  return word !== undefined && source.printed.has(word) && !/item|line|row|count|number|rate|percent/i.test(key);
}

/** Figures "in millions": the word does not stand beside them. */
const IN_SCALE =
  /\b(?:thousands|millions|billions|tsd|mio|mrd)\b|\bin (?:thousand|million|billion|k|m)\b|[$€£]\s?(?:k|m|mn|bn)\b|\((?:k|m|mn|bn)\)|000s?['’]?s?\b/i;
const HUNDREDTHS = /cents?\b|minor unit|pence|percent|%|basis point|_bps\b/i;
/** What may come of two others; anything else is copied. */
const WORKED_OUT =
  /price|amount|cost|fee|value|unit|per|each|salary|pay|figure|area|size|revenue|profit|margin|budget|deposit|rent|payment|instal/i;

/** Sum, difference, product or ratio of two numbers of the source: line totals, durations; for a price, product or ratio. */
function isWorkedOut(key: string, size: number, { numbers }: Source): boolean {
  if (key !== "" && !isComputed(key) && !WORKED_OUT.test(key)) return false;
  const all = [...numbers].filter((each) => each !== 0 && each !== 1);
  if (all.length > MOST_FOR_SUMS) return false;
  const near = (values: readonly number[]): boolean => values.some((each) => Math.abs(each - size) < 0.006);
  const isCopied = isMeasured(key) && !isComputed(key);
  return all.some((a) => all.some((b) => near([a * b, a / b]) || (!isCopied && near([a + b, a - b]))));
}

function judgeFigures(key: string, value: string, compact: string, source: Source): Grounding {
  const digits = value.replace(/\D/g, "");
  const short = value.length <= 40;
  const dates = short ? datesIn(value) : [];
  if (dates.length > 0) {
    if (dates.some((date) => source.dates.some((other) => sameDate(date, other))))
      return hasOtherTime(value, source) ? "invented" : "grounded";
    const [first] = dates;
    // A year alone, or the first of a month that is named, is how a schema asks for what the source leaves out.
    if (first !== undefined && (first.day === null || first.day === 1 || source.isRelative)) return "open";
    if (source.hasTerms && /due|deadline|expir|until|end|renew|payable/i.test(key)) return "open";
    return source.dates.length > 0 || !/date|day|time|deadline|due|_at$|_on$|when/i.test(key) ? "invented" : "open";
  }
  if (short && timesIn(value).size > 0 && /^[\d:.\sapmhuhr]+$/i.test(value)) {
    return [...timesIn(value)].every((time) => source.times.has(time))
      ? "grounded"
      : source.isRelative
        ? "open"
        : "invented";
  }
  if (/^[+\d\s().\-/]+$/.test(value) && digits.length >= 7) {
    const national = digits.replace(/^0+/, "").slice(-7);
    return source.digits.includes(national) ? "grounded" : "invented";
  }
  // A seat, a flat, a gate: neither a number nor a measure.
  if (/^\d{1,4}[A-Z]$/.test(value.trim()) && /seat|gate|room|flat|apartment|unit|row|platform|locker|desk/i.test(key))
    return "invented";
  const letters = value.replace(/[^\p{L}]/gu, "");
  if (/@|^https?:|^www\./i.test(value)) return source.compact.includes(stripped(value)) ? "grounded" : "invented";
  // ISO durations and the like.
  if (/^P(?:\d|T)/.test(value)) return "open";
  const isCode = /^\S+$/.test(value.trim()) && letters !== "" && /^[\p{L}\d][\p{L}\d_\-./#:]*$/u.test(value.trim());
  if (isCode && digits.length >= 2 && letters.length <= 12 && !/^\d+(?:[.,]\d+)?[\p{L}%°$€£]{1,4}$/u.test(value)) {
    return kindOfField(key) === "derived" && !source.compact.includes(compact) ? "open" : "invented";
  }
  const figures = [...numbersIn(value)];
  const whole = Number(value.replace(/[^\d.]/g, ""));
  if (letters.length <= 4 && Number.isFinite(whole)) {
    const grounded = figures.some(
      (each) => judgeNumber(key, each, source) === "grounded" && each >= Math.max(...figures) / 1000,
    );
    return grounded ? "grounded" : judgeNumber(key, Math.max(...figures), source);
  }
  const words = judgeWords(key, value.replace(/\d/g, " "), evened(value.replace(/\d/g, " ")), source);
  const largest = Math.max(...figures);
  const known = figures.some((each) => source.numbers.has(each));
  if (!known && largest > SMALL && kindOfField(key) !== "derived" && judgeNumber(key, largest, source) === "invented")
    return "invented";
  return words;
}

/** The time of a timestamp, where the source gives times, too, and no zone was converted. */
function hasOtherTime(value: string, source: Source): boolean {
  const [, clock = "", zone = ""] =
    /(?:T|\s)(\d{1,2}:\d{2})(?::\d{2}(?:\.\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})?$/.exec(value.trim()) ?? [];
  if (clock === "" || clock === "00:00" || source.times.size === 0 || source.isRelative) return false;
  if (zone !== "" && !source.raw.includes(zone)) return false;
  return ![...timesIn(clock)].every((time) => source.times.has(time));
}

function judgeWords(key: string, value: string, plain: string, source: Source): Grounding {
  const kind = kindOfField(key);
  const words = plain.split(" ").filter((word) => word.length > 1 && !SKIPPED.test(word));
  if (words.length === 0) return "open";
  const missing = words.filter((word) => !hasWord(source, word));
  if (missing.length === 0) return "grounded";
  const covered = 1 - missing.length / words.length;
  if (kind === "quote") return covered >= 0.9 ? "grounded" : covered < 0.6 ? "invented" : "open";
  if (isInitials(words, source)) return "open";
  if (source.nullsAsked && covered === 0 && words.length <= 3 && isStation(key)) return "invented";
  if (kind === "derived") return "open";
  if (words.length > 8) return covered >= 0.6 ? "grounded" : "open";
  const proper = new Set(evened((value.match(/\p{Lu}[\p{L}'’-]*/gu) ?? []).join(" ")).split(" "));
  const strange = missing.filter((word) => proper.has(word) && word.length > 2);
  if (strange.length === 0)
    return covered >= 0.5 ? "grounded" : kind === "verbatim" && covered === 0 ? "invented" : "open";
  if (kind === "verbatim") return "invented";
  return covered === 0 ? (isHan(value) ? "open" : "invented") : "open";
}

/** "International Business Machines" for "IBM", or the other way round. */
function isInitials(words: readonly string[], source: Source): boolean {
  const initials = words.map((word) => word.charAt(0)).join("");
  if (initials.length >= 2 && source.words.has(initials)) return true;
  const [only = ""] = words;
  if (words.length !== 1 || only.length < 2 || only.length > 5) return false;
  const pattern = only
    .split("")
    .map((letter) => `${letter}\\p{L}*`)
    .join(" (?:of |and |the |for )?");
  return new RegExp(` ${pattern.replace(/[^\p{L}\p{N}\\{}*() ?:|]/gu, "")} `, "u").test(source.plain);
}

const SCRIPTS = [
  /\p{Script=Latin}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hangul}/u,
  /\p{Script=Devanagari}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Thai}/u,
];

/** A value in another script than its source is a transcription, which nobody can look up. */
function sharesScript(value: string, source: string): boolean {
  const own = SCRIPTS.filter((script) => script.test(value));
  if (own.length === 0) return false;
  const [latin] = SCRIPTS;
  const letters = source.slice(0, 20_000).match(/\p{L}/gu) ?? [];
  const foreign = letters.filter((letter) => latin?.test(letter) !== true).length;
  // Instructions in English around a text in another script do not make it English.
  if (own.length === 1 && own[0] === latin && foreign > letters.length * 0.3) return false;
  return own.every((script) => script.test(source));
}

function isHan(value: string): boolean {
  return SCRIPTS[1]?.test(value) === true;
}

function stripped(value: string): string {
  return evened(value.replace(/^(?:mailto:|https?:\/\/)?(?:www\.)?/i, "").replace(/[/.]+$/, "")).replaceAll(" ", "");
}
