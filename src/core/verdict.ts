import { BASES, type Basis, type CheckResult, type Evidence } from "../checks/kit/check-result.ts";

/** The name of a judge's line in a verdict. */
export const JUDGE_CHECK = "judge";

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
 * Facts fail, evidence verifies, the rest is unchecked. One fact fails an answer, even if all else holds. Evidence verifies it when all
 * checks that were due could be made and the lowest score reaches `minQuality`; a score of 0 is evidence of nothing, even where 0
 * is all that was asked for. Hints decide nothing.
 */
export function verdictOf(checks: readonly CheckResult[], minQuality: number): Verdict {
  const evidence = evidenceOf(checks);
  const failed = checks.some(({ passed }) => passed === false);
  const score = lowestOf(evidence);
  const complete = checks.every(({ passed }) => passed !== null);
  const verified = !failed && complete && score !== null && score > 0 && score >= minQuality;
  const status = failed ? "failed" : verified ? "verified" : "unchecked";
  const basis = verified ? (BASES.find((each) => evidence.some((one) => one.basis === each)) ?? null) : null;
  return { status, basis, summary: summaryOf(status, checks, minQuality), score, checks };
}

/** Whether evidence scores an answer below the quality that was asked for. Without evidence there is nothing to say. */
export function isBelow({ score }: Pick<Verdict, "score">, minQuality: number): boolean {
  return score !== null && score < minQuality;
}

/**
 * What an answer came to, for what is learned of it. `unchecked`: nothing could tell, whether it was taken or not. An answer below the
 * quality asked for has failed.
 */
export function answerResult(outcome: string, verdict: Verdict | null): "accepted" | "failed" | "unchecked" {
  if (verdict === null || (verdict.status === "unchecked" && (outcome === "accepted" || verdict.score === null))) {
    return "unchecked";
  }
  return outcome === "accepted" ? "accepted" : "failed";
}

/** A score for people, rounded down: what is below a threshold never reads as having reached it. */
export function shownScore(score: number): string {
  return (Math.floor(score * 100 + 1e-9) / 100).toFixed(2);
}

/** The evidence of all checks, the caller's criteria taken together: the share of those that could be looked at. */
function evidenceOf(checks: readonly CheckResult[]): readonly Evidence[] {
  const others = checks.filter(({ criterion }) => criterion !== true).flatMap((check) => check.evidence);
  const criteria = checks.filter(({ criterion }) => criterion === true);
  // Whether one holds that could not be looked at is unknown; it neither raises nor lowers the score.
  const made = criteria.filter(({ passed }) => passed !== null);
  if (made.length === 0) return others;
  const scores = made.map(({ evidence }) => lowestOf(evidence) ?? 0);
  return [{ basis: "tests", score: sum(scores) / made.length, summary: criteriaMet(criteria) }, ...others];
}

function criteriaMet(criteria: readonly CheckResult[]): string {
  const met = criteria.filter(({ passed }) => passed === true).length;
  return `${met} of ${criteria.length} of your criteria met`;
}

function lowestOf(evidence: readonly Evidence[]): number | null {
  return evidence.length === 0 ? null : Math.min(...evidence.map(({ score }) => score));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** What evidence says that the clauses about what was looked at do not say already: "short: 3 words", "3 words". */
export function unsaid(evidence: readonly Evidence[], looked: readonly string[]): readonly string[] {
  return evidence.map(({ summary }) => summary).filter((summary) => !looked.some((each) => each.endsWith(summary)));
}

const MOST_SUMMARY_CHARS = 300;
const MOST_FACTS = 2;

/** A verdict in one line: what was looked at, what was found, what it means. */
export function summaryOf(status: VerdictStatus, checks: readonly CheckResult[], minQuality: number): string {
  const parts = status === "failed" ? whyFailed(checks) : whatHolds(status, checks, minQuality);
  const line = [...new Set(parts)].join("; ").replace(/\s+/g, " ").trim();
  return line.length > MOST_SUMMARY_CHARS ? `${line.slice(0, MOST_SUMMARY_CHARS - 1).toWellFormed()}…` : line;
}

/** The first facts, how many more there are, and how many of the caller's criteria hold all the same. */
function whyFailed(checks: readonly CheckResult[]): readonly string[] {
  const facts = checks.flatMap(({ findings }) => findings.filter(({ certainty }) => certainty === "fact"));
  const criteria = checks.filter(({ criterion }) => criterion === true);
  return [
    ...facts.slice(0, MOST_FACTS).map(({ message }) => message),
    ...(facts.length > MOST_FACTS ? [`${facts.length - MOST_FACTS} more`] : []),
    ...(criteria.length > 1 ? [criteriaMet(criteria)] : []),
  ];
}

const MOST_REASON_CHARS = 160;

/** A check that could not be made, and why, where that is short. */
function unmadeText(name: string, detail: string): string {
  const reason = [`${name}: `, "not checked: "].reduce((rest, start) => withoutStart(rest, start), detail);
  return reason === "" || reason === name || reason.length > MOST_REASON_CHARS ? name : `${name} (${reason})`;
}

function withoutStart(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : text;
}

function whatHolds(status: VerdictStatus, checks: readonly CheckResult[], minQuality: number): readonly string[] {
  const evidence = evidenceOf(checks);
  const score = lowestOf(evidence);
  const hints = checks.reduce((count, { findings }) => count + findings.length, 0);
  const unmade = checks.filter(({ passed }) => passed === null).map(({ name, detail }) => unmadeText(name, detail));
  const looked = checks.flatMap((check) => (check.criterion === true ? [] : (check.looked ?? [])));
  return [
    ...looked,
    ...unsaid(evidence, looked),
    ...(hints === 0 ? [] : [hints === 1 ? "1 hint" : `${hints} hints`]),
    ...(unmade.length === 0 ? [] : [`could not be checked: ${unmade.join(", ")}`]),
    ...(status === "unchecked" && score === null ? ["nothing here could tell whether it is right"] : []),
    ...(score !== null && score < minQuality ? [`${shownScore(score)} is below ${minQuality}`] : []),
  ];
}
