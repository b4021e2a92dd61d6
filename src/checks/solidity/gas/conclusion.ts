import { listed } from "../../kit/check.ts";
import type { Finding } from "../../kit/check-result.ts";
import type { Conclusion } from "../../kit/rule-check.ts";
import { changedFunctions } from "./guards-diff.ts";
import type { CompareReading, GasReading } from "./reading.ts";
import { evidenceOf, nothingSaved, summaryOf, tradedAway } from "./saving.ts";

/** If fewer functions than this share ever succeeded, agreement proves nothing. */
const MIN_REACHED = 0.3;
/** The score of agreement when almost no function was reached, out of 1. */
const BASE_SCORE = 0.8;

/** Evidence, when enough functions were reached, no difference was found and gas is saved; else why the comparison is no evidence. */
export function concludeGas(reading: GasReading, findings: readonly Finding[]): Conclusion {
  if (reading.state !== "compared") return {};
  const { comparisons, saving, divergence } = reading;
  const reached = comparisons.flatMap((each) => each.reached);
  const unreached = comparisons.flatMap((each) => each.unreached);
  const calls = comparisons.reduce((total, each) => total + each.calls, 0);
  const total = reached.length + unreached.length;
  const measured = {
    calls,
    functions: total,
    reached: reached.length,
    unreached: unreached.slice(0, 20),
    ...(divergence === null ? {} : { steps: divergence.steps, difference: divergence.difference.slice(0, 500) }),
    ...(saving === null ? {} : { gas: evidenceOf(saving) }),
  };
  if (findings.some(({ certainty }) => certainty === "fact")) return { measured };
  const open = openQuestion(reading, reached, unreached);
  if (open !== null) return { measured, unmade: open };
  if (saving === null) return { measured };
  const what =
    total === 0 ? "deploys alike" : `the same in ${calls} calls, ${reached.length} of ${total} functions reached`;
  const left = reading.paired.missing.map(({ name }) => name);
  const rest = left.length === 0 ? "" : `; not in the answer, so not compared: ${listed(left)}`;
  const looked = `${what}; ${summaryOf(saving)}${rest}`;
  if (nothingSaved(saving) !== null) return { measured, looked: `${looked}; saves gas without the optimizer only` };
  const dearer = tradedAway(saving);
  if (dearer !== null) return { measured, looked: `${looked}; ${dearer}` };
  const score = total === 0 ? 1 : BASE_SCORE + ((1 - BASE_SCORE) * reached.length) / total;
  return {
    measured,
    looked,
    evidence: [{ basis: "reference", score, summary: "behaves as the original and costs less" }],
  };
}

/** Why agreement is no evidence; `null`: it is. */
function openQuestion(
  { paired, comparisons, unproven }: CompareReading,
  reached: readonly string[],
  unreached: readonly string[],
): string | null {
  const obstacle = comparisons.find((each) => each.obstacle !== null)?.obstacle ?? null;
  if (obstacle !== null) return obstacle;
  const total = reached.length + unreached.length;
  if (total > 0 && reached.length / total < MIN_REACHED) {
    return `of ${total} functions only ${reached.length} could be called with success: ${listed(unreached)}`;
  }
  const changed = paired.pairs.flatMap((pair) => changedFunctions(paired.original, paired.answer, pair));
  const unseen = changed.filter((each) => unreached.includes(each));
  if (unseen.length * 2 > changed.length) return `the changed ${listed(unseen)} could not be called with success`;
  return unproven.length === 0 ? null : `${listed(unproven)}, and no call has shown whether it matters`;
}
