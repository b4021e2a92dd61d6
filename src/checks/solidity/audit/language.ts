const ENGLISH =
  /\b(?:the|of|to|is|in|and|that|it|for|this|with|be|not|by|an|are|can|before|after|any|on|from|has|no|if|which|or|when|attacker|should|use|add)\b/gi;
const MIN_WORDS = 25;
const MIN_SHARE = 0.1;

/** Whether prose is in a language whose labels and verbs the rules here cannot read. */
export function isForeign(text: string): boolean {
  const prose = outsideFences(text)
    .slice(0, 40_000)
    .replace(/`[^`\n]{0,400}`/g, " ");
  const ideographs = (prose.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu) ?? [])
    .length;
  if (ideographs > 30) return true;
  const words = prose.match(/\p{L}{2,}/gu) ?? [];
  return words.length >= MIN_WORDS && (prose.match(ENGLISH) ?? []).length < words.length * MIN_SHARE;
}

/** What stands between fenced blocks. */
export function outsideFences(text: string): string {
  return text
    .split("```")
    .filter((_part, at) => at % 2 === 0)
    .join(" ");
}
