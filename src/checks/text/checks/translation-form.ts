import { listed } from "../../kit/check.ts";
import { fail, notChecked, pass, type LegacyOutcome, legacy } from "../../kit/legacy.ts";
import { languageOf, shareOf, type NaturalLanguage } from "../text/languages.ts";
import { sourceTexts } from "../text/source-text.ts";
import { missingFigures, missingPlaceholders } from "../translation/kept.ts";
import { targetLanguage } from "../translation/target.ts";

const MIN_LETTERS = 12;
/** A translation with its original beside it still holds so much of the asked script. */
const MIN_SCRIPT_SHARE = 0.2;
const MIN_SAME_WORDS = 6;
const LONG_SOURCE_CHARS = 600;
/** Chinese takes a third of the characters of English. */
const MIN_LENGTH_SHARE = 0.12;

/** A translation is in the asked language, as far as its script and commonest words tell, and keeps what must not be translated. */
export const translationForm = legacy({
  name: "translation_form",
  kind: "gate",
  cap: 0.2,
  maxChars: 400_000,
  run(subject) {
    const { text } = subject;
    const sources = sourceTexts(subject);
    const source = sources.join("\n\n");
    if (source.length > 400_000) return notChecked("the source is too long");
    const target = targetLanguage(subject);
    const foreign = target === null ? null : wrongLanguage(target, text);
    if (foreign !== null) return rejected(foreign);
    if (source.trim() === "")
      return target === null
        ? notChecked("neither text nor language was found in the request")
        : pass(`in ${target.names[0]}`);
    const same = target === null ? null : untranslated(target, source, text);
    if (same !== null) return rejected(same);
    const lost = [...missingPlaceholders(source, text), ...missingFigures(source, text)];
    if (lost.length > 0) return rejected(`lacks ${listed(lost, 8)}, which must be kept as in the source`);
    if (source.length >= LONG_SOURCE_CHARS && text.trim().length < source.length * MIN_LENGTH_SHARE) {
      return rejected(`has ${text.trim().length} characters for the source's ${source.length}: most of it is missing`);
    }
    return pass(target === null ? "keeps what must be kept" : `in ${target.names[0]}; keeps what must be kept`);
  },
});

function rejected(problem: string): LegacyOutcome {
  return fail(`the translation ${problem}`, { repair: `The translation ${problem}.` });
}

function wrongLanguage(target: NaturalLanguage, text: string): string | null {
  const prose = text.replace(/`[^`\n]{0,200}`|https?:\/\/\S{1,300}|\{[^{}\n]{0,80}\}|<[^<>\n]{0,200}>|%\w/g, " ");
  const letters = prose.match(/\p{L}/gu)?.length ?? 0;
  const share = shareOf(target.script, prose);
  if (share === null || letters < (target.script === "latin" ? MIN_LETTERS : 6)) return null;
  if (share < MIN_SCRIPT_SHARE)
    return `is not in ${target.names[0]}: ${Math.round(100 * share)}% of its letters are of that script`;
  if (
    target.code === "zh" &&
    (prose.match(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0) > letters * 0.3
  ) {
    return "is Japanese, not Chinese";
  }
  if (target.code === "ja" && letters > 40 && !/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(prose))
    return "is Chinese, not Japanese";
  const spoken = target.script === "latin" ? languageOf(prose) : null;
  const isKnown = ["en", "de", "fr", "es", "it", "pt", "nl", "sv"].includes(target.code);
  // Neighbours such as Spanish and Catalan, or Swedish and Danish, share their commonest words.
  if (spoken === null || spoken === target.code || (!isKnown && spoken !== "en")) return null;
  const words = prose.match(/\p{L}+/gu)?.length ?? 0;
  return words >= 10 && !mixes(prose, target.code)
    ? `is in another language (${spoken}) than ${target.names[0]}`
    : null;
}

/** Whether some paragraph is in the asked language: notes and the original may stand beside it. */
function mixes(prose: string, code: string): boolean {
  return prose.split(/\n+|(?<=[.!?])\s/).some((part) => languageOf(part) === code);
}

function untranslated(target: NaturalLanguage, source: string, text: string): string | null {
  const words = source.match(/\p{L}{2,}/gu) ?? [];
  // Names and titles stay as they are.
  const plain = words.filter((word) => /^\p{Ll}/u.test(word));
  if (plain.length < MIN_SAME_WORDS || evened(text) !== evened(source)) return null;
  return languageOf(source) === target.code ? null : "repeats the source word for word";
}

function evened(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
