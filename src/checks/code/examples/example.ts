import type { PromptValue } from "../values/value.ts";

/** What a prompt says that a call comes to. */
export interface PromptExample {
  /** An expression in the language of the answer. */
  readonly call: string;
  /** The name that is called, which the answer has to define. */
  readonly name: string;
  readonly expected: PromptValue | typeof THROWS;
  /** Statements of the prompt that come before it: what it is called on. */
  readonly setup: readonly string[];
  /** The prompt shows what is printed: a text has no quotes there. */
  readonly isPrinted: boolean;
  readonly anyOrder: boolean;
  /** It stands behind a bare equals sign, as formulas do. */
  readonly isFormula: boolean;
  /** It comes from an interpreter session, which shows what is printed as well. */
  readonly isSession: boolean;
  /** The function may change what it is given instead of returning it. */
  readonly mayGiveNothing: boolean;
}

/** What most examples have in common. */
export const PLAIN = {
  setup: [],
  isPrinted: false,
  anyOrder: false,
  isFormula: false,
  isSession: false,
  mayGiveNothing: false,
} as const;

/** The call must throw. */
export const THROWS = Symbol("throws");

/** What code does today, in a report of a bug, is not what it should do. */
export const NOT_WANTED =
  /\b(?:actual(?:ly)?|currently|wrong(?:ly)?|incorrect(?:ly)?|buggy|but (?:it )?(?:returns|gives|got)|instead of|at the moment|don't|do not|doesn't|not return)\b/i;

/** Of a prompt that shows the code of a bug, only what is said to be wanted is certain. */
export const WANTED = /\b(?:should|must|expect(?:ed|s)?|want(?:ed)?|ought)\b/i;

/** What these come to is left to chance or to the clock. */
export const CHANCE = /\b(?:random|shuffle|uuid|sample|pick)|[a-z_]Random|_random|Date\.now|\bnow\(|today/i;

export const MOST_EXAMPLES = 60;
export const MOST_LINE_CHARS = 1_000;
