import { isRounded, isSame } from "../values/compare.ts";
import { isList, isTagged, printed, type RunLanguage, type PromptValue } from "../values/value.ts";
import type { PromptExample } from "../examples/example.ts";

/** What a call of an example came to in a sandbox. */
export type Called =
  | { readonly kind: "value"; readonly value: PromptValue }
  | { readonly kind: "threw"; readonly problem: string }
  /** Nothing is left to run, and its promise is still open. */
  | { readonly kind: "never_settled"; readonly problem: string }
  /** The sandbox lacks what it needs (time and memory too), or its value cannot be handed out. */
  | { readonly kind: "unclear" };

/** Whether an example holds. */
export type TrialResult =
  | { readonly kind: "holds" }
  | { readonly kind: "fails"; readonly problem: string }
  | { readonly kind: "unclear" };

/** Holds what a call came to against what the prompt says. */
export function judged(example: PromptExample, called: Called, language: RunLanguage): TrialResult {
  const { call, expected, anyOrder, isPrinted } = example;
  if (called.kind === "unclear") return { kind: "unclear" };
  if (called.kind === "never_settled") return { kind: "fails", problem: `${call}: ${called.problem}` };
  if (typeof expected === "symbol") {
    if (called.kind === "threw") return { kind: "holds" };
    return { kind: "fails", problem: `${call} gives ${printed(called.value)}; it must throw` };
  }
  if (called.kind === "threw")
    return { kind: "fails", problem: `${call} ${called.problem}; expected ${printed(expected)}` };
  const { value } = called;
  if (isSame(value, expected, { language, anyOrder })) return { kind: "holds" };
  const isUnclear =
    (example.mayGiveNothing && isNothing(value)) ||
    isRounded(value, expected) ||
    isOfItsOwn(value) ||
    isAloneInBrackets(value, expected) ||
    (language === "javascript" && isSame(value, lastOfBrackets(expected), { language, anyOrder })) ||
    (isPrinted && (typeof value !== "object" || value === null || isTagged(value)) && isPrintedAs(value, expected));
  if (isUnclear) return { kind: "unclear" };
  return { kind: "fails", problem: `${call} gives ${printed(value)}; expected ${printed(expected)}` };
}

function isNothing(value: PromptValue): boolean {
  return isTagged(value) && (value.t === "none" || value.t === "undefined");
}

/** An object of a class, a generator: what a prompt shows of it is a form that only its language knows. */
function isOfItsOwn(value: PromptValue): boolean {
  return isTagged(value) && (value.t === "other" || value.t === "date" || value.t === "error");
}

/** The function prints its result itself, or gives it as a text. */
function isPrintedAs(value: PromptValue, expected: PromptValue): boolean {
  return typeof value !== "string" ? isTagged(value) : value.trim() === printed(expected);
}

/** `("Venus")` in a prompt may have meant a tuple of one. */
function isAloneInBrackets(value: PromptValue, expected: PromptValue): boolean {
  return (
    isTagged(value) &&
    value.t === "tuple" &&
    value.v.length === 1 &&
    JSON.stringify(value.v[0]) === JSON.stringify(expected)
  );
}

/** In JavaScript `(1, 2)` is 2: a prompt that shows it may mean just that. */
function lastOfBrackets(expected: PromptValue): PromptValue {
  if (isList(expected)) return expected.map(lastOfBrackets);
  return isTagged(expected) && expected.t === "tuple" ? (expected.v.at(-1) ?? expected) : expected;
}
