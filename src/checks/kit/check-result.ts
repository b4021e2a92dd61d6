/** How bad a defect is for the person or program that uses the answer. */
export type Severity = "critical" | "serious" | "moderate" | "minor";

/** `fact`: certain, fails the answer. `hint`: reported and passed to a repair, never decides the verdict. */
export type Certainty = "fact" | "hint";

/**
 * What a verified answer stands on, strongest first. `tests`: the caller's criteria or the prompt's own examples, executed;
 * `reference`: compared with a given original or source; the others cost another model call.
 */
export const BASES = ["tests", "reference", "written_tests", "agreement", "judge"] as const;
export type Basis = (typeof BASES)[number];

/** One thing that is wrong with an answer. */
export interface Finding {
  /** Id of the rule that found it, such as `code/syntax`. */
  readonly rule: string;
  readonly certainty: Certainty;
  readonly severity: Severity;
  /** What was found, as a clause about the answer. */
  readonly message: string;
  /**
   * Concrete errors for the model that repairs the answer, where they say more than the message: compiler output. `null`: no model
   * can do anything with this (a refusal, an empty answer), so that it alone is no reason to ask for a repair.
   */
  readonly repair?: string | null;
}

/** Positive evidence about this request. An absence of findings is no evidence. */
export interface Evidence {
  readonly basis: Basis;
  /** 0..1: the share of tests that passed, or a judge's grade. */
  readonly score: number;
  /** A clause for the summary: "4 of 4 of your criteria met". */
  readonly summary: string;
}

/** JSON data of a check's own shape, for the receipt; at most a few thousand characters of it. */
export type Measured = Readonly<Record<string, unknown>>;

/** The result of one check of an answer. */
export interface CheckResult {
  readonly name: string;
  /** It stands for one criterion of the caller. */
  readonly criterion?: true;
  /** `false`: a fact fails the answer. `null`: the check was due and could not be made, or not all of it. Else `true`. */
  readonly passed: boolean | null;
  /** What was found or looked at, so that a person or a model can act on it. */
  readonly detail: string;
  /** A clause for the summary about what was looked at: "compiles with the given code". */
  readonly looked?: string;
  readonly findings: readonly Finding[];
  readonly evidence: readonly Evidence[];
  readonly measured?: Measured;
  /** It stands for evidence that was bought, and that spoke for the answer: of which kind, from which models (by id, in order). */
  readonly bought?: { readonly basis: Basis; readonly models: readonly string[] };
}
