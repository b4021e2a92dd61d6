/** Words in lower case; in scripts that write without spaces, single characters. */
export function wordsOf(text: string): readonly string[] {
  const words = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}']+/gu;
  return text.toLowerCase().match(words) ?? [];
}
