import { BASES, type Basis, type CheckResult, type Evidence } from "../checks/kit/check-result.ts";

export type VerdictStatus = "verified" | "failed" | "unchecked";

/** What the checks say together about an answer. */
export interface Verdict {
  readonly status: VerdictStatus;
  /** What a verified answer stands on; `null` unless it is verified. */
  readonly basis: Basis | null;
  /** One line for people and agents: what was looked at, what was found, what it means. */
  readonly summary: string;
  /** 0..1 where evidence gives one (share of tests passed, a judge's grade): orders answers, and is held against `min_quality`. */
  readonly score: number | null;
  readonly checks: readonly CheckResult[];
  /** The model whose judgement is part of it. Absent: the checks alone. */
  readonly judgedBy?: string;
}

/**
 * Facts fail, evidence verifies, the rest is unchecked. One fact fails an answer whatever else holds. Evidence verifies it when all
 * checks that were due could be made and the score reaches `minQuality`. Hints decide nothing.
 */
export function verdictOf(checks: readonly CheckResult[], minQuality: number): Verdict {
  const evidence = evidenceOf(checks);
  const failed = checks.some(({ passed }) => passed === false);
  const score = evidence.length === 0 ? null : Math.min(...evidence.map((each) => each.score));
  const complete = checks.every(({ passed }) => passed !== null);
  const verified = !failed && complete && score !== null && score >= minQuality;
  const status = failed ? "failed" : verified ? "verified" : "unchecked";
  const basis = verified ? (BASES.find((each) => evidence.some((one) => one.basis === each)) ?? null) : null;
  return { status, basis, summary: summaryOf(status, checks, minQuality), score, checks };
}

/** The evidence of all checks, the caller's criteria taken together. */
function evidenceOf(checks: readonly CheckResult[]): readonly Evidence[] {
  const others = checks.filter(({ criterion }) => criterion !== true).flatMap((check) => check.evidence);
  const criteria = checks.filter(({ criterion }) => criterion === true);
  if (criteria.length === 0) return others;
  const total = criteria.reduce((sum, { evidence }) => sum + (evidence[0]?.score ?? 0), 0);
  const count = criteria.filter(({ passed }) => passed === true).length;
  const summary = `${count} of ${criteria.length} of your criteria met`;
  return [{ basis: "tests", score: total / criteria.length, summary }, ...others];
}

const MOST_SUMMARY_CHARS = 300;
const MOST_FACTS = 2;

/** A verdict in one line: what was looked at, what was found, what it means. */
export function summaryOf(status: VerdictStatus, checks: readonly CheckResult[], minQuality: number): string {
  const evidence = evidenceOf(checks);
  const findings = checks.flatMap((check) => check.findings);
  const facts = findings.filter(({ certainty }) => certainty === "fact").map(({ message }) => message);
  const hints = findings.length - facts.length;
  const unmade = checks.filter(({ passed }) => passed === null).map(({ name }) => name);
  const score = Math.min(...evidence.map((each) => each.score));
  const parts =
    status === "failed"
      ? [...facts.slice(0, MOST_FACTS), ...(facts.length > MOST_FACTS ? [`${facts.length - MOST_FACTS} more`] : [])]
      : [
          ...checks.flatMap(({ criterion, looked }) => (criterion === true ? [] : (looked ?? []))),
          ...evidence.map(({ summary }) => summary),
          ...(hints === 0 ? [] : [hints === 1 ? "1 hint" : `${hints} hints`]),
          ...(unmade.length === 0 ? [] : [`could not be checked: ${unmade.join(", ")}`]),
          ...(status === "unchecked" && evidence.length === 0 ? ["nothing here could tell whether it is right"] : []),
          ...(status === "unchecked" && score < minQuality ? [`${score.toFixed(2)} is below ${minQuality}`] : []),
        ];
  const line = parts.join("; ").replace(/\s+/g, " ");
  return line.length > MOST_SUMMARY_CHARS ? `${line.slice(0, MOST_SUMMARY_CHARS - 1).toWellFormed()}…` : line;
}
