import { AUDIT_MAX_CHARS, auditOf } from "../audit/answer.ts";
import { demandsOf } from "../audit/requested-form.ts";
import { knownDefects, missedDefects } from "../audit/coverage.ts";
import { lacksOf } from "../audit/finding.ts";
import { isForeign } from "../audit/language.ts";
import { auditedSource } from "../audit/source-model.ts";
import { listed } from "../../kit/check.ts";
import { graded, notChecked, pass, legacy } from "../../kit/legacy.ts";

/** What an audit loses that misses every defect of the softer kind. */
const SOFT_LOSS = 0.3;
const ENOUGH_FOUND = 2;

/** The audit speaks of what the detectors are certain of. */
export const auditCovers = legacy({
  name: "audit_covers",
  kind: "graded",
  maxChars: AUDIT_MAX_CHARS,
  timeoutMs: 15_000,
  async run(subject) {
    const source = await auditedSource(subject);
    if (source === null) return notChecked("no audited source in the prompt or the context");
    if (!source.isSolidity) return notChecked("the detectors read Solidity only");
    const defects = await knownDefects(source);
    if (typeof defects === "string") return notChecked(defects);
    if (defects.length === 0) return pass("the detectors are certain of nothing in the source");
    const { findings } = await auditOf(subject.text);
    if (isForeign(subject.text) && (findings.length === 0 || findings.some((each) => lacksOf(each).length > 0)))
      return notChecked("the audit is in a language whose parts cannot be told apart");
    const missed = missedDefects(defects, findings, isForeign(subject.text));
    if (missed.length === 0) return pass(`speaks of all ${defects.length} certain defects`);
    if (demandsOf(subject.prompt).isNarrowed && findings.length > 0) {
      return notChecked("the request narrows what the audit is to speak of");
    }
    const told = missed.map(({ line, message }) => `line ${line}: ${message}`);
    // Whether a call can be used to come back is a matter of judgement: an audit that sees the rest has judged it otherwise.
    const foundMost = defects.length - missed.length >= ENOUGH_FOUND;
    const grave = missed.filter(({ isStrong, rule }) => isStrong && !(rule === "reentrancy" && foundMost));
    const isGrave = findings.length === 0 || grave.length > 0;
    const score = isGrave ? 0 : 1 - (SOFT_LOSS * missed.length) / defects.length;
    return graded(score, `no finding speaks of ${listed(told)}`, {
      repair: `The audit misses:\n${told.join("\n")}`,
      evidence: { missed: missed.slice(0, 10).map(({ rule, line }) => ({ rule, line })) },
    });
  },
});
