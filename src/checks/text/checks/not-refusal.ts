import { fail, pass, legacy } from "../../kit/legacy.ts";
import { fencesOf } from "../../kit/answer/fences.ts";

/** Where a refusal begins, if there is one: longer lists of phrases, and later places, only add false alarms. */
const HEAD_CHARS = 240;
/** An answer that goes on for so long, or with code, did the work after all. */
const SUBSTANTIAL_CHARS = 1200;
const SUBSTANTIAL_CODE_CHARS = 80;

const REFUSAL = new RegExp(
  // At the head of a sentence, so that what an answer quotes or tells of others does not count …
  /(?:^|[.!?:,;—–-] {0,3}|\n\s{0,4}|\b(?:but|and|so|therefore|unfortunately|because) )/.source +
    // … the writer itself …
    /(?:I(?:'m| am) (?:really |truly |afraid )?(?:I )?(?:not able to|unable to|cannot|can't)|I (?:really |simply |just )?(?:cannot|can't|can not|could not|couldn't|won't|will not|must decline to|have to decline to|decline to)) /
      .source +
    // … will not do what it is here for.
    /(?:\w+ly |be able to |in good conscience )?(?:help|assist|provide|create|generate|write|produce|fulfil+|comply|complete|support|offer|give|answer|respond|engage|continue|participate|discuss|share|design|develop|build|do (?:this|that|so)|perform|carry out|process)\b/
      .source,
  "i",
);
const OPENS_A_LETTER = /^(?:\W{0,4}subject:|dear |hi\b|hello |to whom|["“>])/i;

/** The model declines to do the task and says nothing else of substance. */
export const notRefusal = legacy({
  name: "not_refusal",
  kind: "gate",
  cap: 0.1,
  maxChars: Number.POSITIVE_INFINITY,
  run({ text }) {
    const start = text.trimStart();
    const head = start.slice(0, HEAD_CHARS).replaceAll("’", "'");
    const found = REFUSAL.exec(head);
    if (found === null || OPENS_A_LETTER.test(head)) return pass("does not refuse");
    const code = fencesOf(text).reduce((chars, fence) => chars + fence.content.trim().length, 0);
    if (code >= SUBSTANTIAL_CODE_CHARS || start.length - found.index >= SUBSTANTIAL_CHARS) {
      return pass("declines a part, and answers the rest");
    }
    return fail(`the answer is a refusal: "${found[0].trim()} …"`);
  },
});
