/** Languages that a request may ask for by name: ISO 639-1 codes. */
const CODES =
  "en de fr es it pt nl sv da no fi pl cs sk hu ro hr sr sl bg uk ru tr vi id ms sw tl ca eu gl et lv lt el he ar fa ur hi bn ta te th ko ja zh ka hy af sq is ga cy".split(
    " ",
  );
/** Languages that prompts are written in: in these, the names of all languages are known. */
const NAMED_IN = ["en", "de", "fr", "es", "it", "pt", "nl"] as const;
/** Names that `Intl` does not know, or knows in one form only. */
const OTHERS: Readonly<Record<string, string>> = {
  mandarin: "zh",
  farsi: "fa",
  tagalog: "tl",
  castilian: "es",
  castellano: "es",
  日本語: "ja",
  中文: "zh",
  한국어: "ko",
};

/** Codes by the names of the languages, in lower case. */
export const CODES_BY_NAME: ReadonlyMap<string, string> = new Map([
  ...NAMED_IN.flatMap((inLanguage) => {
    const names = new Intl.DisplayNames([inLanguage], { type: "language" });
    return CODES.map((code): [string, string] => [(names.of(code) ?? code).toLowerCase(), code]);
  }),
  ...Object.entries(OTHERS),
]);

/** "German" for "de". */
export function nameOfLanguage(code: string): string {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** The language of a tag: "pt" for "pt-BR", "de" for "deu", "German" or "Deutsch"; `null` when it is none. */
export function languageCode(written: string): string | null {
  const plain = written.trim().toLowerCase();
  const named = CODES_BY_NAME.get(plain);
  if (named !== undefined) return named;
  try {
    return new Intl.Locale(plain.replaceAll("_", "-")).language;
  } catch {
    return null;
  }
}
