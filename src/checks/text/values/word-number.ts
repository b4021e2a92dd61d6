const WORDS = [
  "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
  "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
]; // prettier-ignore
const TENS: ReadonlyMap<string, number> = new Map(
  Object.entries<number>({
    thirty: 30,
    forty: 40,
    fifty: 50,
    sixty: 60,
    seventy: 70,
    eighty: 80,
    ninety: 90,
    hundred: 100,
    "a hundred": 100,
    thousand: 1000,
    dozen: 12,
    single: 1,
    couple: 2,
  }),
);

/** The number that a word or digits name; `null` when it names none. */
export function wordNumber(word: string): number | null {
  const plain = word.trim().toLowerCase();
  if (/^\d{1,3}(?:,\d{3})+$|^\d{1,6}$/.test(plain)) return Number(plain.replaceAll(",", ""));
  const at = WORDS.indexOf(plain);
  return at === -1 ? (TENS.get(plain) ?? null) : at;
}
