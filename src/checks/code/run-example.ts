import type { CodeCriterion } from "../kit/criterion.ts";
import { printed, sameValue } from "./compare.ts";
import type { Example } from "./example.ts";
import { exampleOf } from "./examples.ts";
import { openSandbox, type Evaluated, type Sandbox } from "./quickjs.ts";

/** What is to hold once the code has run. */
export type Trial =
  | { readonly kind: "call"; readonly name: string; readonly example: Example }
  | { readonly kind: "assertion"; readonly name: string; readonly code: string };

export interface Trials {
  /** What the code did when it was loaded: `null`, or what it threw. */
  readonly loadError: string | null;
  /** One for each trial: `null`, or how it failed; "unclear": what the prompt says of it cannot be run by itself. */
  readonly failures: readonly (Failed | null)[];
}

export type Failed = "unclear" | { readonly problem: string };

export function trialsOf(examples: readonly Example[], tests: readonly CodeCriterion[]): readonly Trial[] {
  const given = tests.map((test): Trial =>
    test.kind === "call"
      ? { kind: "call", name: test.name, example: exampleOf(test) }
      : { kind: "assertion", name: test.name, code: "code" in test ? test.code : "" },
  );
  return [...examples.map((example): Trial => ({ kind: "call", name: example.call, example })), ...given];
}

/** Runs the code in a sandbox of its own, then each trial in order. What is expected is worked out in another one, unspoilt. */
export async function runTrials(code: string, trials: readonly Trial[], anyOrder: boolean): Promise<Trials> {
  const [sandbox, unspoilt] = [await openSandbox(), await openSandbox()];
  const loaded = sandbox.run(code);
  if (!loaded.ok) return { loadError: loaded.error, failures: [] };
  const failures = trials.map((trial): Failed | null => {
    const problem = failureOf(trial, sandbox, unspoilt, anyOrder);
    return problem === null || problem === UNCLEAR ? problem : { problem };
  });
  return { loadError: null, failures };
}

const UNCLEAR = "unclear";

/** Something in the arguments that the prompt takes for granted, not the function that was asked for. */
function isOfThePrompt(error: string, call: string): boolean {
  const name = /ReferenceError: '([\w$]+)' is not defined/.exec(error)?.[1];
  return (
    name !== undefined &&
    !new RegExp(`^(?:new\\s+)?${name.replaceAll("$", "\\$")}\\b`).test(call) &&
    call.includes(name)
  );
}

function failureOf(trial: Trial, sandbox: Sandbox, unspoilt: Sandbox, anyOrder: boolean): string | null {
  if (trial.kind === "assertion") return assertionFailure(trial.code, sandbox);
  const { call, expected, setup = [] } = trial.example;
  // A line of the prompt that does not run by itself is no matter of the answer; what follows from it shows in the example.
  for (const statement of setup) sandbox.run(statement);
  if (expected === null) {
    const outcome = sandbox.evaluate(call);
    if (outcome.ok) return `${call} gives ${printed(outcome.encoded)}; it must throw`;
    return outcome.error.startsWith("threw") ? null : `${call} ${outcome.error}; it must throw`;
  }
  const wanted = unspoilt.evaluate(expected);
  if (!wanted.ok) return UNCLEAR;
  const got = sandbox.evaluate(call);
  if (!got.ok && isOfThePrompt(got.error, call)) return UNCLEAR;
  if (!got.ok) return `${call} ${got.error}; expected ${printed(wanted.encoded)}`;
  return sameValue(got.encoded, wanted.encoded, anyOrder)
    ? null
    : `${call} gives ${printed(got.encoded)}; expected ${printed(wanted.encoded)}`;
}

/** A comparison must be true; calls of `assert`, `expect` and the like, and statements, must not throw. */
function assertionFailure(code: string, sandbox: Sandbox): string | null {
  const asExpression = sandbox.evaluate(code.trim().replace(/;$/, ""));
  if (asExpression.ok) {
    const judgedByThrowing = /^(?:await\s+)?(?:assert|expect|test|it|describe)\b/.test(code.trim());
    return judgedByThrowing || !isFalse(asExpression) ? null : `${code} is ${printed(asExpression.encoded)}`;
  }
  if (!asExpression.error.startsWith("threw SyntaxError")) return `${code} ${asExpression.error}`;
  const asStatements = sandbox.run(code);
  return asStatements.ok ? null : `${code} ${asStatements.error}`;
}

function isFalse({ encoded }: Extract<Evaluated, { ok: true }>): boolean {
  return (
    encoded === "false" || encoded === "null" || encoded === "0" || encoded === '{"t":"undefined"}' || encoded === '""'
  );
}
