import { SCAN_MAX_CHARS } from "../../kit/check.ts";
import { fail, pass, legacy } from "../../kit/legacy.ts";

const MIN_CHARS = 80;
/** A sentence that stops after one of these is not at its end. */
const DANGLING =
  /(?<![\p{L}'’-])(?:the|a|an|and|or|but|of|with|because|which|whose|into|onto|from|between|their|your|our|its|his|is|are|was|were|will|would|should|could|has|have|than|und|oder|der|die|das|mit|weil|dass|et|ou|les|des|avec|que|parce|el|los|las|con|porque)$/iu;
const VERSE =
  /\b(?:poem|haiku|song|lyrics|verse|rhyme|limerick|sonnet|complete the|continue the|fill in|headline|slogan|title|next line)\b/i;

/** The answer does not stop in the middle of a sentence, a list or a heading. */
export const proseEnds = legacy({
  name: "prose_ends",
  kind: "gate",
  cap: 0.3,
  maxChars: SCAN_MAX_CHARS,
  run({ text, prompt }) {
    const end = text.trimEnd();
    const line = end.slice(Math.max(end.lastIndexOf("\n"), end.lastIndexOf("\r"), end.length - 2_000) + 1).trim();
    const why = end.length < MIN_CHARS || VERSE.test(prompt.slice(0, 2_000)) ? null : unfinished(line, end);
    // A text that was given unfinished may be given back so.
    if (why === null || sharesEnd(prompt, line)) return pass("comes to an end");
    return fail(`the answer breaks off: it ends with ${why}: "${line.slice(-80)}"`);
  },
});

function unfinished(line: string, end: string): string | null {
  const plain = line.replace(/[*_`]+$/, "").trimEnd();
  if (/^(?:[-*•]|\d{1,3}[.)])$/.test(line)) return "an empty point";
  if (/^#{1,6}\s+\S/.test(line) && end.includes("\n")) return "a heading";
  const words = plain.split(/\s+/).length;
  // "Best regards," may well be the end of a letter.
  if (/[,;]$/.test(plain) && words > 5) return "a comma";
  if (/\s[-–(]$/.test(plain)) return "an open mark";
  return words > 5 && /^[^`|{}<>=]*$/.test(plain) && DANGLING.test(plain) ? "half a sentence" : null;
}

function sharesEnd(prompt: string, line: string): boolean {
  const tail = line.slice(-1);
  return /[,;:(–-]/.test(tail) && prompt.trimEnd().endsWith(tail);
}
