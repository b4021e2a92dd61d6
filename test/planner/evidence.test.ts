import { describe, expect, it } from "vitest";
import { evidenceValue, trueShare } from "../../src/planner/evidence-value.ts";
import { countWord, isProven, NO_COUNTS, type EvidenceCounts } from "../../src/planner/evidence-record.ts";
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

  it("that was bought may verify only with a measured precision of at least what is asked for", () => {
    const record = (right: number, wrong: number): EvidenceCounts => {
      const words = Array.from({ length: right + wrong }, (_, index) => index >= wrong);
      return words.reduce((counts, word) => countWord(counts, word, null), NO_COUNTS);
    };
    expect(isProven(record(300, 0), 0.97)).toBe(true);
    expect(isProven(record(285, 15), 0.97)).toBe(false);
    expect(isProven(record(99, 0), 0.9)).toBe(false);
    // What was wrong long ago counts for less.
    expect(isProven(record(1500, 15), 0.97)).toBe(true);
  });

  it("counts the last word on an answer, not the words before it", () => {
    const once = countWord(NO_COUNTS, false, null);
    expect(countWord(once, true, false)).toEqual(countWord(NO_COUNTS, true, null));
    expect(countWord(countWord(once, true, false), false, true)).toEqual(once);
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
