import { SCAN_MAX_CHARS } from "../../kit/check.ts";
import { fail, pass, legacy } from "../../kit/legacy.ts";
import { proseOf } from "../../kit/answer/prose.ts";
import { askedLength, type AskedLength } from "../text/requested-length.ts";
import { atLeast } from "../text/measure.ts";
import { splitPrompt } from "../text/split-prompt.ts";

/** How much longer than asked is clearly too long: counting words differs from one to the next. */
const LEEWAY = 1.25;
/** "In 100 words" and "about 100 words" are meant loosely. */
const LOOSE_LEEWAY = 1.6;

/** The answer keeps to the length that the prompt asks for. Only what is clearly over it fails. */
export const lengthAsked = legacy({
  name: "length_asked",
  kind: "gate",
  cap: 0.3,
  maxChars: SCAN_MAX_CHARS,
  applies: ({ prompt }) => askedOf(prompt) !== null,
  run({ text, prompt }) {
    const asked = askedOf(prompt);
    if (asked === null) return pass("no length was asked for");
    const count = atLeast(
      asked.unit === "words" || asked.unit === "characters" ? text : proseWithLists(text),
      asked.unit,
    );
    const problem = problemOf(asked, count);
    if (problem === null) return pass(`${count} ${asked.unit}; "${asked.words}" was asked for`);
    return fail(problem, { repair: problem, evidence: { asked: asked.words, found: count, unit: asked.unit } });
  },
});

function askedOf(prompt: string): AskedLength | null {
  return askedLength(splitPrompt(prompt).instruction.slice(0, 2_000));
}

function problemOf({ unit, least, most, words }: AskedLength, count: number): string | null {
  const told = `"${words}" was asked for; the answer has ${count} ${unit}`;
  switch (unit) {
    case "words":
    case "characters": {
      const isStrict = /most|more than|max|up to|under|less|fewer|below|within|limit|longer|exceed/i.test(words);
      return count > most * (isStrict ? LEEWAY : LOOSE_LEEWAY) + 3 ? told : null;
    }
    case "sentences":
    case "paragraphs":
      return count > most + (most > 5 ? 1 : 0) ? told : null;
    case "bullets":
      // An answer without any list may be JSON, a table, or lines without marks.
      if (count === 0) return null;
      return count > most || (least !== null && count < least) ? told : null;
  }
}

function proseWithLists(text: string): string {
  const prose = proseOf(text);
  return prose.trim() === "" ? text : prose;
}
