import { SCAN_MAX_CHARS } from "../../kit/check.ts";
import { fail, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { proseOf, wordsOf } from "../../kit/answer/prose.ts";

const GRAM = 4;
const MIN_GRAMS = 40;
const MIN_UNIQUE_SHARE = 0.5;
/** A loop: the end of the answer is one stretch of words over and over. */
const TAIL_CHARS = 4000;
const MIN_LOOP_CHARS = 400;
const MIN_LOOP_ROUNDS = 8;

/** The answer does not run in circles. */
export const notDegenerate = legacy({
  name: "not_degenerate",
  kind: "gate",
  cap: 0.2,
  maxChars: SCAN_MAX_CHARS,
  run({ text, prompt }) {
    const repetition = repeatedStretch(text) ?? repeatedProse(text);
    if (repetition === null) return pass("does not repeat itself");
    if (/\b(?:repeat(?:ed|ing)?|\d{2,} times|times|copies|refrain|lyrics|chant)\b/i.test(prompt)) {
      return notChecked(`${repetition}, but the prompt asks for repetition`);
    }
    return fail(repetition);
  },
});

function repeatedProse(text: string): string | null {
  const words = wordsOf(proseOf(text));
  const total = words.length - GRAM + 1;
  if (total < MIN_GRAMS) return null;
  const counts = new Map<string, number>();
  for (let at = 0; at < total; at += 1) {
    const gram = words.slice(at, at + GRAM).join(" ");
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  if (counts.size / total >= MIN_UNIQUE_SHARE) return null;
  const [worst, times] = [...counts].reduce((most, each) => (each[1] > most[1] ? each : most));
  return `the text repeats itself: "${worst}" ${times} times, ${Math.round((100 * counts.size) / total)}% of its phrases are unique`;
}

/** The longest periodic end of the text, by the failure function of its reversed tail: linear. */
function repeatedStretch(text: string): string | null {
  const tail = text.trimEnd().slice(-TAIL_CHARS).split("").reverse();
  const border = new Int32Array(tail.length);
  let length = 0;
  for (let end = 1; end < tail.length; end += 1) {
    while (length > 0 && tail[end] !== tail[length]) length = border[length - 1] ?? 0;
    if (tail[end] === tail[length]) length += 1;
    border[end] = length;
    const chars = end + 1;
    const period = chars - length;
    if (chars < MIN_LOOP_CHARS || chars / period < MIN_LOOP_ROUNDS) continue;
    const round = tail.slice(0, period).reverse().join("");
    // Rules, bars and runs of digits are drawing or data, not speech.
    if (/\p{L}{3}|\p{L} \p{L}/u.test(round))
      return `the text ends in a loop: "${round.trim().slice(0, 80)}" again and again`;
  }
  return null;
}
