import { languageCode, nameOfLanguage } from "./names.ts";

/** `unsure`: the text is too short, or in a closely related or an unsupported language. */
export type Fit = "is" | "is not" | "unsure";

export interface LanguageFit {
  readonly fit: Fit;
  /** The language of the text instead, or why it is unknown. */
  readonly found: string;
}

/** Detects whether a text is in the language with a code. */
export type FitsLanguage = (text: string, code: string) => LanguageFit;

const MAX_CHARS = 4_000;
/** Fewer letters are too few to decide: for an alphabet that many languages share, and for one that few do. */
const MIN_LATIN_LETTERS = 80;
const MIN_LETTERS = 8;
/** A translation with its original beside it still has at least this share of the required script. */
const MIN_SCRIPT_SHARE = 0.2;
const MOST_SHARE = 0.6;
/** The best guess is certain if the required language is this far behind it. */
const CLEARLY_BEHIND = 0.85;
/** Languages that share most of their commonest words. */
const NEIGHBOURS = [
  "nb nn no da sv",
  "es pt gl ca",
  "cs sk",
  "hr sr bs sl",
  "id ms zlm",
  "nl af",
  "ru uk be bg sr mk kk",
  "hi ne mr",
  "fa ar ur ps",
  "az tr tk",
  "uz tr az",
].map((family) => family.split(" "));

/** Languages that are written in two scripts. */
const TWO_SCRIPTS: ReadonlyMap<string, readonly string[]> = new Map(
  "sr:Cyrl,Latn bs:Latn,Cyrl az:Latn,Cyrl,Arab uz:Latn,Cyrl kk:Cyrl,Latn,Arab ku:Latn,Arab tk:Latn,Cyrl tg:Cyrl,Arab tt:Cyrl,Latn ky:Cyrl,Arab mn:Cyrl,Mong pa:Guru,Arab ug:Arab,Cyrl,Latn ms:Latn,Arab ha:Latn,Arab sd:Arab,Deva ks:Arab,Deva sh:Latn,Cyrl cnr:Latn,Cyrl"
    .split(" ")
    .map((each): [string, readonly string[]] => [
      each.slice(0, each.indexOf(":")),
      each.slice(each.indexOf(":") + 1).split(","),
    ]),
);

/** Loads the detector (trigrams of 82 languages). Text in code marks, links and placeholders is left out. */
export async function loadDetector(): Promise<FitsLanguage> {
  const { francAll } = await import("franc-min");
  const guesses = (text: string): readonly (readonly [code: string, score: number])[] =>
    francAll(text).map(([code, score]) => [languageCode(code) ?? code, score] as const);
  return (text, code) => {
    const prose = proseOf(text);
    const script = scriptUsed(code, prose);
    const byLetters = byScript(prose, code, script);
    return byLetters ?? byTrigrams(guesses(prose), code);
  };
}

function proseOf(text: string): string {
  return text
    .slice(0, 4 * MAX_CHARS)
    .replace(/```[^`]*(?:```|$)|`[^`\n]{0,200}`|https?:\/\/\S{1,300}|\{[^{}\n]{0,80}\}|<[^<>\n]{0,200}>/g, " ")
    .slice(0, MAX_CHARS);
}

/** The result by the script alone; `null`: the words must decide. */
function byScript(prose: string, code: string, script: string | null): LanguageFit | null {
  const letters = prose.match(/\p{L}/gu)?.length ?? 0;
  if (script === null) return { fit: "unsure", found: `"${code}" names no language that can be told` };
  if (letters < (code === "en" || script === "Latn" ? MIN_LATIN_LETTERS : MIN_LETTERS) && letters < MIN_LATIN_LETTERS) {
    const foreign = script === "Latn" && letters >= MIN_LETTERS && shareOf("Latn", prose, letters) === 0;
    return foreign
      ? { fit: "is not", found: "none of its letters are Latin" }
      : { fit: "unsure", found: `${letters} letters are too few to tell` };
  }
  const share = shareOf(script, prose, letters);
  const found = `${Math.round(100 * share)}% of its letters are of the script of ${nameOfLanguage(code)}`;
  if (share < MIN_SCRIPT_SHARE) return { fit: "is not", found };
  const kana = (prose.match(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0) / letters;
  if (code === "zh" && kana > 0.3) return { fit: "is not", found: "it is in Japanese" };
  if (code === "ja" && kana === 0 && letters > MIN_LATIN_LETTERS) return { fit: "is not", found: "it is in Chinese" };
  if (script === "Latn" || script === "Cyrl" || script === "Arab" || script === "Deva") return null;
  return share >= MOST_SHARE ? { fit: "is", found } : { fit: "unsure", found };
}

function byTrigrams(guesses: readonly (readonly [code: string, score: number])[], code: string): LanguageFit {
  const [best] = guesses;
  const own =
    guesses.find(([guess]) => guess === code || areSame(guess, code)) ??
    // The detector knows the language in its other script only: a neighbour stands for it.
    (TWO_SCRIPTS.has(code) ? guesses.find(([guess]) => areNeighbours(guess, code)) : undefined);
  if (best === undefined || own === undefined) return { fit: "unsure", found: "its language cannot be told" };
  if (best === own && best[0] !== code && !areSame(best[0], code))
    return { fit: "unsure", found: `it is in ${nameOfLanguage(code)} or a language close to it` };
  if (best === own) return { fit: "is", found: `it is in ${nameOfLanguage(code)}` };
  const found = `it is in ${nameOfLanguage(best[0])}`;
  return { fit: areNeighbours(best[0], code) || own[1] > CLEARLY_BEHIND ? "unsure" : "is not", found };
}

function areNeighbours(one: string, other: string): boolean {
  return NEIGHBOURS.some((family) => family.includes(one) && family.includes(other));
}

function areSame(guess: string, code: string): boolean {
  const isNorwegian = (one: string): boolean => /^n[obn]$/.test(one);
  return isNorwegian(guess) && isNorwegian(code);
}

/** The script to expect: of those that the language is written in, the one with the most letters. */
function scriptUsed(code: string, prose: string): string | null {
  const [first, ...others] = TWO_SCRIPTS.get(code) ?? [];
  if (first === undefined) return scriptOf(code);
  return others.reduce((most, each) => (shareOf(each, prose, 1) > shareOf(most, prose, 1) ? each : most), first);
}

/** ISO 15924 code of the script that a language is written in. */
function scriptOf(code: string): string | null {
  try {
    return new Intl.Locale(code).maximize().script ?? null;
  } catch {
    return null;
  }
}

const SCRIPTS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    Hans: String.raw`\p{Script=Han}`,
    Hant: String.raw`\p{Script=Han}`,
    Jpan: String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}`,
    Kore: String.raw`\p{Script=Hangul}\p{Script=Han}`,
  }),
);

function shareOf(script: string, prose: string, letters: number): number {
  const pattern = new RegExp(`[${SCRIPTS.get(script) ?? String.raw`\p{Script=${script}}`}]`, "gu");
  return (prose.match(pattern)?.length ?? 0) / Math.max(1, letters);
}
