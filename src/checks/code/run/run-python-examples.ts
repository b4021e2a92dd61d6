import { runPython, type PythonResult } from "../python/run-python.ts";
import type { PromptExample } from "../examples/example.ts";
import { newMark, snippetFor, valueOf } from "./python-call.ts";
import { judged, type Called, type TrialResult } from "./trial.ts";

const TIME_LIMIT_MS = 2_000;

export interface Ran {
  /** What loading the code threw; `null`: nothing. */
  readonly loadError: string | null;
  /** Loading stopped at what a sandbox does not have: a package, a network, an input. */
  readonly lacks: string | null;
  readonly results: readonly TrialResult[];
}

/** Runs Python code in a fresh interpreter, then each example in order. */
export async function runPythonExamples(
  code: string,
  examples: readonly PromptExample[],
  signal: AbortSignal,
): Promise<Ran> {
  const mark = newMark();
  const steps = examples.map(({ setup, call }) => [...setup, snippetFor(call, mark)]);
  const { loaded, results } = await runPython({ code, snippets: steps.flat(), timeoutMs: TIME_LIMIT_MS }, signal);
  const prints = /\bprint\s*\(/.test(code);
  let at = 0;
  const judgements = examples.map((example, index): TrialResult => {
    at += steps[index]?.length ?? 0;
    const result = results[at - 1];
    if (result === undefined) return { kind: "unclear" };
    // A session shows what is printed as well as what is returned.
    const mayGiveNothing = example.mayGiveNothing || (example.isSession && prints);
    return judged({ ...example, mayGiveNothing }, calledBy(result, mark, example), "python");
  });
  const lacks = loaded.kind === "raised" && loaded.refused !== undefined ? loaded.refused : null;
  return { loadError: loaded.kind === "ok" ? null : problemOf(loaded), lacks, results: judgements };
}

function calledBy(result: PythonResult, mark: string, { name, call }: PromptExample): Called {
  const handed = valueOf(result, mark);
  if (handed !== null) return handed.value === undefined ? { kind: "unclear" } : { kind: "value", value: handed.value };
  if (result.kind === "ok") return { kind: "unclear" };
  if (result.kind !== "raised") return { kind: "unclear" };
  if (result.refused !== undefined) return { kind: "unclear" };
  // Something in the arguments that the prompt takes for granted.
  const missing = /^name '(\w+)' is not defined/.exec(result.message)?.[1];
  if (result.error === "NameError" && missing !== undefined && missing !== name && call.includes(missing))
    return { kind: "unclear" };
  return { kind: "threw", problem: problemOf(result) };
}

export function problemOf(result: PythonResult): string {
  switch (result.kind) {
    case "ok":
      return "";
    case "raised":
      return `raises ${result.error}${result.message === "" ? "" : `: ${result.message}`}`.slice(0, 400);
    case "timeout":
      return `did not end within ${TIME_LIMIT_MS / 1000} s`;
    case "memory":
      return "used too much memory";
  }
}
