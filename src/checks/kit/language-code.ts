let names: Intl.DisplayNames | undefined;

/** The English name of a language by its ISO 639-1 code; `null`: there is none. */
export function languageName(code: string): string | null {
  if (!/^[a-z]{2}$/.test(code)) return null;
  names ??= new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });
  return names.of(code) ?? null;
}

/** The code of a language that is written as a name or with its region ("German", "de-CH"); `null`: it is not known. */
export function languageCode(written: string): string | null {
  const code = /^([a-z]{2})[-_]/i.exec(written)?.[1]?.toLowerCase();
  if (code !== undefined) return languageName(code) === null ? null : code;
  return ALL_CODES.find((each) => languageName(each)?.toLowerCase() === written.trim().toLowerCase()) ?? null;
}

const LETTERS = Array.from({ length: 26 }, (_, index) => String.fromCodePoint(97 + index));
const ALL_CODES = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
