import { AUDIT_MAX_CHARS, auditOf } from "../audit/answer.ts";
import { findsNothing, isReasoned } from "../audit/no-findings.ts";
import { groundingOf, isKnown } from "../audit/grounding.ts";
import { inventedBeside } from "../audit/invented-names.ts";
import { outsideFences } from "../audit/language.ts";
import { auditedSource } from "../audit/source-model.ts";
import { listed } from "../../kit/check.ts";
import { fail, graded, notChecked, pass, legacy } from "../../kit/legacy.ts";

const SHOWN = 20;
/** A finding may lack a place; an audit whose findings mostly do is about no code. */
const MIN_GROUNDED_SHARE = 0.5;

/** Every contract, function, file, line and piece of code that a finding cites is in the audited source. */
export const auditGrounded = legacy({
  name: "audit_grounded",
  kind: "gate",
  cap: 0.5,
  maxChars: AUDIT_MAX_CHARS,
  async run(subject) {
    const source = await auditedSource(subject);
    if (source === null) return notChecked("no audited source in the prompt or the context");
    const { form, findings, codes } = await auditOf(subject.text);
    if (findings.length === 0) {
      if (!findsNothing(subject.text) || !isReasoned(subject.text, source))
        return notChecked("no finding cites a name or a line");
      const invented = source.isComplete ? inventedBeside(outsideFences(subject.text), [], codes, source) : [];
      if (invented.length > 0) return fail(`not in the source: ${listed(invented)}`);
      const calls = [...subject.text.matchAll(/`(?:\w{1,80}\.)?([A-Za-z_$][\w$]{0,80})\([^)`]{0,200}\)`/g)].map(
        (match) => match[1] ?? "",
      );
      const unknown = calls.filter((name) => !isKnown(name, source));
      if (unknown.length > 0 && !source.hasForeignImports)
        return fail(`not in the source: ${listed([...new Set(unknown)])}`);
      return pass("the functions that it speaks of are in the source");
    }
    const groundings = findings.map((finding) => groundingOf(finding, codes, source));
    const citations = groundings.reduce((sum, each) => sum + each.citations, 0);
    if (citations === 0) return notChecked("no finding cites a name or a line");
    const told = groundings.flatMap(({ missing, doubts }, at) =>
      [...missing, ...doubts].map((problem) => `"${findings[at]?.title.slice(0, 60) ?? ""}": ${problem}`),
    );
    const evidence = {
      findings: findings.slice(0, SHOWN).map(({ severity, title, location }, at) => ({
        severity,
        title: title.slice(0, 80),
        location: location?.slice(0, 80) ?? null,
        grounded: groundings[at]?.missing.length === 0,
      })),
    };
    const beside =
      source.isComplete && form === "markdown"
        ? inventedBeside(outsideFences(subject.text), findings, codes, source)
        : [];
    const missing = [...new Set(groundings.flatMap((each) => each.missing))];
    if (beside.length > 0) missing.push(`not in the source: ${beside.slice(0, 6).join(", ")}`);
    const extras = { evidence, ...(told.length > 0 ? { repair: [...new Set(told)].join("\n") } : {}) };
    if (missing.length > 0) return fail(listed(missing), extras);
    if (!source.isSolidity)
      return notChecked("its names and lines are in the source, its claims only Solidity can be held to");
    const placed = groundings.filter((each) => each.citations > 0).length / findings.length;
    const mean = groundings.reduce((sum, each) => sum + each.score, 0) / groundings.length;
    const score = placed < MIN_GROUNDED_SHARE ? Math.min(mean, placed) : mean;
    const doubts = [...new Set(groundings.flatMap((each) => each.doubts))];
    if (doubts.length > 0 || score < 1)
      return graded(score, doubts.length > 0 ? listed(doubts) : "most findings cite nothing", extras);
    return pass(`${citations} cited names and lines are in the source`, extras);
  },
});
