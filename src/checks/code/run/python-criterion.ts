import type { CodeCriterion } from "../../kit/criterion.ts";
import { callOf } from "../examples/calls.ts";
import { compilePython, runPython } from "../python/run-python.ts";
import type { CodeBlock } from "../read/blocks.ts";
import { definitionsOf } from "../read/definitions.ts";
import { definedIn } from "../read/python-names.ts";
import { versionsOf } from "../read/versions.ts";
import { isSame } from "../values/compare.ts";
import { valueOfJson } from "../values/json.ts";
import { argumentsAt } from "../values/literal.ts";
import { printed } from "../values/value.ts";
import type { CriterionOutcome } from "./criterion-outcome.ts";
import { assertsNothing, preparedCriterion } from "./python-assertions.ts";
import { newMark, snippetFor, valueOf } from "./python-call.ts";
import { problemOf } from "./run-python-examples.ts";

const TIME_LIMIT_MS = 4_000;
const tooSlow = `did not end within ${TIME_LIMIT_MS / 1000} s`;

/** The version of the code that counts, without what it does at its top beside defining. */
async function codeFor(blocks: readonly CodeBlock[], criterion: string): Promise<string> {
  const named = blocks
    .filter(({ content }) => !/^\s*>>>/.test(content))
    .map((block) => ({ block, names: definedIn(block.content) }));
  const wanted = new Set(named.flatMap(({ names }) => names).filter((name) => criterion.includes(name)));
  const version = versionsOf(named, wanted).at(-1) ?? [];
  return definitionsOf(version.map(({ block }) => block.content).join("\n\n"));
}

/** Runs statements of the caller, such as `assert f(1) == 2`, after the code. */
export async function judgeInPython(
  blocks: readonly CodeBlock[],
  statements: string,
  signal: AbortSignal,
): Promise<CriterionOutcome> {
  const code = await codeFor(blocks, statements);
  const prepared = await preparedCriterion(statements);
  if (prepared.kind === "unmade") return prepared;
  const isNoPython = async (): Promise<CriterionOutcome | null> => {
    const { problem } = await compilePython(statements, signal);
    return problem === null ? null : { kind: "unmade", reason: `the criterion is no Python: ${problem}` };
  };
  const refused = prepared.kind === "unknown" ? await isNoPython() : null;
  if (refused !== null) return refused;
  if (prepared.kind === "unknown" && !/\bassert\b/.test(statements)) return assertsNothing;
  const snippets = prepared.kind === "unknown" ? [statements] : prepared.snippets;
  const { loaded, results } = await runPython({ code, snippets, timeoutMs: TIME_LIMIT_MS }, signal);
  const result = results.at(-1) ?? loaded;
  if (result.kind === "ok") {
    return result.doubt === undefined
      ? { kind: "met", detail: "it holds" }
      : { kind: "unmade", reason: `the code ${result.doubt}` };
  }
  if (result.kind === "raised" && result.refused !== undefined)
    return { kind: "unmade", reason: `the code cannot be run here: ${result.refused}` };
  if (result.kind === "raised" && prepared.kind === "ready" && result.message.includes(prepared.mark))
    return assertsNothing;
  const found = problemOf(result);
  if (result.kind === "timeout") return { kind: "unmade", reason: `the code ${tooSlow}` };
  const mayBeNoPython =
    loaded.kind !== "ok" || (result.kind === "raised" && /^(?:Syntax|Indentation|Tab)Error$/.test(result.error));
  const problem = mayBeNoPython ? await isNoPython() : null;
  if (problem !== null) return problem;
  return { kind: "not_met", found: loaded.kind === "ok" ? found : `when it is loaded, the code ${found}` };
}

const NAME = /^\s*([A-Za-z_]\w*)\(/;

/** A call of literals reads the same in both languages. */
export async function callInPython(
  blocks: readonly CodeBlock[],
  { call, equals }: Extract<CodeCriterion, { kind: "call" }>,
  signal: AbortSignal,
): Promise<CriterionOutcome> {
  const name = NAME.exec(call);
  const given = name === null ? null : argumentsAt(call, name[0].length);
  const source =
    given === null || call.slice(given.end).trim() !== "" ? null : callOf(name?.[1] ?? "", given.values, "python");
  if (source === null) return { kind: "unmade", reason: "the call is JavaScript, the code is in python" };
  const mark = newMark();
  const run = { code: await codeFor(blocks, call), snippets: [snippetFor(source, mark)], timeoutMs: TIME_LIMIT_MS };
  const { loaded, results } = await runPython(run, signal);
  const result = results[0] ?? loaded;
  const handed = valueOf(result, mark);
  const expected = valueOfJson(equals);
  if (handed === null) {
    if (result.kind === "raised" && result.refused !== undefined)
      return { kind: "unmade", reason: `the code cannot be run here: ${result.refused}` };
    if (result.kind === "timeout") return { kind: "unmade", reason: `${call} ${tooSlow}` };
    return { kind: "not_met", found: `${call} ${problemOf(result)}; expected ${printed(expected)}` };
  }
  if (handed.value === undefined) return { kind: "unmade", reason: "the value is too large to be compared" };
  // JSON has neither tuples nor sets: either stands for a list here.
  const value = handed.value;
  const isEqual =
    isSame(value, expected, { language: "javascript", anyOrder: false }) ||
    isSame(value, expected, { language: "python", anyOrder: false });
  if (isEqual) return { kind: "met", detail: `${call} gives ${printed(value)}` };
  return { kind: "not_met", found: `${call} gives ${printed(value)}; expected ${printed(expected)}` };
}
