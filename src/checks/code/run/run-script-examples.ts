import type { PromptExample } from "../examples/example.ts";
import type { PromptValue } from "../values/value.ts";
import { openSandbox, type Evaluated } from "./quickjs.ts";
import type { Ran } from "./run-python-examples.ts";
import { judged, type Called, type TrialResult } from "./trial.ts";

/** Runs a script in a sandbox of its own, then each example in order. */
export async function runScriptExamples(
  code: string,
  lacks: string | null,
  examples: readonly PromptExample[],
): Promise<Ran> {
  const sandbox = await openSandbox();
  const loaded = sandbox.run(code);
  const results = examples.map((example): TrialResult => {
    // A line of the prompt that does not run by itself is no matter of the answer; what follows from it shows in the example.
    for (const statement of example.setup) sandbox.run(statement);
    return judged(example, calledBy(sandbox.evaluate(example.call), example, lacks), "javascript");
  });
  return {
    loadError: loaded.ok ? null : loaded.error,
    lacks: loaded.ok ? null : loaded.isUnmade ? loaded.error : lacks,
    results,
  };
}

function calledBy(evaluated: Evaluated, { name, call }: PromptExample, lacks: string | null): Called {
  if (evaluated.ok) return { kind: "value", value: JSON.parse(evaluated.encoded) as PromptValue };
  if (evaluated.isUnmade) return { kind: "unclear" };
  const missing = /ReferenceError: '?([\w$]+)'? is not defined/.exec(evaluated.error)?.[1];
  // Something in the arguments that the prompt takes for granted, not the function that was asked for.
  if (missing !== undefined && missing !== name && call.includes(missing)) return { kind: "unclear" };
  if (lacks !== null) return { kind: "unclear" };
  if (!evaluated.error.startsWith("threw")) return { kind: "never_settled", problem: evaluated.error };
  return { kind: "threw", problem: evaluated.error };
}
