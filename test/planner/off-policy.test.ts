import { describe, expect, it } from "vitest";
import { seeded } from "../../bench/random.ts";
import { evaluatePolicy, type LoggedDecision } from "../../src/planner/off-policy.ts";

const TRUTH = { cheap: 0.6, strong: 0.9 };

/** A log of a policy that takes the strong model on a share of requests. */
function log(
  seed: number,
  length: number,
  strongShare: number,
  target: Readonly<Record<string, number>>,
): LoggedDecision[] {
  const random = seeded(seed);
  return Array.from({ length }, () => {
    const action = random() < strongShare ? "strong" : "cheap";
    return {
      action,
      probability: action === "strong" ? strongShare : 1 - strongShare,
      reward: random() < TRUTH[action] ? 1 : 0,
      target,
      // A model of the rewards that is off by a tenth.
      expected: { cheap: 0.7, strong: 0.8 },
    };
  });
}

describe("what another policy would have come to", () => {
  it("is within the interval of each estimate about 95 times in 100", () => {
    const hits = { ips: 0, snips: 0, doublyRobust: 0 };
    const TIMES = 300;
    for (let seed = 1; seed <= TIMES; seed += 1) {
      const evaluation = evaluatePolicy(log(seed, 400, 0.3, { cheap: 0.2, strong: 0.8 }));
      if (evaluation.kind !== "estimated") throw new Error(evaluation.reason);
      for (const name of ["ips", "snips", "doublyRobust"] as const) {
        const { low, high } = evaluation[name];
        if (low <= 0.84 && 0.84 <= high) hits[name] += 1;
      }
      expect(evaluation.effectiveRequests).toBeLessThan(400);
    }
    for (const count of Object.values(hits)) expect(count / TIMES).toBeGreaterThan(0.9);
  });

  it("is replayed where all that it may do was recorded", () => {
    const decisions = log(1, 50, 0.5, { strong: 1 }).map((each, index) => ({
      ...each,
      recorded: { cheap: 0, strong: index % 5 === 0 ? 0 : 1 },
    }));
    const evaluation = evaluatePolicy(decisions);
    expect(evaluation).toMatchObject({ kind: "estimated", replayed: 50, effectiveRequests: 50 });
    expect(evaluation).toMatchObject({ ips: { value: 0.8 }, doublyRobust: { value: expect.closeTo(0.8, 9) } });
  });

  it("is refused outside of what was recorded", () => {
    expect(evaluatePolicy(log(1, 400, 0.5, { other: 1 }))).toMatchObject({
      kind: "refused",
      reason: "the new policy does what was never recorded on 100% of requests: other",
    });
    expect(evaluatePolicy([])).toMatchObject({ kind: "refused" });
    expect(evaluatePolicy(log(1, 400, 0.01, { strong: 1 }))).toMatchObject({
      kind: "refused",
      reason: expect.stringMatching(/^the log is worth \d+ requests/),
    });
    const wrong = log(1, 400, 0.5, { strong: 1 }).map((each) => ({ ...each, probability: 0 }));
    expect(evaluatePolicy(wrong)).toMatchObject({ kind: "refused" });
  });
});
