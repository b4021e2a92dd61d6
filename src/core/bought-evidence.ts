import type { CheckResult } from "../checks/kit/check-result.ts";
import { AGREEMENT_CHECK } from "./agreement.ts";
import { JUDGE_CHECK, verdictOf, type Verdict } from "./verdict.ts";
import { WRITTEN_TESTS_CHECK } from "./written-tests.ts";

/** The names of the lines of a verdict that stand for evidence which was bought. */
export const BOUGHT_EVIDENCE: ReadonlySet<string> = new Set([JUDGE_CHECK, AGREEMENT_CHECK, WRITTEN_TESTS_CHECK]);

/**
 * Whether evidence about an answer is worth buying: nothing failed, and there is none yet. Where a check that was due could not be made
 * nothing verifies the answer; a judge may still find it wanting.
 */
export function wantsEvidence({ status, score }: Verdict): boolean {
  return status === "unchecked" && score === null;
}

/** Whether evidence could verify an answer: every check that was due has been made. */
export function mayBeVerified({ checks }: Verdict): boolean {
  return checks.every(({ name, passed }) => passed !== null || BOUGHT_EVIDENCE.has(name));
}

/** The verdict with a line for evidence that was bought. Once there is some, it no longer matters which other could not be had. */
export function withEvidence(verdict: Verdict, row: CheckResult, minQuality: number): Verdict {
  const isFound = row.evidence.length > 0;
  const before = verdict.checks.filter(
    ({ name, passed }) => !(isFound && BOUGHT_EVIDENCE.has(name) && passed === null),
  );
  const { judgedBy } = verdict;
  return { ...verdictOf([...before, row], minQuality), ...(judgedBy === undefined ? {} : { judgedBy }) };
}
