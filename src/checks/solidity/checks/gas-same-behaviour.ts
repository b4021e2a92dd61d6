import { listed, PARSE_MAX_CHARS } from "../../kit/check.ts";
import { fail, notChecked, pass, legacy } from "../../kit/legacy.ts";
import { changedFunctions, movedLines } from "../gas/guards-diff.ts";
import { keepsReverts, runStudy } from "../gas/compare-all.ts";
import { studyOf } from "../gas/pair-sources.ts";

/** Under this share of functions that ever succeeded, agreement says nothing. */
const MIN_REACHED = 0.3;

/** Original and answer do the same when the same calls are made to both in an EVM. Evidence, no proof: it names what was reached. */
export const gasSameBehaviour = legacy({
  name: "gas_same_behaviour",
  kind: "gate",
  cap: 0.1,
  maxChars: PARSE_MAX_CHARS,
  timeoutMs: 20_000,
  async run(subject) {
    const study = await studyOf(subject);
    if (study.state !== "compared")
      return notChecked(study.state === "unchecked" ? study.reason : "there is nothing to run");
    const comparisons = await runStudy(study, keepsReverts(subject.prompt));
    const reached = comparisons.flatMap((each) => each.reached);
    const unreached = comparisons.flatMap((each) => each.unreached);
    const calls = comparisons.reduce((total, each) => total + each.calls, 0);
    const evidence = {
      calls,
      functions: reached.length + unreached.length,
      reached: reached.length,
      unreached: unreached.slice(0, 20),
    };
    for (const { contract, divergence } of comparisons) {
      if (divergence === null) continue;
      const steps = divergence.steps.map((step, index) => `${index + 1}. ${step}`).join("\n");
      return fail(
        `${contract}.${divergence.signature} behaves differently: ${divergence.difference}, after ${divergence.steps.at(-1) ?? ""}`,
        {
          repair: `${contract} no longer behaves as the original. In this sequence of calls\n${steps}\n${divergence.difference}.`,
          evidence: { ...evidence, steps: divergence.steps, difference: divergence.difference.slice(0, 500) },
        },
      );
    }
    const obstacle = comparisons.find((each) => each.obstacle !== null)?.obstacle ?? null;
    if (obstacle !== null) return notChecked(obstacle);
    const total = reached.length + unreached.length;
    if (total === 0) return notChecked("the contract has no functions that could be called");
    if (reached.length / total < MIN_REACHED) {
      return notChecked(
        `of ${total} functions only ${reached.length} could be called with success: ${listed(unreached)}`,
      );
    }
    const changed = study.pairs.flatMap((pair) => changedFunctions(study.original, study.answer, pair));
    const unseen = changed.filter((each) => unreached.includes(each));
    if (unseen.length * 2 > changed.length) {
      return notChecked(`the changed ${listed(unseen)} could not be called with success`);
    }
    const moved = study.pairs.flatMap((pair) => movedLines(study.original, study.answer, pair));
    if (moved.length > 0)
      return notChecked(`${listed(moved.map(({ told }) => told))}, and no call has shown whether it matters`);
    const rest = unreached.length === 0 ? "" : `; never with success: ${listed(unreached)}`;
    return pass(`the same in ${calls} calls, ${reached.length} of ${total} functions reached${rest}`, { evidence });
  },
});
