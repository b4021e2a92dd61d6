import { describe, expect, it } from "vitest";
import { seeded } from "../../bench/random.ts";
import { measuredSavings, type ShadowMoments } from "../../src/planner/savings.ts";

interface Run {
  readonly ours: number;
  readonly accepted: boolean;
  readonly baseline: number;
}

function momentsOf(runs: readonly Run[]): ShadowMoments {
  const pairs = runs.map(({ ours, accepted, baseline }) => [ours, accepted ? baseline : 0] as const);
  const sum = (of: (ours: number, baseline: number) => number): number =>
    pairs.reduce((total, [ours, baseline]) => total + of(ours, baseline), 0);
  return {
    runs: runs.length,
    ours: sum((ours) => ours),
    baseline: sum((_, baseline) => baseline),
    oursSquared: sum((ours) => ours * ours),
    baselineSquared: sum((_, baseline) => baseline * baseline),
    product: sum((ours, baseline) => ours * baseline),
  };
}

describe("measured savings", () => {
  it("hold the true share in their interval 95 times in 100", () => {
    const random = seeded(7);
    let covered = 0;
    const TIMES = 400;
    for (let time = 0; time < TIMES; time += 1) {
      const runs = Array.from({ length: 40 }, (): Run => {
        const size = 0.5 + random();
        const second = random() < 0.2;
        // E[ours] = 100 + 0.2 x 800 = 260, E[baseline] = 1000.
        return { ours: size * (second ? 900 : 100), accepted: true, baseline: size * 1000 };
      });
      const measured = measuredSavings(momentsOf(runs));
      if (measured !== null && measured.low <= 0.74 && 0.74 <= measured.high) covered += 1;
    }
    expect(covered / TIMES).toBeGreaterThan(0.9);
  });

  it("count what was rejected as cost without a baseline, and say nothing on few runs", () => {
    const run = { ours: 100, accepted: true, baseline: 1000 };
    const runs = Array.from({ length: 20 }, (_, index) => ({ ...run, accepted: index % 2 === 0 }));
    expect(measuredSavings(momentsOf(runs))?.savedShare).toBeCloseTo(0.8, 9);
    expect(measuredSavings(momentsOf(runs.slice(0, 9)))).toBe(null);
    expect(measuredSavings(momentsOf(runs.map((each) => ({ ...each, accepted: false }))))).toBe(null);
  });
});
