import { datesIn, timesIn, type NamedDate } from "./dates.ts";
import { numbersIn } from "./numbers.ts";

/** A text in which values are looked up. */
export interface Source {
  /** Lower case, without accents and punctuation, one space between words. */
  readonly plain: string;
  /** The same without spaces. */
  readonly compact: string;
  readonly words: ReadonlySet<string>;
  /** Words of the text itself, without the instruction around it. */
  readonly printed: ReadonlySet<string>;
  /** The instruction wants what is not stated left empty. */
  readonly nullsAsked: boolean;
  /** Beginnings of its longer words, so that an inflected form is found. */
  readonly stems: ReadonlySet<string>;
  readonly digits: string;
  readonly numbers: ReadonlySet<number>;
  readonly dates: readonly NamedDate[];
  readonly times: ReadonlySet<number>;
  /** It speaks of "tomorrow" or "next Friday": dates follow that stand nowhere. */
  readonly isRelative: boolean;
  /** It gives terms: "within 30 days". */
  readonly hasTerms: boolean;
  readonly raw: string;
}

const RELATIVE =
  /\b(?:today|tomorrow|yesterday|tonight|(?:next|last|this|coming|following|previous|in (?:\d+|an?|one|two|three|\w+)) (?:day|week|month|quarter|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?(?: ago| later)?|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|heute|morgen|gestern|demain|hier|mañana|ayer|(?:day|week|month|year)s? (?:ago|after|before|later|from)|eom|eod)\b/i;

/** `body`: the part of it that is no instruction; empty when that cannot be told. */
export function sourceOf(text: string, body = ""): Source {
  const plain = evened(text);
  const words = new Set(plain.split(" "));
  return {
    plain: ` ${plain} `,
    compact: plain.replaceAll(" ", ""),
    words,
    printed: body.trim() === "" ? words : new Set(evened(body).split(" ")),
    nullsAsked: false,
    stems: new Set([...words].flatMap((word) => stemsOf(word))),
    digits: text.replace(/[^\d\n]/g, ""),
    numbers: numbersIn(text),
    dates: datesIn(text),
    times: timesIn(text),
    isRelative: RELATIVE.test(text),
    hasTerms: /\b(?:within|net|for|valid|every) \w+ (?:day|week|month|year)s?\b/i.test(text),
    raw: text,
  };
}

export function evened(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
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
