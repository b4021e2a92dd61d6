import { failToMend, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { wordsOf } from "../../kit/answer/prose.ts";
import { contentStems } from "../text/content-words.ts";
import { languageOf } from "../text/languages.ts";
import { sourceTexts } from "../text/source-text.ts";

/** A text of a few lines is often no shorter in other words. */
const MIN_SOURCE_WORDS = 120;
const MAX_SHARE_COPIED = 0.8;
const MIN_STEMS = 25;
const MIN_SHARED = 0.12;

/** A summary is shorter than its source, in words of its own, and about the same thing. */
export const summaryForm = legacy({
  name: "summary_form",
  kind: "gate",
  cap: 0.2,
  maxChars: 400_000,
  run(subject) {
    const { text } = subject;
    const sources = sourceTexts(subject);
    const source = sources.join("\n\n");
    if (source.length > 2_000_000) return notChecked("the source is too long");
    const long = wordsOf(source);
    if (long.length < MIN_SOURCE_WORDS) return notChecked("no longer text to be summarised was found in the request");
    const short = wordsOf(text);
    if (short.length > long.length)
      return failToMend(`the summary has ${short.length} words, its source ${long.length}`);
    if (short.length > long.length * MAX_SHARE_COPIED && ` ${long.join(" ")} `.includes(` ${short.join(" ")} `)) {
      return failToMend(`the summary copies its source: ${short.length} of ${long.length} words, in the same order`);
    }
    const own = contentStems(text);
    const given = contentStems(source, 2_000_000);
    const shared = [...own].filter((stem) => given.has(stem)).length / Math.max(1, own.size);
    const isComparable = own.size >= MIN_STEMS && languageOf(text) !== null && languageOf(text) === languageOf(source);
    if (isComparable && shared < MIN_SHARED) {
      return failToMend(
        `only ${Math.round(100 * shared)}% of the summary's words stand in the source: it is about something else`,
      );
    }
    return pass(`${short.length} words for ${long.length}`);
  },
});
