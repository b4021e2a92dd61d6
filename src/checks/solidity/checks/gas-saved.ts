import { PARSE_MAX_CHARS } from "../../kit/check.ts";
import { fail, notChecked, type LegacyOutcome, legacy } from "../../kit/legacy.ts";
import { keepsReverts, runStudy } from "../gas/compare-all.ts";
import { evidenceOf, savingOf, summaryOf, targetPercentOf, type Saving } from "../gas/saving.ts";
import { studyOf } from "../gas/pair-sources.ts";

/** Less than this is none. */
const MIN_SAVED_PERCENT = 0.2;
/** A function that changes the state may cost so much more when others win. */
const MAX_WORSE_PERCENT = 2;
const GOOD_PERCENT = 1;

/** The optimised code costs less gas, measured with the same calls. */
export const gasSaved = legacy({
  name: "gas_saved",
  kind: "gate",
  cap: 0.5,
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 20_000,
  async run(subject) {
    const study = await studyOf(subject);
    if (study.state === "unchanged") return fail("nothing is saved: the code is the original");
    if (study.state !== "compared")
      return notChecked(study.state === "unchecked" ? study.reason : "there is nothing to measure");
    const comparisons = await runStudy(study, keepsReverts(subject.prompt));
    if (comparisons.some(({ divergence }) => divergence !== null))
      return notChecked("code that behaves differently cannot be measured");
    const saving = savingOf(comparisons);
    if (saving.deployment.before === 0) return notChecked("nothing could be deployed");
    return judged(saving, targetPercentOf(subject.prompt));
  },
});

function judged(saving: Saving, targetPercent: number | null): LegacyOutcome {
  const { rows, deployment, totalPercent } = saving;
  const detail = summaryOf(saving);
  const evidence = evidenceOf(saving);
  const repair = `Gas before and after, by function:\n${JSON.stringify(evidence)}`;
  const worst = rows.findLast((row) => !row.isView && row.savedPercent < -MAX_WORSE_PERCENT);
  const best = rows[0]?.savedPercent ?? 0;
  const most = Math.max(best, deployment.savedPercent, totalPercent);
  if (worst !== undefined && totalPercent < MIN_SAVED_PERCENT && best < -worst.savedPercent) {
    return fail(`${worst.signature} costs ${-worst.savedPercent}% more, and nothing makes up for it: ${detail}`, {
      repair,
      evidence,
    });
  }
  if (most < MIN_SAVED_PERCENT || (totalPercent <= -MIN_SAVED_PERCENT && best < MIN_SAVED_PERCENT)) {
    return fail(`nothing is saved: ${detail}`, { repair, evidence });
  }
  if (targetPercent !== null && targetPercent > 0 && most < targetPercent / 2) {
    return fail(`${most}% at most is saved, and ${targetPercent}% were asked for: ${detail}`, { repair, evidence });
  }
  const reach = targetPercent === null ? 1 : Math.min(1, most / targetPercent);
  const amount = most >= GOOD_PERCENT ? 1 : 0.8;
  return {
    checked: true,
    passed: true,
    score: Math.min(reach, amount, worst === undefined ? 1 : 0.7),
    detail,
    evidence,
  };
}
