import { citationOf } from "./citations.ts";
import type { AuditFinding } from "./finding.ts";

/** Titles of findings that say again what another one has said: the same words about the same place. */
export function repeatedFindings(findings: readonly AuditFinding[]): readonly string[] {
  const seen = new Set<string>();
  return findings.flatMap((finding) => {
    const key = `${keyOf(finding)} ${citationOf(finding).names.join(" ").toLowerCase()} ${squeezed(finding.claims).slice(0, 200)}`;
    if (seen.has(key)) return [finding.title];
    seen.add(key);
    return [];
  });
}

/** Findings of one title and place whose severities differ. */
export function disagreements(findings: readonly AuditFinding[]): readonly string[] {
  const first = new Map<string, AuditFinding>();
  return findings.flatMap((finding) => {
    if (finding.disagreement !== null) {
      return [
        `"${finding.title.slice(0, 60)}" is ${finding.disagreement[0]} in its title and ${finding.disagreement[1]} below`,
      ];
    }
    const key = `${keyOf(finding)} ${citationOf(finding).names.join(" ").toLowerCase()}`;
    const before = first.get(key);
    if (before === undefined) first.set(key, finding);
    if (before === undefined || before.severity === null || finding.severity === null) return [];
    return before.severity === finding.severity
      ? []
      : [`"${finding.title.slice(0, 60)}" is both ${before.severity} and ${finding.severity}`];
  });
}

/** The title without number, severity and marks. */
function keyOf({ title }: AuditFinding): string {
  return squeezed(
    title
      .replace(/^\W{0,4}(?:(?:finding|issue)? ?#?[A-Z]{0,3}-?\d{1,3}\W{0,3})/i, "")
      .replace(/\b(?:critical|high|medium|low|info\w*)\b/gi, ""),
  );
}

function squeezed(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
