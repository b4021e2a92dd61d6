import { isWrittenDate } from "./date-form.ts";
import { groundDate, isDate } from "./ground-date.ts";
import { groundNumber, groundFigures } from "./ground-number.ts";
import type { GroundingTexts, Grounding } from "./grounding.ts";
import type { Leaf } from "./leaves.ts";
import { compacted, evened, hasWord, type Source } from "./source.ts";

/** Values that say that there is none. */
const ABSENT =
  /^(?:n\/?a|none|null|unknown|not (?:specified|mentioned|available|provided|given|stated)|unspecified|-+|–|—|\?|)$/i;

/** Where a value of an extraction comes from. */
export function ground({ key, path, value, schema }: Leaf, given: GroundingTexts): Grounding {
  const { source, instruction, dateForm } = given;
  if (value === null) return isLeftOut(key, source) ? "open" : "follows";
  if (typeof value === "boolean") return groundYes(key, value, source);
  if (Array.isArray(schema.enum)) return groundChoice(String(value), schema.enum.map(String), source);
  const isDefault = schema.default === value;
  if (typeof value === "number") return isDefault ? "follows" : groundNumber(key, value, given);
  if (isDefault || (value !== "" && ABSENT.test(value.trim()))) return "follows";
  const plain = evened(value);
  if (plain === "") return "open";
  if (dateForm !== null && isWrittenDate(value)) {
    const date = dateForm.read(value);
    return date === null ? "open" : groundDate(value, source, date);
  }
  if (source.plain.includes(` ${plain} `)) return isPartOf(value, path, source) ? "open" : "grounded";
  if (isHan(value, source)) return "grounded";
  if (isListed(value, instruction)) return "follows";
  if (isDate(value)) return groundDate(value, source);
  if (/\d/.test(value)) return groundFigures(key, value, given);
  if (schema.description !== undefined && isQuoted(schema.description, value)) return "follows";
  return groundWords(key, value, plain, given);
}

/** A null although the source has a line of that name: "Phone: 030 1234". */
function isLeftOut(key: string, { raw }: Source): boolean {
  const name = evened(key.replace(/([a-z])([A-Z])/g, "$1 $2"));
  if (!/^[a-z ]{3,40}$/.test(name)) return false;
  return new RegExp(
    `^[\\s*_-]{0,6}${name.replaceAll(" ", "[ _-]?")}[*_]{0,2} ?[:=] ?(?!none|n/a|-|\\?)[\\p{L}\\d]`,
    "imu",
  ).test(raw);
}

const SHORT_CHARS = 500;

/**
 * A word of a given list. Where the source names another one of the list and not this one, or is in a script of its own, the
 * choice is open.
 */
function groundChoice(value: string, choices: readonly string[], source: Source): Grounding {
  const wordsOf = (choice: string): readonly string[] => evened(choice.replaceAll("_", " ")).split(" ");
  const isNamed = (choice: string): boolean =>
    wordsOf(choice).every((word) => word.length > 1 && source.words.has(word));
  if (/^\d+$/.test(value)) return source.numbers.has(Number(value)) ? "grounded" : "open";
  if (isNamed(value)) return "grounded";
  const isOther = (other: string): boolean =>
    other !== value && !/^(?:\w{1,3}|other|none)$/i.test(other) && isNamed(other);
  // In a long text words stand by chance.
  if (source.raw.length < SHORT_CHARS && choices.some(isOther)) return "open";
  if (wordsOf(value).every((word) => isInflected(word, source))) return "grounded";
  return sharesScript(value, source) ? "follows" : "open";
}

function isInflected(word: string, { words }: Source): boolean {
  return (
    word.length >= 4 && [...words].some((each) => each.length >= 4 && (each.startsWith(word) || word.startsWith(each)))
  );
}

/** `has_garage: true` where the source speaks of a garage; that something is not so need not be said. */
function groundYes(key: string, value: boolean, source: Source): Grounding {
  const words = evened(key.replace(/([a-z])([A-Z])/g, "$1 $2"))
    .split(" ")
    .filter((word) => word.length > 3);
  return !value || words.every((word) => hasWord(source, word)) ? "follows" : "open";
}

/** `"coverage": "Auto" | "Property"`, or one of house_fire, roof_leak: chosen rather than copied. */
function isListed(value: string, instruction: string): boolean {
  const isQuoted = ["'", '"', "`"].some((mark) => instruction.includes(`${mark}${value}${mark}`));
  return isQuoted || (/^[a-z]+(?:_[a-z]+)+$/.test(value) && instruction.includes(value));
}

const MOST_WORDS = 16;

/** Half of a name ("A and B"), or a whole sentence, of which something else than its words is meant: its class. */
function isPartOf(value: string, path: string, { raw }: Source): boolean {
  if (value.split(/\s+/).length > MOST_WORDS) return true;
  if (path.endsWith("]")) return false;
  const at = raw.indexOf(value);
  return (
    at !== -1 &&
    raw.indexOf(value, at + 1) === -1 &&
    /^ (?:and|or|&) \p{Lu}/u.test(raw.slice(at + value.length, at + value.length + 8))
  );
}

