import { listed } from "../../checks/kit/check.ts";
import type { CheckResult } from "../../checks/kit/check-result.ts";

/** The summary of a verdict from before there were facts and evidence: what its checks said. */
export function oldSummary(checks: readonly CheckResult[]): string {
  const failed = checks.filter(({ passed }) => passed === false).map(({ name, detail }) => `${name}: ${detail}`);
  if (failed.length > 0) return listed(failed);
  const passed = checks.filter((check) => check.passed === true).length;
  return passed === 1 ? "1 check passed" : `${passed} checks passed`;
}
