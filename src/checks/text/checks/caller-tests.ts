import type { TextCriterion } from "../../kit/criterion.ts";
import { fail, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { runTextTest } from "../caller-tests/text-test.ts";

/** The answer holds to the caller's own tests of its text (`context.tests`). */
export const callerTests = legacy({
  name: "caller_tests",
  kind: "gate",
  cap: 0.2,
  maxChars: 2_000_000,
  applies: ({ context }) => context.tests.some(isTextTest),
  async run({ text, context }) {
    const tests = context.tests.filter(isTextTest);
    const failed: string[] = [];
    const unmade: string[] = [];
    for (const test of tests) {
      const outcome = await runTextTest(test, text);
      if (!outcome.checked) unmade.push(`${test.name}: ${outcome.reason}`);
      else if (!outcome.passed) failed.push(`${test.name}: ${outcome.detail}`);
    }
    if (failed.length > 0) {
      const detail = `${failed.length} of ${tests.length} tests failed: ${failed.join("; ")}`;
      return fail(detail, { repair: failed.join("\n") });
    }
    return unmade.length > 0 ? notChecked(unmade.join("; ")) : pass(`${tests.length} of ${tests.length} tests hold`);
  },
});

function isTextTest(test: { readonly kind: string }): test is TextCriterion {
  return test.kind !== "example" && test.kind !== "assertion";
}
