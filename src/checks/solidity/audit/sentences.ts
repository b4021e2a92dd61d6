/** The sentences of a text. A dot within code or a number ends none. */
export function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.!?;])\s+(?=[\p{Lu}`*"(])|\n+/u).filter((sentence) => sentence.trim() !== "");
}

/** A sentence without what it says in code: a function may be called `update`. The marks stay. */
export function wordsAround(sentence: string): string {
  return sentence.replace(/`[^`\n]*`/g, "``");
}
