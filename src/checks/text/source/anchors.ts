import { evened } from "../values/source.ts";

/** What a text names that every text about the same thing shares: figures, and names in Latin letters. */
export interface Anchors {
  readonly names: readonly string[];
  readonly figures: readonly string[];
}

const MOST = 60;
/** Capitalised within a sentence. */
const NAME = /(?<=[\p{Ll},;)\d’'] ["“(]?)\p{Lu}[\p{L}'’-]{3,}/gu;
/** Single digits are often written as words. */
const FIGURE = /(?<![\p{L}\d.,])\d(?:[\d.,]{0,20}\d)(?!\p{L})/gu;

export function anchorsOf(text: string): Anchors {
  const names = (text.match(NAME) ?? []).map((name) => evened(name.replace(/['’]s$/, "")).replaceAll(" ", ""));
  const figures = (text.match(FIGURE) ?? []).map(digitsOf);
  return { names: [...new Set(names)].slice(0, MOST), figures: [...new Set(figures)].slice(0, MOST) };
}

/** Tells whether a text has an anchor of another one: a name in some ending, a figure with any marks. */
export function looker(text: string): {
  readonly name: (name: string) => boolean;
  readonly figure: (figure: string) => boolean;
} {
  const plain = evened(text).replaceAll(" ", "");
  const digits = new Set(digitsOf(text).match(/\d+/g));
  return {
    name: (name) => plain.includes(name.slice(0, Math.max(4, name.length - 2))),
    figure: (figure) => digits.has(figure),
  };
}

function digitsOf(text: string): string {
  return text.replace(/(?<=\d)[.,'’ \u00a0\u202f](?=\d)/g, "");
}
