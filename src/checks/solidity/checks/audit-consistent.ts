import { AUDIT_MAX_CHARS, auditOf } from "../audit/answer.ts";
import { contradictionsOf } from "../audit/claims/contradictions.ts";
import { isForeign, outsideFences } from "../audit/language.ts";
import { falsePraise } from "../audit/claims/false-reassurance.ts";
import { disagreements } from "../audit/repeats.ts";
import { auditedSource } from "../audit/source-model.ts";
import { listed } from "../../kit/check.ts";
import { fail, graded, notChecked, pass, legacy } from "../../kit/legacy.ts";

/** Among so many findings one false statement does not spoil the audit. */
const MANY_FINDINGS = 10;
const ONE_FALSE_SCORE = 0.8;

/** Nothing that the audit says of the source is certainly false, and no finding has two severities. */
export const auditConsistent = legacy({
  name: "audit_consistent",
  kind: "gate",
  cap: 0.5,
  maxChars: AUDIT_MAX_CHARS,
  async run(subject) {
    const source = await auditedSource(subject);
    if (source === null) return notChecked("no audited source in the prompt or the context");
    if (!source.isParsed) return notChecked("the audited source does not parse");
    if (isForeign(subject.text)) return notChecked("the audit is not in English");
    const { findings } = await auditOf(subject.text);
    const praise = falsePraise(outsideFences(subject.text), source);
    if (findings.length === 0) {
      return praise.length > 0
        ? fail(listed(praise), { repair: praise.join("\n") })
        : pass("nothing that it says is refuted");
    }
    const claimed = findings.flatMap((finding) => {
      const [first] = contradictionsOf(finding, source);
      return first === undefined ? [] : [`"${finding.title.slice(0, 60)}" ${first}`];
    });
    const unsaid = praise.filter((each) => !claimed.some((line) => line.endsWith(each)));
    const found = [...claimed, ...unsaid];
    const rows = disagreements(findings);
    const repair = [...found, ...rows].join("\n");
    if (found.length > 1 || (found.length === 1 && findings.length < MANY_FINDINGS))
      return fail(listed(found), { repair });
    if (found.length === 1) return graded(ONE_FALSE_SCORE, listed([...found, ...rows]), { repair });
    if (rows.length > 0) return graded(1 - rows.length / findings.length, listed(rows), { repair });
    return pass("nothing that it says is refuted by the source");
  },
});
