import type { RequestErrorCode, ErrorKind } from "../../core/errors.ts";
import type { Fault } from "../../sandbox/faults.ts";

/** What must come of a scene. Everything else is a failed demo. */
export type Expected =
  | { readonly kind: "first_answers" }
  | { readonly kind: "falls_back_after_failure"; readonly error: ErrorKind }
  | { readonly kind: "falls_back_after_verdict" }
  | { readonly kind: "refused"; readonly code: RequestErrorCode };

/** One request of the demo. The prompt is the sandbox's own for the task. */
export interface Scene {
  readonly task: string;
  /** What is special about it, for people. */
  readonly about: string;
  /** Set on the model that the plan asks first. */
  readonly fault: Fault | null;
  readonly budgetUsd?: number;
  readonly deadlineMs?: number;
  readonly expected: Expected;
}

/** The five tasks, two of them with a primary that misbehaves, and a request that its budget cannot pay. */
export const SCENES: readonly Scene[] = [
  {
    task: "solidity_codegen",
    about: "all is well",
    fault: null,
    expected: { kind: "first_answers" },
  },
  {
    task: "gas_optimization",
    about: "the first model hangs; 3 s for everything",
    fault: { kind: "hang" },
    deadlineMs: 3000,
    expected: { kind: "falls_back_after_failure", error: "timeout" },
  },
  {
    task: "ui_design",
    about: "all is well",
    fault: null,
    expected: { kind: "first_answers" },
  },
  {
    task: "semantic_audit",
    about: "all is well",
    fault: null,
    expected: { kind: "first_answers" },
  },
  {
    task: "planning",
    about: "the first model's plan looks finished but cannot be carried out",
    fault: { kind: "bad_answer" },
    expected: { kind: "falls_back_after_verdict" },
  },
  {
    task: "solidity_codegen",
    about: "a budget of $0.0001",
    fault: null,
    budgetUsd: 0.0001,
    expected: { kind: "refused", code: "budget_exceeded" },
  },
];
