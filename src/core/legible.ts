/**
 * The one place that takes out of a text what a reader cannot see: escape sequences with all that belongs to them, control
 * characters, marks that turn the direction of a text, and characters of no width. Linear in the length of the text.
 */

/** Whether there is anything to take out: most texts hold nothing of it. */
const SUSPECT = /[^\P{Cc}\n\t]|[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB\u2028\u2029\p{Cs}]/u;

/** Sequences with a text of their own that no reader sees: a title, the clipboard, the address of a link. Up to their end, which must be there. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for, here and below
const SEQUENCE_WITH_TEXT = /(?:\u001B[\]P^_X]|[\u009D\u0090\u009E\u009F\u0098])[^\p{Cc}]*(?:\u0007|\u001B\\|\u009C)/gu;
/** Sequences that paint, move or erase. */
// oxlint-disable-next-line no-control-regex
const CONTROL_SEQUENCE = /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]/gu;
/** What is left: an escape character with what it selects. */
// oxlint-disable-next-line no-control-regex
const ESCAPE = /\u001B[ -/]*[0-~]?/gu;
const LINE_END = /\r\n?/gu;
const CONTROL = /[^\P{Cc}\n\t]/gu;
/** Line ends that most programs do not show as such. */
const ODD_LINE_END = /[\u2028\u2029]/gu;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]+/gu;

/**
 * A text from outside as it may be shown and checked: lines and tabs stay, and so do the invisible characters that a visible one
 * needs to look right (in emoji, and in scripts whose letters join). Half characters become U+FFFD. Done twice it does nothing more.
 */
export function legibleText(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text
    .replace(SEQUENCE_WITH_TEXT, "")
    .replace(CONTROL_SEQUENCE, "")
    .replace(ESCAPE, "")
    .replace(LINE_END, "\n")
    .replace(CONTROL, "")
    .replace(ODD_LINE_END, " ")
    .replace(INVISIBLE, keptOf)
    .toWellFormed();
}

/** The same on one line, for messages, names and cells of a table. */
export function legibleLine(text: string): string {
  return legibleText(text).replaceAll(/\s+/gu, " ").trim();
}

/** The same, cut after so many characters. */
export function legible(text: string, maxChars: number): string {
  // Cut first: what is left out need not be read.
  const shown = legibleText(text.slice(0, maxChars));
  return text.length > maxChars ? `${shown}…` : shown;
}

/** A value of plain data with every text in it made legible, keys too. The same object where nothing had to be taken out. */
export function legibleValue<T>(value: T): T;
export function legibleValue(value: unknown): unknown {
  if (typeof value === "string") return legibleText(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => legibleValue(item));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const entries = Object.entries(value);
  const clean = entries.map(([key, inner]) => [legibleText(key), legibleValue(inner as unknown)] as const);
  const isSame = clean.every(([key, inner], index) => key === entries[index]?.[0] && inner === entries[index][1]);
  return isSame ? value : Object.fromEntries(clean);
}

const VARIATION_SELECTOR = "\uFE0F";
const TEXT_SELECTOR = "\uFE0E";
const JOINER = "\u200D";
const NON_JOINER = "\u200C";

/** What a visible character lets stand beside it. */
interface Neighbour {
  /** Joined by U+200D to one picture: 👩 and 💻. */
  readonly picture: boolean;
  /** The same without the tones of skin, which no joiner stands before. */
  readonly pictureOnly: boolean;
  /** Of a script whose letters join. */
  readonly joined: boolean;
  /** Has a form as text and one as a picture: ❤ and ❤️. */
  readonly twofold: boolean;
  readonly symbol: boolean;
  readonly han: boolean;
  readonly mongolian: boolean;
}

const UNJOINED_SCRIPTS =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Hebrew}]$/u;

/** A text has few different characters and asks of each again and again. */
const known = new Map<string, Neighbour>();
const MOST_KNOWN = 4096;

function neighbourOf(char: string): Neighbour {
  const before = known.get(char);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const made = {
    picture: /^[\p{Extended_Pictographic}\p{Emoji_Modifier}]$/u.test(char),
    pictureOnly: /^\p{Extended_Pictographic}$/u.test(char),
    joined: /^[\p{L}\p{M}]$/u.test(char) && !UNJOINED_SCRIPTS.test(char),
    twofold: /^[\p{Emoji}\p{S}]$/u.test(char),
    symbol: /^\p{S}$/u.test(char),
    han: /^\p{Script=Han}$/u.test(char),
    mongolian: /^\p{Script=Mongolian}$/u.test(char),
  };
  known.set(char, made);
  return made;
}

/** What of a run of invisible characters stays between the two visible ones at its sides. */
function keptOf(run: string, offset: number, whole: string): string {
  // At most a selector of two units and a joiner are ever kept; a longer run is read no further.
  const first = pointAt(run, 0);
  const before = neighbourOf(lastPoint(whole, offset));
  const selector = selects(first, before) ? first : "";
  const joiner = run.slice(selector.length);
  if (joiner !== JOINER && joiner !== NON_JOINER) return selector;
  const after = neighbourOf(pointAt(whole, offset + run.length));
  const isPicture = joiner === JOINER && before.picture && after.pictureOnly;
  return isPicture || (before.joined && after.joined) ? selector + joiner : selector;
}

/** Whether this is a variation selector, of a kind that changes how its base looks. */
function selects(selector: string, base: Neighbour): boolean {
  if (selector === VARIATION_SELECTOR || selector === TEXT_SELECTOR) return base.twofold;
  const code = selector.codePointAt(0) ?? 0;
  if (code >= 0xfe00 && code < 0xfe0e) return base.han || base.symbol || base.joined;
  if (code >= 0xe0100 && code <= 0xe01ef) return base.han;
  return ((code >= 0x180b && code <= 0x180d) || code === 0x180f) && base.mongolian;
}

function pointAt(text: string, index: number): string {
  const code = text.codePointAt(index);
  return code === undefined ? "" : String.fromCodePoint(code);
}

/** The character that ends before `index`. */
function lastPoint(text: string, index: number): string {
  const whole = pointAt(text, Math.max(0, index - 2));
  return whole.length === 2 ? whole : text.slice(Math.max(0, index - 1), index);
}
