import type { CheckReport } from "./check.ts";
import type { Tested } from "./criterion.ts";

type NamedCriterion = Pick<Tested, "kind" | "name">;

/** The answer meets a criterion: evidence for the caller. `score` is below 1 only if the user's own program gave such a score. */
export function met({ name }: NamedCriterion, detail: string, score = 1): CheckReport {
  return { findings: [], evidence: [{ basis: "tests", score, summary: detail }], looked: `${name}: ${detail}` };
}

/** The answer does not meet a criterion: a fact. `found` says what was found instead, as a clause about the answer. */
export function notMet({ kind, name }: NamedCriterion, found: string, repair = found): CheckReport {
  return {
    findings: [
      { rule: `accept/${kind}`, certainty: "fact", severity: "critical", message: `${name}: ${found}`, repair },
    ],
    evidence: [{ basis: "tests", score: 0, summary: `${name} not met` }],
  };
}
