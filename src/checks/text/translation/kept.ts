/** What a translation must carry over unchanged. */
const PLACEHOLDERS = [
  /\{\{\s*[\w.]{1,60}\s*\}\}/g,
  /\$\{[\w.]{1,60}\}/g,
  /(?<![{$])\{[\w.]{0,60}\}(?!\})/g,
  /%(?:\d\$)?(?:\([\w.]{1,40}\))?(?:\.\d)?[sdf@](?![\p{L}\d])/gu,
  /<%=?\s*\w{1,40}\s*%>/g,
] as const;
const URL = /\bhttps?:\/\/[^\s<>"'()[\]]{4,300}/g;
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,100}\.[\w.-]{2,60}\w/g;
const TAG = /<\/?([a-z][a-z0-9-]{0,20})(?:\s[^<>]{0,300})?\/?>/gi;
const MOST = 500;

/** Placeholders, addresses and tags of the source that the translation lacks. */
export function missingPlaceholders(source: string, answer: string): readonly string[] {
  const compact = answer.replaceAll(/\s/g, "");
  const tokens = PLACEHOLDERS.flatMap((pattern) => source.match(pattern) ?? []);
  const addresses = [...(source.match(URL) ?? []), ...(source.match(EMAIL) ?? [])].map((each) =>
    each.replace(/[.,;:!?]+$/, ""),
  );
  const missing = [...new Set([...tokens, ...addresses])]
    .slice(0, MOST)
    .filter((token) => !compact.includes(token.replaceAll(/\s/g, "")));
  return [...missing, ...missingTags(source, answer)];
}

/** Tags that the source opens and closes, and of which nothing is left. */
function missingTags(source: string, answer: string): readonly string[] {
  const names = [...source.matchAll(TAG)].map(([, name = ""]) => name.toLowerCase());
  const closed = names.filter((name) => source.toLowerCase().includes(`</${name}>`));
  const kept = new Set([...answer.matchAll(TAG)].map(([, name = ""]) => name.toLowerCase()));
  return [...new Set(closed)]
    .slice(0, MOST)
    .filter((name) => !kept.has(name))
    .map((name) => `<${name}>`);
}

/**
 * Figures of four digits and more that the translation lacks. Round ones may become words, shorter ones are converted and
 * rewritten in too many ways.
 */
export function missingFigures(source: string, answer: string): readonly string[] {
  const kept = digitsOf(answer);
  const figures = (
    source.match(
      /(?<![\p{L}\d.,:/-])\d{1,3}(?:[,.\u00a0\u202f]\d{3})+(?![\d.,]\d)|(?<![\p{L}\d.,:/-])\d{4,12}(?![\p{L}\d:/-]|[.,]\d)/gu,
    ) ?? []
  ).slice(0, MOST);
  return [...new Set(figures)].filter((figure) => {
    const digits = figure.replace(/\D/g, "");
    return !digits.endsWith("00") && !kept.includes(digits);
  });
}

function digitsOf(text: string): string {
  return text
    .replace(/\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt(0) ?? 48;
      if (code < 128) return digit;
      // Blocks of ten digits begin at a multiple of ten from their script's zero.
      let zero = code;
      while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
      return String(code - zero);
    })
    .replace(/(?<=\d)[.,'’ \u00a0\u202f](?=\d{3})/g, "");
}
