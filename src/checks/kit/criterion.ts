interface WithName {
  /** Its name in the verdict: the caller's, or one made from its content. */
  readonly name: string;
}

/** A requirement on the answer's text. */
export type TextCriterion = WithName &
  (
    | { readonly kind: "json_schema"; readonly schema: Readonly<Record<string, unknown>> }
    /** A JavaScript regular expression over the whole answer. */
    | { readonly kind: "matches" | "not_matches"; readonly pattern: string; readonly flags: string }
    /** Every phrase must (or none may) stand in the answer; case and spacing do not count. */
    | { readonly kind: "contains" | "not_contains"; readonly phrases: readonly string[] }
    | { readonly kind: "max_words" | "min_words"; readonly words: number }
    /** ISO 639-1 code of the language that the answer is written in. */
    | { readonly kind: "language"; readonly language: string }
  );

/** A requirement on the answer's code, tested by running it. */
export type CodeCriterion = WithName & CodeRequirement;
type CodeRequirement =
  /** A JavaScript expression over the names that the answer defines, and the JSON value that it comes to. */
  | { readonly kind: "call"; readonly call: string; readonly equals: unknown }
  /** JavaScript statements that must not throw, or an expression that must be true. */
  | { readonly kind: "assert"; readonly code: string }
  /** Python statements, such as `assert f(1) == 2`, run after the answer's code. */
  | { readonly kind: "python"; readonly code: string }
  /** The code of the answer gets through its language's compiler or parser. */
  | { readonly kind: "compiles" };

/** A requirement on a contract of the answer. */
export type SolidityCriterion = WithName &
  (
    | {
        readonly kind: "contract";
        /** Its name; `null`: any contract of the answer. */
        readonly contract: string | null;
        /** Signatures, such as `transfer(address,uint256)`. */
        readonly functions: readonly string[];
        readonly events: readonly string[];
        readonly errors: readonly string[];
        readonly standard: "ERC20" | "ERC721" | "ERC1155" | "ERC4626" | null;
      }
    /** Source of a test contract: each function `test…` is run in an EVM, in a deployment of its own, and must not revert. */
    | { readonly kind: "solidity_test"; readonly source: string }
  );

/** A requirement on a page of the answer. */
export type PageCriterion = WithName & PageRequirement;
type PageRequirement =
  /** So many elements (at least one without `count`) of an ARIA role, with an accessible name that holds `text`. */
  | { readonly kind: "element"; readonly role: string; readonly text: string | null; readonly count: number | null }
  /** A heading or landmark of that name. */
  | { readonly kind: "section"; readonly section: string }
  /** Its scripts run without an uncaught error when it is loaded. */
  | { readonly kind: "no_script_errors" };

/** A requirement on a plan in the answer. */
export type PlanCriterion = WithName &
  (
    | { readonly kind: "steps"; readonly min: number | null; readonly max: number | null }
    /** Each phrase stands in some step. */
    | { readonly kind: "covers"; readonly phrases: readonly string[] }
    /** The step that holds the first phrase stands before the one that holds the second. */
    | { readonly kind: "before"; readonly first: string; readonly second: string }
    /** Every dependency names a step of the plan. */
    | { readonly kind: "no_dangling" }
  );

/** One machine-checkable requirement of the caller (`accept`). */
export type Criterion = TextCriterion | CodeCriterion | SolidityCriterion | PageCriterion | PlanCriterion;
export type CriterionKind = Criterion["kind"];

/** By kind of criterion, the check that runs it. */
export const CRITERION_CHECKS = {
  json_schema: "accept_text",
  matches: "accept_text",
  not_matches: "accept_text",
  contains: "accept_text",
  not_contains: "accept_text",
  max_words: "accept_text",
  min_words: "accept_text",
  language: "accept_text",
  call: "accept_code",
  assert: "accept_code",
  python: "accept_code",
  compiles: "accept_code",
  contract: "accept_solidity",
  solidity_test: "accept_solidity",
  element: "accept_page",
  section: "accept_page",
  no_script_errors: "accept_page",
  steps: "accept_plan",
  covers: "accept_plan",
  before: "accept_plan",
  no_dangling: "accept_plan",
} as const satisfies Record<CriterionKind, string>;

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
  /** The folder that it runs in: that of the config file. Absent: the one that Signalbox was started in. */
  readonly folder?: string;
}

/** Another model's answer to the same request, to be compared with this one; and calls to compare code by, besides the prompt's examples. */
export interface AgreementTest {
  readonly kind: "agreement";
  readonly name: string;
  readonly other: string;
  readonly calls: readonly string[];
}

/** All that one run of a check may be about. */
export type Tested = Criterion | CommandTest | AgreementTest;

/** The check that runs a criterion of a caller; `null`: it is none. */
export function checkOf(tested: Tested): (typeof CRITERION_CHECKS)[CriterionKind] | null {
  return tested.kind === "command" || tested.kind === "agreement" ? null : CRITERION_CHECKS[tested.kind];
}

/** A check that the config gives to a task. */
export type OwnCriterion = TextCriterion | CommandTest;
