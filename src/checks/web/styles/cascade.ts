import { ancestors, attr, type UiElement } from "../read/element.ts";
import { matches } from "./selector.ts";
import { inlineStyle, type StyleRule, type StyleSheet } from "./style-sheet.ts";

/** What a property is by the style sheets, without states and conditions. `unknown`: a rule that may hold says otherwise. */
export type Declared = { readonly value: string } | "unset" | "unknown";

export interface Cascade {
  declared(each: UiElement, properties: readonly string[]): Declared;
  /** A value with its custom properties put in; `null` where one is not known. */
  resolve(value: string, each: UiElement): string | null;
}

const INTERESTING = new Set([
  "color",
  "background",
  "background-color",
  "background-image",
  "font-size",
  "font-weight",
  "opacity",
  "font",
  "position",
  "filter",
  "display",
  "visibility",
]);

/** `utilitiesKnown`: the sheet holds all that utility classes (`text-…`, `bg-…`) declare. */
export function cascadeOf(sheet: StyleSheet, utilitiesKnown = false): Cascade {
  const buckets = new Map<string, { rule: StyleRule; order: number }[]>();
  for (const [order, rule] of sheet.rules.entries()) {
    const relevant = [...rule.declarations.keys()].some((name) => INTERESTING.has(name) || name.startsWith("--"));
    if (!relevant || isConditional(rule) || (rule.selector?.state ?? "") !== "") continue;
    const key = keyOf(rule);
    buckets.set(key, [...(buckets.get(key) ?? []), { rule, order }]);
  }
  const known = new Map<UiElement, ReadonlyMap<string, Declared>>();
  const all = (each: UiElement): ReadonlyMap<string, Declared> => {
    const before = known.get(each);
    if (before !== undefined) return before;
    const made = declarationsOf(each, buckets, utilitiesKnown);
    known.set(each, made);
    return made;
  };
  return {
    declared(each, properties) {
      const own = all(each);
      const found = properties.map((property) => own.get(property) ?? "unset").filter((value) => value !== "unset");
      return found.includes("unknown") ? "unknown" : (found[0] ?? "unset");
    },
    resolve: (value, each) => resolve(value, each, all),
  };
}

/** Always on for a reader of the page as it comes. */
function isConditional({ conditions }: StyleRule): boolean {
  return conditions.some((condition) => !/^@(?:layer|media (?:all|screen)$)/.test(condition));
}

function keyOf({ selector }: StyleRule): string {
  const subject = selector?.parts.at(-1)?.compound;
  if (subject === undefined) return "?";
  return subject.id !== null
    ? `#${subject.id}`
    : subject.classes[0] !== undefined
      ? `.${subject.classes[0]}`
      : (subject.tag ?? "*");
}

function declarationsOf(
  each: UiElement,
  buckets: ReadonlyMap<string, readonly { rule: StyleRule; order: number }[]>,
  utilitiesKnown: boolean,
): ReadonlyMap<string, Declared> {
  const classes = attr(each, "class");
  const id = attr(each, "id");
  const keys = ["?", "*", each.tag, `#${id ?? ""}`, ...(classes ?? "").split(/\s+/).map((name) => `.${name}`)];
  const candidates = [...new Set(keys)].flatMap((key) => buckets.get(key) ?? []);
  // Classes that only a run tells may bring any rule of a class.
  const open = classes === null || each.spread;
  const holding = candidates
    .map(({ rule, order }) => ({ rule, order, holds: rule.selector === null ? null : matches(rule.selector, each) }))
    .filter(({ holds }) => holds !== false)
    .toSorted((a, b) => (a.rule.selector?.specificity ?? 0) - (b.rule.selector?.specificity ?? 0) || a.order - b.order);
  const result = new Map<string, Declared>();
  for (const { rule, holds } of holding) {
    for (const [name, value] of rule.declarations)
      result.set(name, holds === null ? "unknown" : { value: value.replace(/\s*!important$/, "") });
    if (holds === true && rule.declarations.has("background")) result.delete("background-color");
  }
  const style = attr(each, "style");
  if (style !== null) for (const [name, value] of inlineStyle(style)) result.set(name, { value });
  if (open || style === null || (!utilitiesKnown && /\b(?:text|bg)-/.test(classes ?? ""))) {
    for (const name of ["color", "background", "background-color"]) {
      if (open || style === null || !result.has(name)) result.set(name, "unknown");
    }
  }
  return result;
}

const MAX_DEPTH = 8;

function resolve(
  value: string,
  each: UiElement,
  all: (each: UiElement) => ReadonlyMap<string, Declared>,
  depth = 0,
): string | null {
  const call = /var\(\s{0,5}(--[\w-]{1,80})\s{0,5}(?:,([^()]{0,80}))?\)/.exec(value);
  if (call === null) return value;
  if (depth > MAX_DEPTH) return null;
  let found: Declared = "unset";
  for (const one of [each, ...ancestors(each)]) {
    found = all(one).get(call[1] ?? "") ?? "unset";
    if (found !== "unset") break;
  }
  if (found === "unknown") return null;
  const put = found === "unset" ? call[2]?.trim() : found.value;
  return put === undefined
    ? null
    : resolve(
        value.replace(call[0], () => put),
        each,
        all,
        depth + 1,
      );
}
