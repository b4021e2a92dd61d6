import { wordNumber } from "./word-number.ts";

const SCALES: ReadonlyMap<string, number> = new Map(
  Object.entries<number>({
    k: 1e3,
    thousand: 1e3,
    tausend: 1e3,
    mil: 1e3,
    mille: 1e3,
    m: 1e6,
    mn: 1e6,
    mm: 1e6,
    mio: 1e6,
    million: 1e6,
    millions: 1e6,
    millionen: 1e6,
    millones: 1e6,
    bn: 1e9,
    b: 1e9,
    mrd: 1e9,
    billion: 1e9,
    billions: 1e9,
    milliarden: 1e9,
    trillion: 1e12,
    lakh: 1e5,
    crore: 1e7,
    hundred: 100,
    dozen: 12,
    万: 1e4,
    億: 1e8,
    亿: 1e8,
  }),
);
const FRACTIONS: readonly (readonly [RegExp, number])[] = [
  [/\bhalf\b|½|\bhalb/i, 0.5],
  [/\band a half\b|1½/i, 1.5],
  [/\bquarter\b|¼/i, 0.25],
  [/\bthree quarters\b|¾/i, 0.75],
];
const MAX_NUMBERS = 5_000;

/** Every number in a text, in digits or words, in each reading that its separators allow. */
export function numbersIn(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  const digits = text.replace(/\p{Nd}/gu, (digit) => String(digitOf(digit)));
  for (const [, figure = "", scale = ""] of digits.matchAll(
    /(?<!\d)(\d(?:[\d.,'’ \u00a0\u202f_]{0,30}\d)?)[\s-]{0,2}((?:[a-z]{1,10}|[万億亿])(?![\p{L}]))?/giu,
  )) {
    if (found.size > MAX_NUMBERS) break;
    for (const value of readings(figure)) {
      found.add(value);
      const factor = SCALES.get(scale.toLowerCase());
      if (factor !== undefined) found.add(rounded(value * factor));
    }
  }
  for (const [fraction, value] of FRACTIONS) if (fraction.test(text)) found.add(value);
  let before: number | null = null;
  for (const [word] of text.toLowerCase().matchAll(/[a-z]+/g)) {
    const value = SCALES.get(word) !== undefined && word.length > 3 ? null : wordNumber(word);
    const factor = word.length > 3 ? SCALES.get(word) : undefined;
    if (factor !== undefined && before !== null) found.add(before * factor);
    if (value !== null) {
      found.add(value);
      if (before !== null && before >= 20 && before % 10 === 0 && value < 10) found.add(before + value);
    }
    before = value;
  }
  return found;
}

/** "1,234.50", "1.234,50", "1 234", "1,234": each separator may group or divide. */
export function readings(figure: string): readonly number[] {
  const parts = figure.split(/[ \u00a0\u202f]/).map((part) => part.replace(/^[.,'’_]+|(?<![.,'’_])[.,'’_]+$/g, ""));
  const isGrouped = parts.length > 1 && parts.slice(1).every((part) => /^\d{3}(?:[.,]\d+)?$/.test(part));
  const all = isGrouped ? [parts.join(""), ...parts] : parts;
  return [...new Set(all.flatMap(readingsOfPart))].filter((value) => Number.isFinite(value)).map(rounded);
}

function readingsOfPart(part: string): readonly number[] {
  const plain = part.replace(/['’_]/g, "");
  // A mark before other than three digits divides; it groups nothing.
  const isGrouped = (mark: "." | ","): boolean =>
    plain
      .split(mark)
      .slice(1)
      .every((group) => /^\d{3}(?!\d)/.test(group));
  const candidates = [
    ...(isGrouped(",") ? [plain.replaceAll(",", "")] : []),
    ...(isGrouped(".") ? [plain.replaceAll(".", "").replace(",", ".")] : []),
  ];
  const values = candidates.filter((each) => /^\d+(?:\.\d+)?$/.test(each)).map(Number);
  // A list without spaces, or a version such as 1.2.3, is the numbers in it.
  return values.length > 0
    ? values
    : plain
        .split(/[^\d]+/)
        .filter((each) => each !== "")
        .map(Number);
}

export function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

/** The value of a decimal digit of any script: their blocks of ten begin at code points that differ, but all run from 0 to 9. */
function digitOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 48;
  if (code < 128) return code - 48;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}
