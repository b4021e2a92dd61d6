import { extractFiles } from "../../kit/answer/code-files.ts";
import type { Subject } from "../../kit/check.ts";
import { ruleCheck, type Conclusion } from "../../kit/rule-check.ts";
import { codeOf } from "../read/blocks.ts";
import { exampleRule } from "../rules/example.ts";
import { isUnchanged } from "../rules/unchanged.ts";
import { runExamples, type ExamplesRun } from "../run/run-examples.ts";

interface Input {
  readonly run: ExamplesRun;
  readonly subject: Subject;
}

/** JavaScript, TypeScript and Python of the answer hold to the examples of the prompt: all that can be run, and at least one. */
export const codeExamples = ruleCheck<Input>({
  name: "code_examples",
  timeoutMs: 20_000,
  async read(subject, signal) {
    return { input: { run: await runExamples(subject.prompt, subject.text, signal), subject } };
  },
  rules: [exampleRule],
  conclude({ run, subject }, findings) {
    const isFailed = findings.some(({ certainty }) => certainty === "fact");
    return isFailed || run.kind !== "run" ? {} : concluded(run, subject);
  },
});

type Run = Extract<ExamplesRun, { kind: "run" }>;

function concluded(run: Run, { prompt, text, files }: Subject): Conclusion {
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
  const measured = { examples: results.length };
  return { evidence: [{ basis: "tests", score: 1, summary: looked }], measured };
}
