import { wordNumber } from "./word-number.ts";

export type LengthUnit = "words" | "sentences" | "bullets" | "paragraphs" | "characters";

/** A length that a prompt asks for. */
export interface AskedLength {
  readonly unit: LengthUnit;
  readonly least: number | null;
  readonly most: number;
  /** The prompt's own words. */
  readonly words: string;
}

const NUMBER =
  "(\\d{1,6}(?:,\\d{3})?|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|eighty|a hundred|hundred|single|a single)";
const UNIT = "(words?|sentences?|bullet[- ]?points?|bullets?|paragraphs?|characters?|chars?)";
const LIMIT =
  "(?:at most|no more than|not more than|maximum(?: of)?|max\\.?|up to|under|less than|fewer than|below|within|limit(?:ed)? (?:it |this |yourself )?to|no longer than|not exceed(?:ing)?)";
/** A word between the number and the unit: "three short sentences". */
const FILLER =
  "(?:(?!\\d|one\\b|two\\b|three\\b|four\\b|five\\b|six\\b|seven\\b|eight\\b|nine\\b|ten\\b|single\\b)\\w+ )?";
const ABOUT = "(?:about|around|approximately|roughly|some|circa|ca\\.|~)";
const FORMS: readonly (readonly [RegExp, Bound])[] = [
  [new RegExp(`\\b${NUMBER}\\s?(?:-|–|to|or)\\s?${NUMBER}[ -]${FILLER}${UNIT}\\b`, "i"), "range"],
  [new RegExp(`\\b${LIMIT} ${NUMBER}[ -]${FILLER}${UNIT}\\b`, "i"), "most"],
  [
    new RegExp(`\\b${NUMBER} ${FILLER}${UNIT} (?:or (?:less|fewer)|at (?:the )?most|max(?:imum)?|tops)\\b`, "i"),
    "most",
  ],
  [new RegExp(`\\bat least ${NUMBER} ${FILLER}${UNIT}\\b`, "i"), "least"],
  [
    new RegExp(
      `(?:\\b(?:in|into|to|with|as|using|of)|\\b(?:write|give|list|provide|produce|create|make|return|use)(?: me)?) (?:exactly |just |only |${ABOUT} )?${NUMBER}[ -]${FILLER}${UNIT}\\b(?! (?:each|per|or more|of the))`,
      "i",
    ),
    "exact",
  ],
  [
    new RegExp(
      `\\b${NUMBER}[ -]${UNIT} (?:summary|abstract|overview|description|explanation|recap|text|answer|version|blurb|bio|essay|article|post)\\b`,
      "i",
    ),
    "exact",
  ],
];
type Bound = "range" | "most" | "least" | "exact";

/** Tells of a length that somebody else wants or has kept to. */
const TOLD_OF =
  /\b(?:my|our|his|her|their|the) \w+ (?:wants?|wanted|asks?|asked|said|says|told|needs?|requires?|has|had|is|was)\b|\b(?:he|she|they|i|we) (?:wrote|said|read|wants?|wanted|asked|told|had|have|need)\b/i;

/** The length that an instruction asks for; `null`: none that is certain. */
export function askedLength(instruction: string): AskedLength | null {
  for (const [form, bound] of FORMS) {
    const found = form.exec(instruction);
    if (found === null) continue;
    const sentence =
      instruction
        .slice(0, found.index)
        .split(/[.!?\n]\s/)
        .at(-1) ?? "";
    if (TOLD_OF.test(sentence)) continue;
    const words = found[0].trim();
    const unit = unitOf(found.at(-1) ?? "");
    const first = numberOf(found[1] ?? "");
    if (first === null || first === 0) continue;
    if (/\b(?:each|per|every)\b/i.test(instruction.slice(found.index, found.index + found[0].length + 25))) continue;
    if (bound === "range") {
      const second = numberOf(found[2] ?? "");
      if (second === null || second < first) continue;
      return { unit, least: first, most: second, words };
    }
    if (bound === "least") continue;
    const about = new RegExp(ABOUT, "i").test(words);
    if (bound === "most" || unit === "words" || unit === "characters" || about)
      return { unit, least: null, most: first, words };
    return { unit, least: first, most: first, words };
  }
  return null;
}

function unitOf(word: string): LengthUnit {
  const plain = word.toLowerCase();
  if (plain.startsWith("word")) return "words";
  if (plain.startsWith("sent")) return "sentences";
  if (plain.startsWith("bullet")) return "bullets";
  return plain.startsWith("para") ? "paragraphs" : "characters";
}

function numberOf(word: string): number | null {
  const plain = word.toLowerCase();
  return plain === "a" || plain === "an" || plain === "a single" ? 1 : wordNumber(plain);
}