/** Scripts without spaces between words. */
function isHan(value: string, source: Source): boolean {
  return (
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(value) && source.raw.includes(value)
  );
}

/** A description may say what stands where there is nothing: `Use "any" if no city is given`. */
function isQuoted(description: string, value: string): boolean {
  const quoted = description.matchAll(
    /\b(?:use|defaults? (?:value )?(?:is|to)|otherwise|set to|pass)\s["'`]([^"'`]{1,60})["'`]/gi,
  );
  return [...quoted].some(([, named]) => named === value);
}

/** Fields for names, which are copied or invented. Kinds, moods and topics are capitalised as well, and chosen. */
const NAMES =
  /name|person|author|customer|compan|organi[sz]ation|vendor|supplier|buyer|seller|sender|recipient|client|brand|product|(?:^|_)by$/i;
const CHOSEN = /type|categor|class|kind|descri|summary|title|topic|role|sentiment|service|segment|line|status|reason/i;
/** Words of many names, which the source may have for another one. */
const COMMON =
  /^(?:inc|corp|corporation|company|co|ltd|llc|plc|ag|gmbh|group|global|international|the|of|and|for|mr|mrs|ms|dr)$/;
const MAX_NAME_WORDS = 8;

function groundWords(key: string, value: string, plain: string, { source, all }: GroundingTexts): Grounding {
  const words = plain.split(" ");
  if (words.every((word) => source.words.has(word))) return isNear(words, source) ? "grounded" : "open";
  if (/@|^https?:|^www\./i.test(value)) return isAddressOf(value, all) ? "open" : "invented";
  if (isPlace(value, source)) return "grounded";
  const isName = words.length <= MAX_NAME_WORDS && /^\p{Lu}/u.test(value) && isCapitalised(value);
  const telling = words.filter((word) => !COMMON.test(word));
  const isStrange =
    telling.length > 0 && telling.every((word) => !hasWord(all, word)) && !all.compact.includes(compacted(value));
  if (!isName || !isStrange || !sharesScript(value, source) || areInitials(words, all)) return "open";
  return NAMES.test(key) && !CHOSEN.test(key) ? "invented" : "open";
}

/** An address in other dress: without its protocol, or "tom at example dot org". */
function isAddressOf(value: string, all: Source): boolean {
  const bare = value.replace(/^(?:mailto:|https?:\/\/)?(?:www\.)?/i, "");
  return (
    all.compact.includes(compacted(bare)) ||
    evened(bare)
      .split(" ")
      .every((word) => all.words.has(word))
  );
}

/** "Berkeley, CA" where the source says Berkeley: the state or country is common knowledge. */
function isPlace(value: string, source: Source): boolean {
  const [, city = ""] = /^(\p{Lu}[\p{L} .'-]{2,40}), (?:[A-Z]{2}|\p{Lu}[\p{L} ]{3,20})$/u.exec(value.trim()) ?? [];
  return city !== "" && source.plain.includes(` ${evened(city)} `);
}

const MOST_NEAR_WORDS = 30;
const MOST_BETWEEN = 3;

/** Whether the words stand together: "2850 Main St, Lexington" for "2850 Main St. in Lexington". */
function isNear(words: readonly string[], { plain }: Source): boolean {
  if (words.length > MOST_NEAR_WORDS) return false;
  const tokens = plain.trim().split(" ");
  return tokens.some((token, start) => {
    if (token !== words[0]) return false;
    let at = start;
    return words.slice(1).every((word) => {
      const next = tokens.slice(at + 1, at + 2 + MOST_BETWEEN).indexOf(word);
      at += next + 1;
      return next !== -1;
    });
  });
}

/** "International Business Machines" for "IBM", or the other way round. */
function areInitials(words: readonly string[], { plain, compact }: Source): boolean {
  const initials = words.map((word) => word.charAt(0)).join("");
  if (initials.length >= 2 && (plain.includes(` ${initials} `) || plain.includes(` ${initials.split("").join(" ")} `)))
    return true;
  const [only = ""] = words;
  if (words.length !== 1 || only.length < 2 || only.length > 5) return false;
  const all = plain
    .trim()
    .split(" ")
    .map((word) => word.charAt(0))
    .join("");
  return all.includes(only) || (only.length > 3 && compact.includes(only.slice(0, 3)));
}

function isCapitalised(value: string): boolean {
  return (value.match(/\p{L}{4,}/gu) ?? []).every((word) => /^\p{Lu}/u.test(word));
}

/** A value in another script than its source is a transcription or a translation. */
function sharesScript(value: string, { raw }: Source): boolean {
  const letters = raw.slice(0, 20_000).match(/\p{L}/gu) ?? [];
  const latin = letters.filter((letter) => /\p{Script=Latin}/u.test(letter)).length;
  const own = value.match(/\p{L}/gu) ?? [];
  const isLatin = own.length > 0 && own.every((letter) => /\p{Script=Latin}/u.test(letter));
  return isLatin && latin > 0.9 * letters.length;
}
