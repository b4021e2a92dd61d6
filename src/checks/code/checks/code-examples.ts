import { extractFiles } from "../../kit/answer/code-files.ts";
import type { Subject } from "../../kit/check.ts";
import { ruleCheck, type Conclusion } from "../../kit/rule-check.ts";
import { codeOf } from "../read/blocks.ts";
import { exampleRule } from "../rules/example.ts";
import { isUnchanged } from "../rules/unchanged.ts";
import { runExamples, type ExamplesRun } from "../run/run-examples.ts";
import { weaknessOf, type Strength } from "../strength/strength.ts";

interface Input {
  readonly run: ExamplesRun;
  readonly subject: Subject;
}

/** JavaScript, TypeScript and Python of the answer hold to the examples of the prompt, and whether these say enough. */
export const codeExamples = ruleCheck<Input>({
  name: "code_examples",
  timeoutMs: 20_000,
  async read(subject, signal) {
    return { input: { run: await runExamples(subject.prompt, subject.text, signal), subject } };
  },
  rules: [exampleRule],
  async conclude({ run, subject }, findings, signal) {
    const isFailed = findings.some(({ certainty }) => certainty === "fact");
    return isFailed || run.kind !== "run" ? {} : concluded(run, subject, signal);
  },
});

type Run = Extract<ExamplesRun, { kind: "run" }>;

async function concluded(run: Run, { prompt, text, files }: Subject, signal: AbortSignal): Promise<Conclusion> {
  const last = run.versions.at(-1);
  const results = last?.ran.results ?? [];
  const held = results.filter(({ kind }) => kind === "holds").length;
  if (last === undefined || held === 0) return { looked: "no example of the prompt could be run" };
  const looked = `${held} of ${results.length} examples of the prompt hold`;
  if (held < results.length) return { looked };
  if (run.lacking !== null) return { looked: `${looked}; ${run.lacking}, which others call, is not defined` };
  const given = [...extractFiles(prompt), ...files].map(({ content }) => content);
  if (isUnchanged({ blocks: codeOf(text), given }))
    return { looked: `${looked}, as they do for the code that was given` };
  const strength = await strengthOf(run, last.code, signal);
  if (strength === null) return { looked };
  const { tried, noticed } = strength;
  const measured = { examples: results.length, changes_tried: tried, changes_noticed: noticed };
  const weakness = weaknessOf(run.examples, prompt, strength);
  if (weakness !== null) return { looked: `${looked}, too few to tell: ${weakness}`, measured };
  return { evidence: [{ basis: "tests", score: 1, summary: looked }], measured };
}

async function strengthOf(run: Run, code: string, signal: AbortSignal): Promise<Strength | null> {
  if (run.language === "python") {
    const { pythonStrength } = await import("../strength/python-strength.ts");
    return pythonStrength(code, run.examples, signal);
  }
  const { scriptStrength } = await import("../strength/script-strength.ts");
  return scriptStrength(code, run.examples);
}
