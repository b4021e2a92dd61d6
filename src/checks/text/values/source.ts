import { datesIn, monthsIn, type NamedDate } from "./dates.ts";
import { numbersIn } from "./numbers.ts";

/** A text prepared for looking up values. */
export interface Source {
  readonly raw: string;
  /** Lower case, without accents and punctuation, one space between words and at both ends. */
  readonly plain: string;
  /** The same without spaces, and with characters that scanners confuse made equal. */
  readonly compact: string;
  readonly words: ReadonlySet<string>;
  /** Beginnings of its longer words, so that an inflected form is found. */
  readonly stems: ReadonlySet<string>;
  readonly numbers: ReadonlySet<number>;
  /** Years in four digits, and those that stand as '97 or the '70s. */
  readonly years: ReadonlySet<number>;
  readonly dates: readonly NamedDate[];
  /** Months that it names, with or without a day. */
  readonly months: ReadonlySet<number>;
  /** It says "tomorrow" or "next Friday": dates near its own dates follow from it. */
  readonly isRelative: boolean;
  /** It names periods of years ("valid for a year", "last March"): dates a year from its own dates follow from it. */
  readonly hasTerms: boolean;
}

const RELATIVE =
  /\b(?:today|tomorrow|yesterday|tonight|(?:last|this) (?:night|evening|morning|afternoon)|(?:next|last|this|coming|following|previous) (?:day|week|weekend)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend|(?:days?|weeks?|nights?) (?:ago|after|before|later|earlier)|heute|gestern|morgen|hier|demain|ayer|mañana)\b/i;
const TERMS =
  /\b(?:(?:last|next|this|previous|following|same) (?:year|month|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter)|years?|months?|annual\w*|expir\w*|renew\w*|term|anniversary)\b/i;

export function sourceOf(raw: string): Source {
  const even = evened(raw);
  const words = new Set(even.split(" "));
  const found = [...raw.matchAll(/(?<![\d.,])(?:(1[89]\d\d|2[01]\d\d)(?![\d.,]\d)|['‘’`](\d\d)(?:s\b|(?!\d)))/g)];
  const dates = datesIn(raw);
  return {
    raw,
    plain: ` ${even} `,
    compact: compacted(raw),
    words,
    stems: new Set([...words].flatMap(stemsOf)),
    numbers: numbersIn(raw),
    years: new Set([
      ...found.flatMap(([, full, short]) =>
        full === undefined ? [1900 + Number(short), 2000 + Number(short)] : [Number(full)],
      ),
      ...dates.flatMap(({ year }) => year ?? []),
    ]),
    dates,
    months: new Set([...monthsIn(words), ...dates.map(({ month }) => month)]),
    isRelative: RELATIVE.test(raw),
    hasTerms: TERMS.test(raw),
  };
}

/** Lower case, without accents; everything but letters and digits is one space. */
export function evened(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Letters and digits alone; l and I read as 1, O as 0, as scanners mix them up. */
export function compacted(text: string): string {
  return evened(text).replaceAll(" ", "").replace(/[il]/g, "1").replaceAll("o", "0");
}

function stemsOf(word: string): readonly string[] {
  return word.length < 4 ? [] : word.length === 4 ? [word] : [word.slice(0, 4), word.slice(0, 5)];
}

/** Whether the source has the word, or one that begins like it. */
export function hasWord(source: Source, word: string): boolean {
  if (source.words.has(word)) return true;
  if (word.length < 4 || /\d/.test(word)) return false;
  return source.stems.has(word.slice(0, word.length > 5 ? 5 : 4));
}
