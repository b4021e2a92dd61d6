import type { RequestErrorCode, ErrorKind } from "../../core/errors.ts";
import type { Fault } from "../../sandbox/faults.ts";
import { MEDIAN, MOVE, ORDER, SIGN_UP, VAULT, type DemoCriteria } from "./criteria.ts";

/** What must come of a scene. Everything else is a failed demo. */
export type Expected =
  | { readonly kind: "first_answers" }
  | { readonly kind: "falls_back_after_failure"; readonly error: ErrorKind }
  | { readonly kind: "repairs_own_answer" }
  | { readonly kind: "next_model_repairs" }
  | { readonly kind: "refused"; readonly code: RequestErrorCode };

/** One request of the demo. The prompt is the sandbox's own for the task. */
export interface DemoScene {
  readonly task: string;
  /** What is special about it, for people. */
  readonly about: string;
  /** Set on the model that the plan asks first. */
  readonly fault: Fault | null;
  readonly budgetUsd?: number;
  readonly deadlineMs?: number;
  /** What its answer is held to. */
  readonly accept?: DemoCriteria;
  readonly expected: Expected;
  /** Of the answer that is returned. */
  readonly verdict: "verified" | "unchecked";
}

/** Every task with a checker of its own, primaries that misbehave among them, and a request that its budget cannot pay. */
export const SCENES: readonly DemoScene[] = [
  {
    task: "solidity_codegen",
    about:
      "the first model's contract is broken; the next one gets the findings, and its contract passes the caller's tests",
    fault: { kind: "bad_answer" },
    accept: VAULT,
    expected: { kind: "next_model_repairs" },
    verdict: "verified",
  },
  {
    task: "gas_optimization",
    about: "original and answer are run against each other",
    fault: null,
    expected: { kind: "first_answers" },
    verdict: "verified",
  },
  {
    task: "ui_design",
    about: "the caller names the fields and the button that the page must have",
    fault: null,
    accept: SIGN_UP,
    expected: { kind: "first_answers" },
    verdict: "verified",
  },
  {
    task: "semantic_audit",
    about: "the first model hangs; 5 s for everything; no tool can tell whether the findings are right",
    fault: { kind: "hang" },
    deadlineMs: 5000,
    expected: { kind: "falls_back_after_failure", error: "timeout" },
    verdict: "unchecked",
  },
  {
    task: "planning",
    about: "the first model's plan cannot be carried out; it repairs its plan by what the checks found",
    fault: { kind: "bad_answer", times: 1 },
    accept: MOVE,
    expected: { kind: "repairs_own_answer" },
    verdict: "verified",
  },
  {
    task: "code_generation",
    about: "the first answer fails one of the caller's criteria; its repair meets all",
    fault: { kind: "bad_answer", times: 1 },
    accept: MEDIAN,
    expected: { kind: "repairs_own_answer" },
    verdict: "verified",
  },
  {
    task: "extraction",
    about: "the caller's JSON Schema and the names that must not be lost",
    fault: null,
    accept: ORDER,
    expected: { kind: "first_answers" },
    verdict: "verified",
  },
  {
    task: "solidity_codegen",
    about: "a budget of $0.0001",
    fault: null,
    budgetUsd: 0.0001,
    expected: { kind: "refused", code: "budget_exceeded" },
    verdict: "verified",
  },
];
