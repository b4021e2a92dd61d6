import type { RouteOutput } from "../core/contract.ts";

/** So much of what a passed check says is shown; the receipt has all of it. */
const PASSED_DETAIL_CHARS = 100;

/** A routed answer as an agent needs it: what is wrong in full, what is well in short. The receipt's resource keeps everything. */
export function trimmed(output: RouteOutput): RouteOutput {
  const checks = output.verdict.checks.map((check) =>
    check.passed === true && check.detail.length > PASSED_DETAIL_CHARS
      ? { ...check, detail: `${check.detail.slice(0, PASSED_DETAIL_CHARS - 1).toWellFormed()}…` }
      : check,
  );
  return { ...output, verdict: { ...output.verdict, checks } };
}
