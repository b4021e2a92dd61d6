import { ancestors, attr, type UiElement } from "../read/element.ts";

/** Tag, id, classes and attributes that one element must have. */
interface Compound {
  readonly tag: string | null;
  readonly id: string | null;
  readonly classes: readonly string[];
  readonly attributes: readonly { readonly name: string; readonly value: string | null }[];
  /** Only in a state (`:hover`), or for a part (`::before`). */
  readonly state: string;
  /** Also depends on what is not resolved here (`:nth-child`, `:not()`). */
  readonly unsure: boolean;
}

/** A selector of compounds joined by descendant and child combinators; the last is the subject. */
export interface Selector {
  readonly parts: readonly { readonly compound: Compound; readonly direct: boolean }[];
  readonly specificity: number;
  readonly state: string;
  readonly unsure: boolean;
}

const PIECE =
  /([.#]?)((?:[\w-]|\\.|[\u0080-\uffff]){1,200})|\[([\w-]{1,80})(?:[*^$|~]?=["']?([^"'\]]{0,200})["']?)?\]|(::?[\w-]{1,60})(\([^()]{0,200}(?:\([^()]{0,200}\)[^()]{0,200})?\))?|(\*)/y;
const STATES =
  /^::?(?:hover|focus|focus-visible|focus-within|active|visited|checked|disabled|invalid|valid|target|open|popover-open|placeholder|placeholder-shown|before|after|selection|marker|first-letter|first-line|backdrop|-webkit-[\w-]+|-moz-[\w-]+|user-invalid|autofill|read-only|required)$/;

export function selectorOf(text: string): Selector | null {
  const steps = text
    .trim()
    .split(/\s*([>+~])\s*|\s+/)
    .filter((step): step is string => step !== undefined && step !== "");
  const parts: { compound: Compound; direct: boolean }[] = [];
  let direct = false;
  let unsure = false;
  for (const step of steps) {
    if (step === ">") direct = true;
    else if (step === "+" || step === "~") {
      // A sibling is not looked for: what is before it is forgotten and the rest may or may not hold.
      parts.length = 0;
      unsure = true;
    } else {
      const compound = compoundOf(step);
      if (compound === null) return null;
      parts.push({ compound, direct });
      direct = false;
    }
  }
  if (parts.length === 0) return null;
  const all = parts.map(({ compound }) => compound);
  const specificity = all.reduce(
    (sum, { tag, id, classes, attributes }) =>
      sum + (id === null ? 0 : 10_000) + 100 * (classes.length + attributes.length) + (tag === null ? 0 : 1),
    0,
  );
  return {
    parts,
    specificity,
    state: all.map(({ state }) => state).join(""),
    unsure: unsure || all.some((each) => each.unsure),
  };
}

function compoundOf(text: string): Compound | null {
  let [tag, id, state, unsure]: [string | null, string | null, string, boolean] = [null, null, "", false];
  const classes: string[] = [];
  const attributes: { name: string; value: string | null }[] = [];
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < text.length) {
    const match = PIECE.exec(text);
    if (match === null) return null;
    const [, mark, name, attribute, value, pseudo] = match;
    if (name !== undefined) {
      if (mark === ".") classes.push(name.replace(/\\/g, ""));
      else if (mark === "#") id = name;
      else tag = name.toLowerCase();
    } else if (attribute !== undefined) attributes.push({ name: attribute.toLowerCase(), value: value ?? null });
    else if (pseudo === ":root") tag = "html";
    else if (pseudo !== undefined && STATES.test(pseudo)) state += pseudo;
    else if (pseudo !== undefined) unsure = true;
  }
  return { tag, id, classes, attributes, state, unsure };
}

/** Whether a selector holds for an element, its states aside; `null`: that cannot be told. */
export function matches(selector: Selector, each: UiElement): boolean | null {
  const { parts } = selector;
  let at = parts.length - 1;
  const subject = parts[at];
  if (subject === undefined) return false;
  let result = fits(subject.compound, each);
  if (result === false) return false;
  let { direct } = subject;
  let current = each;
  for (at -= 1; at >= 0; at -= 1) {
    const part = parts[at];
    if (part === undefined) return false;
    let found: UiElement | null = null;
    for (const parent of ancestors(current)) {
      const fit = fits(part.compound, parent);
      if (fit !== false) {
        found = parent;
        if (fit === null) result = null;
        break;
      }
      if (direct) break;
    }
    if (found === null) return false;
    current = found;
    direct = part.direct;
  }
  return selector.unsure ? null : result;
}

function fits({ tag, id, classes, attributes }: Compound, each: UiElement): boolean | null {
  if (tag !== null && tag !== each.tag) return false;
  let unsure = false;
  const own = attr(each, "class");
  if (id !== null) {
    const value = attr(each, "id");
    if (value === null) unsure = true;
    else if (value !== id) return false;
  }
  if (classes.length > 0) {
    const names = own === null ? null : own.split(/\s+/);
    if (names === null) unsure = true;
    else if (!classes.every((name) => names.includes(name))) return false;
  }
  for (const { name, value } of attributes) {
    const actual = each.attrs.get(name);
    if (actual === undefined) return false;
    if (actual === null || (value !== null && actual !== value)) unsure = true;
  }
  return unsure ? null : true;
}
