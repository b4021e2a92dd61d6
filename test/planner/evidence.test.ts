import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evidenceValue, trueShare } from "../../src/planner/evidence-value.ts";
import { evidenceCell, mayVerify } from "../../src/planner/bought-evidence.ts";
import { shortlist } from "../../src/planner/shortlist.ts";

describe("evidence", () => {
  it("tells right from wrong only where it was seen to", () => {
    expect(evidenceValue({ rightAccepted: 85, right: 100, wrongAccepted: 15, wrong: 100 }).tells).toBe(true);
    expect(evidenceValue({ rightAccepted: 52, right: 100, wrongAccepted: 48, wrong: 100 }).tells).toBe(false);
    expect(evidenceValue({ rightAccepted: 2, right: 2, wrongAccepted: 0, wrong: 1 }).tells).toBe(false);
    expect(evidenceValue({ rightAccepted: 100, right: 100, wrongAccepted: 100, wrong: 100 }).tells).toBe(false);
  });

  it("is corrected for what it misses", () => {
    // 80% right, 9 in 10 of them accepted, 2 in 10 of the wrong ones.
    expect(trueShare(0.8 * 0.9 + 0.2 * 0.2, 0.9, 0.8)).toBeCloseTo(0.8, 9);
    expect(trueShare(0.5, 0.5, 0.5)).toBe(null);
  });

  it("that is bought keeps its coverage and precision", () => {
    const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(share, share, share, (right, coverage, precision) => {
        fc.pre(coverage * precision <= right && coverage * (1 - precision) <= 1 - right);
        const bought = evidenceCell({ coverage, precision }, right, right);
        expect(bought.accept).toBeCloseTo(coverage, 9);
        expect(bought.scoreAccepted).toBeCloseTo(precision, 9);
        expect(bought.accept * bought.scoreAccepted + (1 - bought.accept) * bought.scoreRejected).toBeCloseTo(right, 9);
      }),
    );
  });

  it("may verify only with a measured precision of at least what is asked for", () => {
    expect(mayVerify({ labelled: 300, times: 300, right: 298 }, 0.97)).toBe(true);
    expect(mayVerify({ labelled: 300, times: 300, right: 285 }, 0.97)).toBe(false);
    expect(mayVerify({ labelled: 99, times: 99, right: 99 }, 0.9)).toBe(false);
  });
});

describe("the shortlist of many models", () => {
  it("keeps the best, the cheapest that is worth anything, and what lies between", () => {
    const entries = Array.from({ length: 20 }, (_, index) => ({ id: `m${index}`, cost: index, quality: index / 40 }));
    const beaten = Array.from({ length: 20 }, (_, index) => ({
      id: `b${index}`,
      cost: index + 5,
      quality: index / 80,
    }));
    const kept = shortlist([...beaten, ...entries], 8);
    expect(kept).toHaveLength(8);
    expect(kept).toContain("m19");
    expect(kept.every((id) => id.startsWith("m"))).toBe(true);
  });
});
