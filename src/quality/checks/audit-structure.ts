import { AUDIT_MAX_CHARS, findingsOf } from "../audit/answer.ts";
import { lacksOf } from "../audit/finding.ts";
import { fail, graded, listed, notChecked, type Check } from "../check.ts";
import { namesOf } from "../solidity/scan.ts";
import { givenSources } from "../source.ts";

/** Parts that a finding states: severity, location, impact, fix. */
const PARTS = 4;
/** An audit without findings that names so many functions and variables did look at them. */
const MIN_NAMES = 3;
const FINDS_NOTHING =
  /\b(?:no|not? (?:find|found|identify|identified) any|0|zero) (?:\w+ ){0,4}(?:issues?|vulnerabilit(?:y|ies)|findings?|defects?|problems?|bugs?)\b/i;

/** Every finding states a known severity, where it is, what harm it does, and what to do. */
export const auditStructure: Check = {
  name: "audit_structure",
  kind: "graded",
  maxChars: AUDIT_MAX_CHARS,
  async run(subject) {
    const findings = await findingsOf(subject.text);
    if (findings.length > 0) {
      const lacks = findings.map(lacksOf);
      const score = lacks.reduce((sum, each) => sum + 1 - each.length / PARTS, 0) / findings.length;
      const short = findings.flatMap((finding, at) => {
        const missing = lacks[at] ?? [];
        return missing.length === 0 ? [] : [`"${finding.title.slice(0, 60)}" states no ${missing.join(", ")}`];
      });
      return graded(score, [`${findings.length} findings`, ...(short.length > 0 ? [listed(short)] : [])].join("; "));
    }
    if (!FINDS_NOTHING.test(subject.text)) return fail("no findings found");
    const known = new Set(givenSources(subject).flatMap((source) => [...namesOf(source.content)]));
    const named = new Set(spans(subject.text).filter((name) => known.has(name)));
    if (named.size >= MIN_NAMES)
      return notChecked("the audit finds nothing, which its form can neither prove nor refute");
    return fail("the audit finds nothing and does not show what it looked at");
  },
};

function spans(text: string): readonly string[] {
  return [...text.matchAll(/`([A-Za-z_$][\w$]{0,80})[^`\n]{0,200}`/g)].map((match) => match[1] ?? "");
}
