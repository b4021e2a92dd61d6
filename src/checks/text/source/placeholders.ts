const PLACEHOLDERS = [
  /\{\{\s*[\w.]{1,60}\s*\}\}/g,
  /\$\{[\w.]{1,60}\}/g,
  /(?<![{$])\{[a-z_][\w.]{0,60}\}(?!\})/gi,
  /%(?:\d\$)?(?:\([\w.]{1,40}\))?[sd@](?![\p{L}\d])/gu,
] as const;
const MOST = 500;

/** Placeholders of the source that a translation lacks. A program fills them in and needs exactly these names. */
export function missingPlaceholders(source: string, answer: string): readonly string[] {
  const compact = answer.replaceAll(/\s/g, "");
  const tokens = PLACEHOLDERS.flatMap((pattern) => source.match(pattern) ?? []);
  return [...new Set(tokens)].slice(0, MOST).filter((token) => !compact.includes(token.replaceAll(/\s/g, "")));
}
