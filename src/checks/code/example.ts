/** An example with its expectation as an expression. */
export interface Example {
  readonly call: string;
  /** `null`: it must throw. */
  readonly expected: string | null;
  /** Statements of the prompt that come before it: what it is called on. */
  readonly setup?: readonly string[];
}

/** What code does today, in a report of a bug, is not what it should do. */
export const NOT_WANTED =
  /\b(?:actual(?:ly)?|currently|wrong(?:ly)?|incorrect(?:ly)?|buggy|but (?:it )?(?:returns|gives)|instead of|at the moment|don't|do not)\b/i;
