/** One finding of an audit, as far as its parts could be told apart. `null`: not stated. */
export interface AuditFinding {
  readonly title: string;
  readonly severity: Severity | null;
  /** The location as written. */
  readonly location: string | null;
  readonly impact: string | null;
  readonly fix: string | null;
  /** All that it says of the code as it is: without the fix, the proof of concept and references. */
  readonly claims: string;
  /** Code blocks among the claims and in the location, by number. */
  readonly codes: readonly number[];
  /** Severities stated in title and label that disagree. */
  readonly disagreement: readonly [Severity, Severity] | null;
}

/** Stands in the text for a block of code, so that labels and sentences in code are not taken for the auditor's. */
export const CODE_MARK = /⟦code (\d+)⟧/g;

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
  style: "informational",
  warning: "low",
  "🔴": "high",
  "🟠": "medium",
  "🟡": "low",
  "🟢": "low",
  "🔵": "informational",
  "⚪": "informational",
  kritisch: "critical",
  hoch: "high",
  mittel: "medium",
  niedrig: "low",
  gering: "low",
  critica: "critical",
  crítica: "critical",
  crítico: "critical",
  critique: "critical",
  alta: "high",
  alto: "high",
  media: "medium",
  medio: "medium",
  média: "medium",
  baja: "low",
  baixa: "low",
  élevée: "high",
  élevé: "high",
  haute: "high",
  moyenne: "medium",
  moyen: "medium",
  faible: "low",
  严重: "critical",
  高危: "high",
  中危: "medium",
  低危: "low",
  高: "high",
  中: "medium",
  低: "low",
  высокая: "high",
  критическая: "critical",
  средняя: "medium",
  низкая: "low",
  qa: "informational",
  gas: "gas",
  optimization: "gas",
  optimisation: "gas",
};
const WORDS = Object.keys(SEVERITY_OF_WORD).join("|");
/** First as a value of its own, as in "High" or "High (CVSS 8.1)". */
const AS_VALUE = new RegExp(
  String.raw`^[^\p{L}\d]{0,12}(?:(?:severity|risk|very)[: -]{1,3})?(${WORDS})(?![\p{L}])`,
  "iu",
);
/** In a sentence: "severity is high", "rated High", "a critical issue". */
const IN_PROSE = new RegExp(
  String.raw`\bseverity(?: level| rating)?(?: is| of|:|,| =)? {1,2}[*\x60"(]{0,3}(${WORDS})\b|\b(?:rated?|rating|classif(?:y|ied)|consider(?:ed)?|deem(?:ed)?)(?: (?:this|it))?(?: as| is| to be)?(?: an?)? (${WORDS})\b|\b(${WORDS})(?:[- ]severity|[- ]risk| (?:vulnerability|finding))\b`,
  "iu",
);
const CVSS = /\b(?:cvss)?[^\d\n]{0,20}(10(?:\.0)?|\d(?:\.\d)?)(?: ?\/ ?10)?(?![\d.])/i;
const MARK = /[🔴🟠🟡🟢🔵⚪]/u;
/** What may number a title: "1.", "Finding 2:", "#3 –", "3.1". */
const NUMBER = String.raw`(?:(?:(?:finding|issue|vulnerability|bug) ?)?#?\d{1,2}(?:\.\d{1,2})?[.):]?[^\p{L}\d]{0,4})?`;
/** In a title: "[High] …", "(Critical)", "2. High: …", "High severity", "… – Medium", "High | …". */
const IN_TITLE = new RegExp(
  String.raw`[[(](?:severity: ?)?(${WORDS})\b|^[^\p{L}\d]{0,6}${NUMBER}(?:(?:severity|risk) ?[:=-] ?)?(${WORDS})(?: (?:severity|risk))? ?[:–—|\])-]|\b(${WORDS})[- ](?:severity|risk)\b|[–—|:-] ?(${WORDS})(?: (?:severity|risk))?\W{0,3}$`,
  "iu",
);
/** "[H-01]", "M-2:": the letter of an id. */
const ID_LETTER = /^\W{0,3}(C|H|M|L|I|N|G|QA|NC)[-_]?\d{1,3}\b/;
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
  return (
    severityOf(AS_VALUE.exec(value)?.[1]) ?? fromLetter(value) ?? fromScore(value) ?? severityOf(MARK.exec(value)?.[0])
  );
}

/** The severity that a sentence states. */
export function severityInProse(text: string): Severity | null {
  return severityOf(
    IN_PROSE.exec(text)
      ?.slice(1)
      .find((word) => word !== undefined),
  );
}

function fromLetter(value: string): Severity | null {
  return SEVERITY_OF_LETTER[/^\W{0,3}([CHMLIG])\W{0,3}$/.exec(value)?.[1] ?? ""] ?? null;
}

/** The bands of CVSS. */
function fromScore(value: string): Severity | null {
  if (!/cvss|^\W{0,4}\d/i.test(value)) return null;
  const score = Number(CVSS.exec(value)?.[1] ?? Number.NaN);
  if (Number.isNaN(score)) return null;
  if (score >= 9) return "critical";
  if (score >= 7) return "high";
  if (score >= 4) return "medium";
  return score > 0 ? "low" : "informational";
}

export function severityInTitle(title: string): Severity | null {
  const found = IN_TITLE.exec(title);
  const worded = severityOf(found?.slice(1).find((word) => word !== undefined));
  return worded ?? severityOf(MARK.exec(title)?.[0]) ?? SEVERITY_OF_LETTER[ID_LETTER.exec(title)?.[1] ?? ""] ?? null;
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
