import { isList, isTagged, type RunLanguage, type Tagged, type PromptValue } from "./value.ts";

/** Numbers may differ by this share: sums of fractions depend on the order in which they are made. */
const TOLERANCE = 1e-9;

export interface Comparing {
  readonly language: RunLanguage;
  /** Members of lists may come in any order. */
  readonly anyOrder: boolean;
}

/** Whether a program's value is what was expected, in the sense that the program's language has of equality. */
export function isSame(got: PromptValue, expected: PromptValue, how: Comparing): boolean {
  const [a, b] = [numberOf(got, how), numberOf(expected, how)];
  if (a !== null || b !== null) return a !== null && b !== null && isNear(a, b);
  if (isNothing(expected)) return isSameNothing(got, expected, how);
  const [left, right] = [membersOf(got), membersOf(expected)];
  if (left !== null || right !== null) return left !== null && right !== null && areSameMembers(left, right, how);
  // A prompt for JavaScript that shows braces means an object.
  if (how.language === "javascript" && tagOf(got) === "map" && /^(?:dict|object)$/.test(tagOf(expected) ?? ""))
    return false;
  const [one, other] = [entriesOf(got, how), entriesOf(expected, how)];
  if (one !== null || other !== null) return one !== null && other !== null && areSameEntries(one, other, how);
  return isTagged(got) || isTagged(expected) ? JSON.stringify(got) === JSON.stringify(expected) : got === expected;
}

/** Whether a number is the expected one but for places that a prompt has left off: `0.33` for a third. */
export function isRounded(got: PromptValue, expected: PromptValue): boolean {
  if (isList(got) && isList(expected)) {
    return (
      got.length === expected.length &&
      got.every((each, index) => each === expected[index] || isRounded(each, expected[index] ?? null))
    );
  }
  if (typeof got !== "number" || typeof expected !== "number") return false;
  const places = /\.(\d+)$/.exec(String(expected))?.[1]?.length ?? 0;
  const unit = 10 ** -places;
  return (
    places > 0 &&
    (Math.abs(got - expected) <= 0.5001 * unit || Math.abs(Math.trunc(got / unit) * unit - expected) < unit / 1000)
  );
}

function isNear(a: number | bigint, b: number | bigint): boolean {
  if (typeof a === "bigint" && typeof b === "bigint") return a === b;
  const [x, y] = [Number(a), Number(b)];
  if (Number.isNaN(x) || !Number.isFinite(x)) return Object.is(x, y);
  return Math.abs(x - y) <= TOLERANCE * Math.max(1, Math.abs(x), Math.abs(y));
}

/** In Python, `True` is 1. */
function numberOf(value: PromptValue, { language }: Comparing): number | bigint | null {
  if (typeof value === "number") return value;
  if (typeof value === "boolean" && language === "python") return value ? 1 : 0;
  if (!isTagged(value)) return null;
  if (value.t === "bigint") return BigInt(value.v);
  return value.t === "number" ? Number(value.v) : null;
}

function isNothing(value: PromptValue): boolean {
  return value === null || (isTagged(value) && (value.t === "none" || value.t === "undefined"));
}

function isSameNothing(got: PromptValue, expected: PromptValue, { language }: Comparing): boolean {
  const either = language === "python" || (isTagged(expected) && expected.t === "none");
  return either ? isNothing(got) : JSON.stringify(got) === JSON.stringify(expected);
}

interface Members {
  readonly kind: "list" | "tuple" | "set";
  readonly items: readonly PromptValue[];
}

function membersOf(value: PromptValue): Members | null {
  if (isList(value)) return { kind: "list", items: value };
  return isTagged(value) && (value.t === "tuple" || value.t === "set") ? { kind: value.t, items: value.v } : null;
}

/** JavaScript has no tuples: a prompt that shows one means a list. */
function areSameMembers(got: Members, expected: Members, how: Comparing): boolean {
  const kindOf = ({ kind }: Members): string => (how.language === "javascript" && kind === "tuple" ? "list" : kind);
  if (kindOf(got) !== kindOf(expected) || got.items.length !== expected.items.length) return false;
  if (got.kind === "set" || how.anyOrder) return isPermutation(got.items, expected.items, (a, b) => isSame(a, b, how));
  return got.items.every((each, index) => isSame(each, expected.items[index] ?? null, how));
}

/** Above so many members the search for partners would take too long; then their order has to be the same. */
const MOST_PARTNERS = 300;

function isPermutation<Item>(
  left: readonly Item[],
  right: readonly Item[],
  same: (a: Item, b: Item) => boolean,
): boolean {
  if (left.length > MOST_PARTNERS) return left.every((each, index) => same(each, right[index] as Item));
  const open = [...right];
  return left.every((each) => {
    const at = open.findIndex((other) => same(each, other));
    if (at !== -1) open.splice(at, 1);
    return at !== -1;
  });
}

type Entry = readonly [PromptValue, PromptValue];

function tagOf(value: PromptValue): string | null {
  return isTagged(value) ? value.t : null;
}

/** Keys of an object are texts. */
function entriesOf(value: PromptValue, { language }: Comparing): readonly Entry[] | null {
  if (!isTagged(value) || !("v" in value) || !isKeyed(value)) return null;
  return value.v.map(([key, inner]) => [language === "javascript" ? keyText(key) : key, inner]);
}

function isKeyed(value: Tagged): value is Extract<Tagged, { t: "object" | "map" | "dict" }> {
  return value.t === "object" || value.t === "map" || value.t === "dict";
}

function keyText(key: PromptValue): PromptValue {
  return typeof key === "number" || typeof key === "boolean" || key === null ? String(key) : key;
}

function areSameEntries(got: readonly Entry[], expected: readonly Entry[], how: Comparing): boolean {
  if (got.length !== expected.length) return false;
  return isPermutation(
    got,
    expected,
    ([key, value], [other, inner]) => isSame(key, other, how) && isSame(value, inner, how),
  );
}
