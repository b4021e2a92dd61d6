import { evened } from "../values/source.ts";

/** Names (in Latin letters) and figures of a text: other texts about the same thing mention them too. */
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

/** Tests whether a text mentions a name (with any ending) or a figure (with any separators) of another text. */
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
