import { defineRule } from "../../kit/rule.ts";
import type { TextInput } from "./input.ts";

const TAIL_CHARS = 4000;
const MIN_LOOP_CHARS = 400;
const MIN_ROUNDS = 8;
const REPETITION_REQUEST = /\b(?:repeat(?:ed|ing)?|\d{2,} times|times|copies|refrain|lyrics|chant)\b/i;

/** The answer ends in the same words again and again. */
export const loop = defineRule<TextInput>({
  id: "text/loop",
  severity: "critical",
  certainty: "fact",
  docs: {
    summary: "The end of the answer is the same words again and again, without anything between them.",
    why: "The model ran in circles until it was stopped.",
    references: ["https://arxiv.org/abs/1904.09751"],
  },
  good: [
    { answer: Array.from({ length: 30 }, (_, at) => `${at + 1}. Case ${at + 1}: the condition is false`).join("\n") },
    { prompt: "Write it 100 times.", answer: "I must not talk in class. ".repeat(40) },
    { answer: `| a | b |\n${"-".repeat(900)}` },
  ],
  bad: [{ answer: `The service is started. ${"It restarts the service and then ".repeat(30)}` }],
  run({ text, subject }) {
    const round = repeatedEnd(text.trimEnd().slice(-TAIL_CHARS));
    if (round === null || REPETITION_REQUEST.test(subject.prompt)) return [];
    return [{ message: `the text ends in a loop: "${round.slice(0, 80).toWellFormed()}" again and again` }];
  },
});

/** The period of the longest periodic end, by the failure function of the reversed text: linear. */
function repeatedEnd(text: string): string | null {
  const tail = text.split("").reverse();
  const border = new Int32Array(tail.length);
  let length = 0;
  for (let end = 1; end < tail.length; end += 1) {
    while (length > 0 && tail[end] !== tail[length]) length = border[length - 1] ?? 0;
    if (tail[end] === tail[length]) length += 1;
    border[end] = length;
    const period = end + 1 - length;
    if (end + 1 < MIN_LOOP_CHARS || (end + 1) / period < MIN_ROUNDS) continue;
    const round = tail.slice(0, period).reverse().join("");
    // Rules, bars and runs of digits are drawing or data, not speech.
    if (/\p{L}{3}|\p{L} \p{L}/u.test(round)) return round.trim();
  }
  return null;
}
