import type { Certainty, Severity } from "./check-result.ts";
import type { ContextFile } from "./request-context.ts";

/** An answer, and as much of its request as matters, that shows what a rule finds or lets pass. */
export interface Example {
  /** The task, if the rule applies only to some tasks. */
  readonly taskId?: string;
  readonly prompt?: string;
  readonly answer: string;
  readonly files?: readonly ContextFile[];
  readonly responseSchema?: Readonly<Record<string, unknown>>;
}

/** What a rule reports about one place in an answer. Its check adds the rule's id, certainty and severity. */
export interface Violation {
  readonly message: string;
  /** See `Finding.repair`. */
  readonly repair?: string | null;
  /** `hint`, when a rule of facts is not certain in this case. */
  readonly certainty?: "hint";
}

/** One thing that a check looks at. `Input` is the answer as the check has read it. */
export interface Rule<Input> {
  /** `room/what-is-wrong`. */
  readonly id: string;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly docs: {
    /** What the rule finds, in one sentence. */
    readonly summary: string;
    /** Why that is wrong. */
    readonly why: string;
    /** Pages that say so. */
    readonly references?: readonly string[];
  };
  /** Answers that the rule lets pass. */
  readonly good: readonly Example[];
  /** Answers that the rule finds. */
  readonly bad: readonly Example[];
  /** Every violation in the answer. May throw, which means that the rule could not be applied. */
  run(input: Input, signal: AbortSignal): readonly Violation[] | Promise<readonly Violation[]>;
}

/** A rule as its check and the tester use it. Exists for its types: it holds an object literal against the shape. */
export function defineRule<Input>(rule: Rule<Input>): Rule<Input> {
  return rule;
}
