/**
 * What a caller wants an answer to hold to, beyond the checks of its task. Given with one request (`context.tests`) or with a
 * task in the config (`checks`). A text test reads the answer as it stands; a code test runs the code of the answer.
 */
export type TextTest =
  | { readonly kind: "json_schema"; readonly name: string; readonly schema: Readonly<Record<string, unknown>> }
  /** A JavaScript regular expression over the whole answer. */
  | {
      readonly kind: "matches" | "not_matches";
      readonly name: string;
      readonly pattern: string;
      readonly flags: string;
    }
  /** Every phrase must (or none may) stand in the answer, whatever its case and spacing. */
  | { readonly kind: "contains" | "not_contains"; readonly name: string; readonly phrases: readonly string[] };

export type CodeTest =
  /** An expression over the names that the answer defines, and the JSON value that it must come to. */
  | { readonly kind: "example"; readonly name: string; readonly call: string; readonly equals: unknown }
  /** Statements that must not throw, or an expression that must be true. */
  | { readonly kind: "assertion"; readonly name: string; readonly code: string };

export type CallerTest = TextTest | CodeTest;

/**
 * A program of the user's own, from the config alone: the answer goes to its standard input; exit code 0 accepts, and JSON on its
 * standard output may say `{score, detail}` or `{abstain: true, detail}`.
 */
export interface CommandTest {
  readonly kind: "command";
  readonly name: string;
  /** Program and arguments; no shell reads them. */
  readonly argv: readonly string[];
  readonly timeoutMs: number;
}

/** A check that the config gives to a task. */
export type OwnTest = TextTest | CommandTest;
