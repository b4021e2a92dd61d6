/** A language of natural text, as far as the checks need to know it. */
export interface NaturalLanguage {
  readonly code: string;
  /** How prompts name it, lower case. */
  readonly names: readonly string[];
  readonly script: Script;
}

export type Script = keyof typeof SCRIPTS;

/** What letters of each script look like. Japanese and Chinese share characters. */
export const SCRIPTS = {
  latin: /\p{Script=Latin}/gu,
  japanese: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  han: /\p{Script=Han}/gu,
  hangul: /\p{Script=Hangul}/gu,
  cyrillic: /\p{Script=Cyrillic}/gu,
  greek: /\p{Script=Greek}/gu,
  arabic: /\p{Script=Arabic}/gu,
  hebrew: /\p{Script=Hebrew}/gu,
  devanagari: /\p{Script=Devanagari}/gu,
  bengali: /\p{Script=Bengali}/gu,
  tamil: /\p{Script=Tamil}/gu,
  telugu: /\p{Script=Telugu}/gu,
  thai: /\p{Script=Thai}/gu,
  georgian: /\p{Script=Georgian}/gu,
  armenian: /\p{Script=Armenian}/gu,
} as const;

const row = (code: string, script: Script, ...names: string[]): NaturalLanguage => ({ code, script, names });

export const LANGUAGES: readonly NaturalLanguage[] = [
  row("en", "latin", "english", "englisch", "anglais", "inglés", "ingles", "inglese"),
  row("de", "latin", "german", "deutsch", "deutsche", "allemand", "alemán", "tedesco"),
  row("fr", "latin", "french", "français", "francais", "französisch", "francés"),
  row("es", "latin", "spanish", "español", "espanol", "castilian", "spanisch", "espagnol"),
  row("it", "latin", "italian", "italiano", "italienisch", "italien"),
  row("pt", "latin", "portuguese", "português", "portugues", "brazilian portuguese", "portugiesisch"),
  row("nl", "latin", "dutch", "nederlands"),
  row("sv", "latin", "swedish", "svenska"),
  row("da", "latin", "danish"),
  row("no", "latin", "norwegian"),
  row("fi", "latin", "finnish"),
  row("pl", "latin", "polish", "polski"),
  row("cs", "latin", "czech"),
  row("sk", "latin", "slovak"),
  row("hu", "latin", "hungarian"),
  row("ro", "latin", "romanian"),
  row("hr", "latin", "croatian"),
  row("tr", "latin", "turkish", "türkçe"),
  row("vi", "latin", "vietnamese"),
  row("id", "latin", "indonesian"),
  row("ms", "latin", "malay"),
  row("sw", "latin", "swahili"),
  row("tl", "latin", "tagalog", "filipino"),
  row("ca", "latin", "catalan"),
  row("la", "latin", "latin"),
  row("ja", "japanese", "japanese", "日本語"),
  row("zh", "han", "chinese", "mandarin", "simplified chinese", "traditional chinese", "中文"),
  row("ko", "hangul", "korean", "한국어"),
  row("ru", "cyrillic", "russian", "русский"),
  row("uk", "cyrillic", "ukrainian"),
  row("bg", "cyrillic", "bulgarian"),
  row("el", "greek", "greek"),
  row("ar", "arabic", "arabic", "العربية"),
  row("fa", "arabic", "persian", "farsi"),
  row("ur", "arabic", "urdu"),
  row("he", "hebrew", "hebrew"),
  row("hi", "devanagari", "hindi"),
  row("mr", "devanagari", "marathi"),
  row("ne", "devanagari", "nepali"),
  row("bn", "bengali", "bengali", "bangla"),
  row("ta", "tamil", "tamil"),
  row("te", "telugu", "telugu"),
  row("th", "thai", "thai"),
  row("ka", "georgian", "georgian"),
  row("hy", "armenian", "armenian"),
];

/** Words that every longer text of a language holds and texts of the others hardly do. */
const FUNCTION_WORDS: Readonly<Record<string, string>> = {
  en: "the and of to is are was were that this with for you your have has not will be it on at by from which they we",
  de: "der die das und ist nicht ein eine einen mit für auf den dem sie wir ich zu von werden wird sind auch bei nach dass ihr ihre im",
  fr: "le la les des et est une un dans pour que qui vous nous avec sur pas du sont ce cette votre au aux il elle ne plus être",
  es: "el la los las de y es una un en para que con por su sus no del se al lo está son como más usted este esta",
  it: "il la le gli di e è una un in per che con non del della si sono come più questo questa al alla nel lo da",
  pt: "o a os as de e é uma um em para que com não do da se por mais como está são este esta seu sua no na ao",
  nl: "de het een en is van in voor dat met niet op te zijn wij uw je ook aan bij wordt naar er deze",
  sv: "och att det som en ett är på för med inte av den till har om vi du ni kan ska från",
};
const SETS = Object.entries(FUNCTION_WORDS).map(([code, words]) => [code, new Set(words.split(" "))] as const);

const MIN_WORDS = 6;
const MIN_SHARE = 0.18;
const MIN_LEAD = 1.6;

/** The language of a text of a few words or more, by its commonest words; `null` when that does not tell. */
export function languageOf(text: string): string | null {
  const words =
    text
      .slice(0, 20_000)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  if (words.length < MIN_WORDS) return null;
  const shares = SETS.map(([code, set]) => ({
    code,
    share: words.filter((word) => set.has(word)).length / words.length,
  }));
  const [first, second] = shares.sort((a, b) => b.share - a.share);
  if (first === undefined || second === undefined || first.share < MIN_SHARE) return null;
  return first.share >= second.share * MIN_LEAD ? first.code : null;
}

/** Share of the letters that are of a script, 0..1; `null` for a text without letters. */
export function shareOf(script: Script, text: string): number | null {
  const sample = text.slice(0, 50_000);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  return letters === 0 ? null : (sample.match(SCRIPTS[script])?.length ?? 0) / letters;
}
