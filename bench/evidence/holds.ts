import type { CallResult } from "../../src/checks/code/agreement/run-calls.ts";
import { isSame } from "../../src/checks/code/values/compare.ts";
import type { PromptValue, RunLanguage } from "../../src/checks/code/values/value.ts";

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
