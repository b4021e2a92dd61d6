import { listed, PARSE_MAX_CHARS } from "../../kit/check.ts";
import { fail, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { guardDifferences, movedLines } from "../gas/guards-diff.ts";
import { keepsReverts, runStudy } from "../gas/compare-all.ts";
import { studyOf } from "../gas/pair-sources.ts";

/** The conditions and events of the original are still there, or calls have shown that they are enforced by other means. */
export const gasGuardsKept = legacy({
  name: "gas_guards_kept",
  kind: "gate",
  cap: 0.3,
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 20_000,
  async run(subject) {
    const study = await studyOf(subject);
    if (study.state !== "compared")
      return notChecked(study.state === "unchecked" ? study.reason : "there is nothing to compare");
    const comparisons = await runStudy(study, keepsReverts(subject.prompt));
    const problems = study.pairs.flatMap((pair) => {
      const comparison = comparisons.find(({ contract }) => contract === pair.before.name) ?? null;
      const moved = movedLines(study.original, study.answer, pair).filter(({ isDecisive }) => isDecisive);
      return [...guardDifferences(study.original, study.answer, pair, comparison), ...moved.map(({ told }) => told)];
    });
    if (problems.length === 0) return pass("no condition and no event of the original is missing");
    return fail(listed(problems), { repair: `Keep what the original makes sure of:\n${problems.join("\n")}` });
  },
});
