import { wordsOf } from "../../kit/answer/prose.ts";
import type { LengthUnit } from "./requested-length.ts";

const ABBREVIATED =
  /(?:\b(?:mr|mrs|ms|dr|prof|st|vs|etc|e\.g|i\.e|approx|inc|ltd|corp|co|no|fig|vol|jr|sr|gen|sen|rep|gov|dept|est|u\.s|u\.k|a\.m|p\.m|[a-z])|\d)$/i;
/** An answer may say what it is before it begins: "Here is the summary:". */
const PREAMBLE =
  /^(?:#{1,6} .{0,80}|\*\*[^*\n]{1,60}\*\*:?|(?:here(?:'s| is| are)|sure|certainly|of course|below is|summary|tl;?dr|in (?:short|summary))\b[^\n]{0,120}[:!.]?)[ \t]*\n+/i;

/** A lower bound of what an answer has of something: what is not certain is not counted. */
export function atLeast(text: string, unit: LengthUnit): number {
  const plain = withoutPreamble(text);
  switch (unit) {
    case "words":
      return wordsOf(plain).length;
    case "characters":
      return Array.from(plain.trim()).length;
    case "sentences":
      return sentencesOf(plain).length;
    case "paragraphs":
      return plain
        .trim()
        .split(/\n[ \t]*\n/)
        .filter((part) => part.trim().length > 30 && !/^(?:#|[-*•] |\d+[.)] |\|)/.test(part.trim())).length;
    case "bullets":
      return bulletsOf(plain).length;
  }
}

export function withoutPreamble(text: string): string {
  const plain = text.replace(/\r\n?/g, "\n").trim();
  const rest = plain.replace(PREAMBLE, "");
  return rest.trim() === "" ? plain : rest;
}

/** Points of the outermost list. */
export function bulletsOf(text: string): readonly string[] {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const items = lines.flatMap((line) => /^([ \t]*)(?:[-*+•‣▪◦●–—]|\d{1,3}[.)])[ \t]+(\S.*)$/.exec(line) ?? []);
  const points: { indent: number; text: string }[] = [];
  for (let at = 0; at + 2 < items.length; at += 3) {
    points.push({ indent: (items[at + 1] ?? "").replaceAll("\t", "    ").length, text: items[at + 2] ?? "" });
  }
  const outermost = points.reduce((least, { indent }) => Math.min(least, indent), Number.POSITIVE_INFINITY);
  return points.filter(({ indent }) => indent <= outermost + 1).map((point) => point.text);
}

/** Ends of sentences that are certain: no abbreviation, no initial, no figure before the full stop, and a capital after it. */
export function sentencesOf(text: string): readonly string[] {
  const prose = text
    .split("\n")
    .filter((line) => !/^\s*(?:#|\||```|---)/.test(line))
    .map((line) => line.replace(/^\s*(?:[-*•]|\d{1,3}[.)])\s+/, ""))
    .join("\n");
  const sentences: string[] = [];
  let start = 0;
  for (const end of prose.matchAll(/[.!?]["'”’)\]*]{0,3}(?=\s+["'“‘(*]{0,3}\p{Lu}|\s*$|\s*\n)|[。！？]/gu)) {
    const sentence = prose.slice(start, end.index).trim();
    if (prose[end.index] === "." && ABBREVIATED.test(sentence.slice(-8))) {
      // A figure may well end a sentence; only its count is then uncertain.
      continue;
    }
    if (/\p{L}/u.test(sentence)) sentences.push(sentence);
    start = end.index + end[0].length;
  }
  if (/\p{L}{2}/u.test(prose.slice(start))) sentences.push(prose.slice(start).trim());
  return sentences;
}
