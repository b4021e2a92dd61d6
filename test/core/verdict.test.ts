import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MIN_CHECKED_SHARE, verdictOf, type CheckResult } from "../../src/core/verdict.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const kind = fc.constantFrom("gate" as const, "graded" as const);

const checked: fc.Arbitrary<CheckResult> = fc
  .record({ kind, passed: fc.boolean(), score: share, weight: share, cap: fc.option(share) })
  .map(({ cap, ...rest }) => ({ name: "c", detail: "", ...rest, ...(cap === null ? {} : { cap }) }));
const open: fc.Arbitrary<CheckResult> = fc
  .record({ kind, weight: share })
  .map((rest) => ({ name: "o", detail: "", passed: null, score: null, ...rest }));
const checks = fc.array(fc.oneof(checked, open), { maxLength: 8 });

const one = (over: Partial<CheckResult>): CheckResult => ({
  name: "c",
  kind: "graded",
  passed: true,
  score: 1,
  weight: 1,
  detail: "",
  ...over,
});

describe("verdictOf", () => {
  it("keeps score and share within 0..1, whatever the checks", () => {
    fc.assert(
      fc.property(checks, share, (all, minQuality) => {
        const { score, checkedShare } = verdictOf(all, minQuality);
        expect(score === null || (score >= 0 && score <= 1)).toBe(true);
        expect(checkedShare).toBeGreaterThanOrEqual(0);
        expect(checkedShare).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("never verifies an answer with a failed gate, nor scores it above the gate's cap", () => {
    fc.assert(
      fc.property(checks, share, share, (all, cap, minQuality) => {
        const verdict = verdictOf([...all, one({ kind: "gate", passed: false, score: 0, cap })], minQuality);
        expect(verdict.status).toBe("failed");
        expect(verdict.score).toBeLessThanOrEqual(cap);
      }),
    );
  });

  it("never lowers the score or the share when one more check passes", () => {
    fc.assert(
      fc.property(checks, share, kind, (all, weight, kind) => {
        const before = verdictOf(all, 0.5);
        const after = verdictOf([...all, one({ kind, weight })], 0.5);
        expect(after.score ?? 1).toBeGreaterThanOrEqual((before.score ?? 0) - 1e-9);
        expect(after.checkedShare).toBeGreaterThanOrEqual(before.checkedShare - 1e-9);
      }),
    );
  });

  it("never verifies what is checked to less than half", () => {
    fc.assert(
      fc.property(checks, share, (all, minQuality) => {
        const verdict = verdictOf(all, minQuality);
        if (verdict.checkedShare < MIN_CHECKED_SHARE) expect(verdict.status).not.toBe("verified");
      }),
    );
  });

  it("never verifies below the threshold, and a higher threshold never helps", () => {
    fc.assert(
      fc.property(checks, share, share, (all, a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const strict = verdictOf(all, high);
        if (strict.status === "verified") {
          expect(strict.score).toBeGreaterThanOrEqual(high);
          expect(verdictOf(all, low).status).toBe("verified");
        }
      }),
    );
  });

  it("does not depend on the order of the checks", () => {
    fc.assert(
      fc.property(checks, share, (all, minQuality) => {
        const forth = verdictOf(all, minQuality);
        const back = verdictOf(all.toReversed(), minQuality);
        expect(back.score ?? -1).toBeCloseTo(forth.score ?? -1, 9);
        expect(back.checkedShare).toBeCloseTo(forth.checkedShare, 9);
      }),
    );
  });

  it.each([
    ["nothing to check", [], { status: "unchecked", score: null, checkedShare: 0 }],
    ["all passed", [one({ weight: 0.8 })], { status: "verified", score: 1, checkedShare: 0.8 }],
    ["too little checked", [one({ weight: 0.4 })], { status: "unchecked", score: 1, checkedShare: 0.4 }],
    ["below the threshold", [one({ weight: 0.8, score: 0.5 })], { status: "failed", score: 0.5, checkedShare: 0.8 }],
    [
      "what could not be checked counts as unchecked, not as failed",
      [one({ weight: 0.5 }), one({ weight: 0.5, passed: null, score: null })],
      { status: "verified", score: 1, checkedShare: 0.5 },
    ],
    [
      "a failed gate without a weight caps the rest",
      [one({ weight: 1 }), one({ kind: "gate", passed: false, score: 0, weight: 0, cap: 0.3 })],
      { status: "failed", score: 0.3, checkedShare: 1 },
    ],
    [
      "the lowest of two caps counts",
      [
        one({ kind: "gate", passed: false, score: 0, weight: 0, cap: 0.4 }),
        one({ kind: "gate", passed: false, score: 0, weight: 0, cap: 0.1 }),
      ],
      { status: "failed", score: 0.1, checkedShare: 0 },
    ],
    [
      "a gate without a cap caps at nothing",
      [one({ kind: "gate", passed: false, score: 0, weight: 0 })],
      { status: "failed", score: 0, checkedShare: 0 },
    ],
  ])("%s", (_name, all, expected) => {
    expect(verdictOf(all, 0.8)).toMatchObject(expected);
  });
});
