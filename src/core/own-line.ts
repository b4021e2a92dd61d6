import { legibleLine, legibleText } from "./legible.ts";

/** Begins each line that Signalbox itself puts beside an answer. No line of an answer begins so where the two stand together. */
export const OWN_MARK = "[signalbox]";
/** Before a line of an answer that would. */
const QUOTE = "| ";
/** What a line begins with, however long it is. */
const HEAD_CHARS = 80;

/** A line of ours. Line ends in `text` become blanks, so that it stays one line. */
export function ownLine(text: string): string {
  return `${OWN_MARK} ${legibleLine(text)}`;
}

/** An answer, legible, in which no line looks like one of ours: each that does is marked as quoted. */
export function quoteOwnLines(text: string): string {
  const shown = legibleText(text);
  return shown.normalize("NFKC").toLowerCase().includes(NAME)
    ? shown.replaceAll(/^.+$/gmu, (line) => (looksLikeOurs(line) ? QUOTE + line : line))
    : shown;
}

/** Also in other letters of the same look that Unicode knows as the same (full width, bold), and behind blanks or marks of Markdown. */
function looksLikeOurs(line: string): boolean {
  const head = line.trimStart().slice(0, HEAD_CHARS).normalize("NFKC").toLowerCase();
  const at = head.indexOf(NAME);
  if (at < 0) return false;
  const before = head.slice(0, at);
  return OPENING.test(before) && !WORD.test(before);
}

const NAME = "signalbox";
const OPENING = /\p{Ps}/u;
const WORD = /[\p{L}\p{N}]/u;
