/** One finding of an audit, as far as its parts could be told apart. `null`: not stated. */
export interface AuditFinding {
  readonly title: string;
  readonly severity: Severity | null;
  /** The location as written. */
  readonly location: string | null;
  readonly impact: string | null;
  readonly fix: string | null;
}

export type Severity = "critical" | "high" | "medium" | "low" | "informational" | "gas";

/** What auditors call the severities. */
const SEVERITY_OF_WORD: Readonly<Record<string, Severity>> = {
  critical: "critical",
  severe: "critical",
  high: "high",
  major: "high",
  medium: "medium",
  moderate: "medium",
  low: "low",
  minor: "low",
  informational: "informational",
  informative: "informational",
  info: "informational",
  note: "informational",
  "non-critical": "informational",
  "best practice": "informational",
  "code quality": "informational",
  qa: "informational",
  gas: "gas",
  optimization: "gas",
  optimisation: "gas",
};
const WORDS = Object.keys(SEVERITY_OF_WORD).join("|");
/** First as a value of its own, as in "High" or "High (CVSS 8.1)". */
const AS_VALUE = new RegExp(String.raw`^[^\p{L}\d]{0,8}(${WORDS})\b`, "iu");
/** In a title: "[High] …", "(Critical)", "High: …", "High severity", "… – Medium". */
const IN_TITLE = new RegExp(
  String.raw`[[(](${WORDS})\b|^[^\p{L}\d]{0,6}(${WORDS})(?: (?:severity|risk))? ?[:–—-]|\b(${WORDS})[- ](?:severity|risk)\b|[–—|:-] ?(${WORDS})(?: (?:severity|risk))?\W{0,3}$`,
  "iu",
);
/** "[H-01]", "M-2:": the letter of an id. */
const ID_LETTER = /^\W{0,3}(C|H|M|L|I|N|G|QA|NC)-?\d{1,3}\b/;
const SEVERITY_OF_LETTER: Readonly<Record<string, Severity>> = {
  C: "critical",
  H: "high",
  M: "medium",
  L: "low",
  I: "informational",
  N: "informational",
  NC: "informational",
  QA: "informational",
  G: "gas",
};

export function severityIn(value: string): Severity | null {
  return severityOf(AS_VALUE.exec(value)?.[1]);
}

export function severityInTitle(title: string): Severity | null {
  const found = IN_TITLE.exec(title);
  const worded = severityOf(found?.slice(1).find((word) => word !== undefined));
  return worded ?? SEVERITY_OF_LETTER[ID_LETTER.exec(title)?.[1] ?? ""] ?? null;
}

function severityOf(word: string | undefined): Severity | null {
  return word === undefined ? null : (SEVERITY_OF_WORD[word.toLowerCase()] ?? null);
}

/** The parts that a finding must state. A remark on style or gas harms nobody: it owes no impact. */
export function lacksOf(finding: AuditFinding): readonly string[] {
  const isRemark = finding.severity === "informational" || finding.severity === "gas";
  return [
    ...(finding.severity === null ? ["severity"] : []),
    ...(finding.location === null ? ["location"] : []),
    ...(finding.impact === null && !isRemark ? ["impact"] : []),
    ...(finding.fix === null ? ["fix"] : []),
  ];
}
