import { examplesIn } from "../examples/read-examples.ts";
import { runPython } from "../python/run-python.ts";
import { codeOf, isScript } from "../read/blocks.ts";
import { definitionsOf } from "../read/definitions.ts";
import { newMark, snippetFor, valueOf } from "../run/python-call.ts";
import { openSandbox } from "../run/quickjs.ts";
import { joined, readScript } from "../run/script.ts";
import { isSame } from "../values/compare.ts";
import type { PromptValue, RunLanguage } from "../values/value.ts";

/** What a call came to: a value, an error, or nothing that can be compared. */
export type CallResult = { readonly value: PromptValue } | "threw" | "unclear";

const LIMIT_MS = 1_000;
/** Code that so often reaches a limit is not run on. */
const MOST_UNCLEAR = 3;
/** Of all calls in Python together, milliseconds. */
const PYTHON_LIMIT_MS = 120_000;

/** What most answers to a prompt are written in. */
export function languageOf(texts: readonly string[]): RunLanguage {
  const scripts = texts.filter((text) => codeOf(text).some(isScript)).length;
  return scripts > texts.length / 2 ? "javascript" : "python";
}

/** The calls on the code of an answer, each by itself. `null`: there is no code that can be run. */
export async function runCalls(
  prompt: string,
  text: string,
  calls: readonly string[],
  language: RunLanguage,
  signal: AbortSignal = AbortSignal.timeout(PYTHON_LIMIT_MS),
): Promise<readonly CallResult[] | null> {
  return language === "python" ? runPythonCalls(prompt, text, calls, signal) : runScriptCalls(text, calls);
}

async function runScriptCalls(text: string, calls: readonly string[]): Promise<readonly CallResult[] | null> {
  const blocks = codeOf(text).filter(isScript);
  const read = (await Promise.all(blocks.map((block) => readScript(block, blocks.length > 1)))).filter(
    (each) => each !== null,
  );
  if (read.length === 0) return null;
  const wanted = new Set(calls.map((call) => call.slice(0, call.indexOf("("))));
  const code = joined(read, wanted);
  let sandbox = await openSandbox();
  sandbox.run(code);
  let unclear = 0;
  const results: CallResult[] = [];
  for (const call of calls) {
    if (unclear >= MOST_UNCLEAR) {
      results.push("unclear");
      continue;
    }
    const evaluated = sandbox.evaluate(call, LIMIT_MS);
    if (evaluated.ok) results.push({ value: JSON.parse(evaluated.encoded) as PromptValue });
    else if (evaluated.isUnmade === true) {
      // A world that has reached a limit has no time left.
      results.push("unclear");
      unclear += 1;
      sandbox = await openSandbox();
      sandbox.run(code);
    } else results.push("threw");
  }
  return results;
}

const IMPORT = /^(?:from [\w.]+ import [\w, *]+|import [\w., ]+)$/gm;

async function runPythonCalls(
  prompt: string,
  text: string,
  calls: readonly string[],
  signal: AbortSignal,
): Promise<readonly CallResult[] | null> {
  const blocks = codeOf(text).filter(({ language }) => language === "python");
  if (blocks.length === 0) return null;
  const imports = (prompt.match(IMPORT) ?? []).join("\n");
  const code = await definitionsOf(`${imports}\n${blocks.map(({ content }) => content).join("\n\n")}`);
  const mark = newMark();
  const snippets = calls.map((call) => snippetFor(call, mark));
  const { results } = await runPython({ code, snippets, timeoutMs: LIMIT_MS }, signal);
  return results.map((result): CallResult => {
    const handed = valueOf(result, mark);
    if (handed !== null) return handed.value === undefined ? "unclear" : { value: handed.value };
    return result.kind === "raised" && result.refused === undefined ? "threw" : "unclear";
  });
}

/** Two answers agree when all that can be compared is the same, and most of it can be. */
export function agree(a: readonly CallResult[], b: readonly CallResult[], language: RunLanguage): boolean {
  let [same, compared] = [0, 0];
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? "unclear";
    if (left === "unclear" || right === "unclear") continue;
    compared += 1;
    if (isSameResult(left, right, language)) same += 1;
  }
  return compared > a.length / 2 && same === compared;
}

/** The prompt's own examples as calls of literals, with what each must come to. */
export async function plainExamples(
  prompt: string,
  language: RunLanguage,
): Promise<readonly { readonly call: string; readonly expected: PromptValue }[]> {
  const examples = await examplesIn(prompt, language);
  return examples.flatMap(({ call, expected, setup }) =>
    typeof expected === "symbol" || setup.length > 0 ? [] : [{ call, expected }],
  );
}

/** The first call on which two answers differ; `null`: they differ on none that can be compared. */
export function firstDifference(
  a: readonly CallResult[],
  b: readonly CallResult[],
  language: RunLanguage,
): number | null {
  const at = a.findIndex((left, index) => {
    const right = b[index] ?? "unclear";
    return left !== "unclear" && right !== "unclear" && !isSameResult(left, right, language);
  });
  return at === -1 ? null : at;
}

function isSameResult(a: CallResult, b: CallResult, language: RunLanguage): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b;
  return isSame(a.value, b.value, { language, anyOrder: false });
}
