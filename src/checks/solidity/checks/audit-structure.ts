import { AUDIT_MAX_CHARS, auditOf } from "../audit/answer.ts";
import { demandsOf, unmetDemands, unmetParts } from "../audit/requested-form.ts";
import { findsNothing, isReasoned } from "../audit/no-findings.ts";
import { lacksOf, type AuditFinding } from "../audit/finding.ts";
import { isForeign } from "../audit/language.ts";
import { repeatedFindings } from "../audit/repeats.ts";
import { auditedSource } from "../audit/source-model.ts";
import { listed } from "../../kit/check.ts";
import { fail, graded, notChecked, pass, legacy } from "../../kit/legacy.ts";

/** Parts that a finding states: severity, location, impact, fix. */
const PARTS = 4;
const UNMET_SCORE = 0.4;
const SHOWN = 20;

/** Every finding states a known severity, where it is, what harm it does, and what to do; the form is the one asked for. */
export const auditStructure = legacy({
  name: "audit_structure",
  kind: "gate",
  cap: 0.5,
  maxChars: AUDIT_MAX_CHARS,
  async run(subject) {
    const source = await auditedSource(subject);
    if (source === null) return notChecked("no audited source in the prompt or the context");
    const audit = await auditOf(subject.text);
    const { findings } = audit;
    const demands = demandsOf(subject.prompt);
    const unmet = [...unmetDemands(demands, audit, findings), ...unmetParts(demands, findings, subject.text)];
    if (findings.length === 0) {
      if (!findsNothing(subject.text)) {
        if (isForeign(subject.text)) return notChecked("the audit is in a language whose parts cannot be told apart");
        return fail("no findings found", { repair: "State each finding with its severity, location, impact and fix." });
      }
      if (unmet.length > 0 && unmet[0] === "JSON was asked for") return fail(listed(unmet), { repair: listed(unmet) });
      if (!source.isSolidity) return notChecked("whether nothing is to be found can only be told for Solidity");
      if (isReasoned(subject.text, source)) return pass("the audit finds nothing and says why, function by function");
      const problem = "the audit finds nothing and does not show what it looked at";
      return fail(problem, { repair: `${problem}: say for each external function why it is safe` });
    }
    const lacks = findings.map(lacksOf);
    const short = findings.flatMap(({ title }, at) =>
      (lacks[at] ?? []).length === 0 ? [] : [`"${title.slice(0, 60)}" states no ${(lacks[at] ?? []).join(", ")}`],
    );
    if (short.length > 0 && isForeign(subject.text)) {
      return notChecked("the audit is in a language whose parts cannot be told apart");
    }
    const parts = lacks.reduce((sum, each) => sum + 1 - each.length / PARTS, 0) / findings.length;
    const repeats = repeatedFindings(findings);
    const share = 1 - repeats.length / findings.length;
    const score = Math.min(parts * share, unmet.length > 0 ? UNMET_SCORE : 1);
    const problems = [...unmet, ...repeats.map((title) => `"${title.slice(0, 60)}" is said twice`), ...short];
    const detail = [`${findings.length} findings`, ...(problems.length > 0 ? [listed(problems)] : [])].join("; ");
    const repair = problems.length > 0 ? { repair: problems.join("\n") } : {};
    return graded(score, detail, { ...repair, evidence: { findings: findings.slice(0, SHOWN).map(shown) } });
  },
});

function shown({ title, severity, location }: AuditFinding): Readonly<Record<string, unknown>> {
  return { severity, title: title.slice(0, 80), location: location?.slice(0, 80) ?? null };
}
