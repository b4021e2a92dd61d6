import { examplesIn } from "../../src/checks/code/examples/read-examples.ts";
import { runPython } from "../../src/checks/code/python/run-python.ts";
import { codeOf, isScript } from "../../src/checks/code/read/blocks.ts";
import { definitionsOf } from "../../src/checks/code/read/definitions.ts";
import { newMark, snippetFor, valueOf } from "../../src/checks/code/run/python-call.ts";
import { openSandbox } from "../../src/checks/code/run/quickjs.ts";
import { joined, readScript } from "../../src/checks/code/run/script.ts";
import { isSame } from "../../src/checks/code/values/compare.ts";
import type { PromptValue, RunLanguage } from "../../src/checks/code/values/value.ts";

/** What a call came to: a value, an error, or nothing that can be compared. */
export type CallResult = { readonly value: PromptValue } | "threw" | "unclear";

const LIMIT_MS = 1_000;

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
): Promise<readonly CallResult[] | null> {
  return language === "python" ? runPythonCalls(prompt, text, calls) : runScriptCalls(text, calls);
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
  const results: CallResult[] = [];
  for (const call of calls) {
    const evaluated = sandbox.evaluate(call, LIMIT_MS);
    if (evaluated.ok) results.push({ value: JSON.parse(evaluated.encoded) as PromptValue });
    else if (evaluated.isUnmade === true) {
      // A world that has reached a limit has no time left.
      results.push("unclear");
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
): Promise<readonly CallResult[] | null> {
  const blocks = codeOf(text).filter(({ language }) => language === "python");
  if (blocks.length === 0) return null;
  const imports = (prompt.match(IMPORT) ?? []).join("\n");
  const code = await definitionsOf(`${imports}\n${blocks.map(({ content }) => content).join("\n\n")}`);
  const mark = newMark();
  const snippets = calls.map((call) => snippetFor(call, mark));
  const { results } = await runPython({ code, snippets, timeoutMs: LIMIT_MS }, AbortSignal.timeout(120_000));
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
    if (left === "threw" || right === "threw") same += left === right ? 1 : 0;
    else if (isSame(left.value, right.value, { language, anyOrder: false })) same += 1;
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

/** Whether all examples hold. */
export function holds(
  results: readonly CallResult[],
  examples: readonly { readonly expected: PromptValue }[],
  language: RunLanguage,
): boolean {
  return examples.every(({ expected }, index) => {
    const result = results[index] ?? "unclear";
    return typeof result === "object" && isSame(result.value, expected, { language, anyOrder: false });
  });
}
