import { describe, expect, it } from "vitest";
import { seeded } from "../../bench/random.ts";
import { NEW_GUARANTEE, observeGuarantee, type Guarantee } from "../../src/planner/guarantee.ts";

/** Outcomes until the guarantee changes, or `most`. */
function until(
  change: boolean,
  from: Guarantee,
  share: number,
  seed: number,
  most: number,
): readonly [Guarantee, number] {
  const random = seeded(seed);
  let state = from;
  for (let count = 1; count <= most; count += 1) {
    state = observeGuarantee(state, random() < share, 0.05);
    if (state.holds === change) return [state, count];
  }
  return [state, most];
}

const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);

describe("the running guarantee of a task", () => {
  it("holds while wrong answers are as rare as was promised", () => {
    const broken = SEEDS.filter((seed) => !until(false, NEW_GUARANTEE, 0.03, seed, 500)[0].holds);
    expect(broken.length).toBeLessThanOrEqual(2);
  });

  it("breaks soon when they are not, however well it went before", () => {
    for (const seed of SEEDS) {
      let state = NEW_GUARANTEE;
      for (let count = 0; count < 2000; count += 1) state = observeGuarantee(state, false, 0.05);
      const [after, outcomes] = until(false, state, 0.25, seed, 300);
      expect(after.holds).toBe(false);
      expect(outcomes).toBeLessThan(150);
    }
  });

  it("comes back when shadow runs show that it is well again, and not before", () => {
    const [broken] = until(false, NEW_GUARANTEE, 0.5, 1, 200);
    expect(broken.holds).toBe(false);
    expect(until(true, broken, 0.25, 2, 300)[0].holds).toBe(false);
    const [back, outcomes] = until(true, broken, 0, 3, 300);
    expect(back.holds).toBe(true);
    expect(outcomes).toBeGreaterThan(20);
  });

  it("is plain data, and refuses bounds that are none", () => {
    const state = observeGuarantee(NEW_GUARANTEE, true, 0.05);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    for (const bound of [0, 1, Number.NaN]) expect(() => observeGuarantee(state, true, bound)).toThrow(RangeError);
  });
});
