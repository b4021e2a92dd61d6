import { ABSENCE_RULES } from "./absence-rules.ts";
import { citationOf } from "../citations.ts";
import { functionsIn, type Claim } from "./claim.ts";
import { DEFECT_RULES } from "./defect-rules.ts";
import { CODE_MARK, type AuditFinding } from "../finding.ts";
import { functionsNamed } from "../grounding.ts";
import { falsePraise } from "./false-reassurance.ts";
import { sentencesOf, wordsAround } from "../sentences.ts";
import type { AuditedSource } from "../source-model.ts";

/** Sentences that deny, or that tell of another case than the one at hand. */
const DENIES =
  /\b(?:not vulnerable|no longer|not affected|is safe|already|correctly|properly|(?<!not )protected|prevent(?:s|ed)|mitigated|if the|in case|unless|would be|were |without the|had the|although|even though|despite|future|removed)\b/i;

/** What a finding says of the source that is certainly not so. */
export function contradictionsOf(finding: AuditFinding, source: AuditedSource): readonly string[] {
  if (!source.isParsed) return [];
  const located = functionsNamed(citationOf(finding).names, source).filter(({ isModifier }) => !isModifier);
  const claims = [finding.title, ...sentencesOf(finding.claims)].map((sentence, at): Claim => {
    const named = functionsIn(sentence, source);
    return { sentence, isTitle: at === 0, functions: named.length > 0 ? named : located, finding, source };
  });
  const asserted = claims.filter(({ sentence }) => !DENIES.test(wordsAround(sentence)));
  const praise = falsePraise(finding.claims.replace(CODE_MARK, " "), source, located);
  return [
    ...new Set([
      ...asserted.flatMap((claim) => [...ABSENCE_RULES, ...DEFECT_RULES].flatMap((rule) => rule(claim) ?? [])),
      ...praise,
    ]),
  ];
}
