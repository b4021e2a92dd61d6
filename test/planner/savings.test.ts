import { describe, expect, it } from "vitest";
import { seeded } from "../../bench/random.ts";
import { measuredSavings, modelledSavings, type ShadowRun } from "../../src/planner/savings.ts";

describe("modelled savings", () => {
  it("are signed: only accepted answers earn a baseline, what failed is pure cost", () => {
    const saved = { accepted: true, spentNanoUsd: 100, baselineNanoUsd: 1000 };
    const failed = { accepted: false, spentNanoUsd: 2000, baselineNanoUsd: 1000 };
    expect(modelledSavings([saved])).toMatchObject({ savedNanoUsd: 900, savedShare: 0.9 });
    expect(modelledSavings([saved, failed])).toMatchObject({ savedNanoUsd: -1100, savedShare: -1.1 });
    expect(modelledSavings([failed])).toMatchObject({ savedNanoUsd: -2000, savedShare: null });
  });

  it("say where no baseline is known", () => {
    const unknown = { accepted: true, spentNanoUsd: 100, baselineNanoUsd: null };
    expect(modelledSavings([unknown])).toMatchObject({ savedNanoUsd: -100, unknown: 1, savedShare: null });
  });
});

describe("measured savings", () => {
  it("hold the true share in their interval 95 times in 100", () => {
    const random = seeded(7);
    let covered = 0;
    const TIMES = 400;
    for (let time = 0; time < TIMES; time += 1) {
      const runs = Array.from({ length: 40 }, (): ShadowRun => {
        const size = 0.5 + random();
        const second = random() < 0.2;
        // E[ours] = 100 + 0.2 x 800 = 260, E[baseline] = 1000.
        return { oursNanoUsd: size * (second ? 900 : 100), oursAccepted: true, baselineNanoUsd: size * 1000 };
      });
      const measured = measuredSavings(runs);
      if (measured !== null && measured.low <= 0.74 && 0.74 <= measured.high) covered += 1;
    }
    expect(covered / TIMES).toBeGreaterThan(0.9);
  });

  it("count what was rejected as cost without a baseline, and say nothing on few runs", () => {
    const run = { oursNanoUsd: 100, oursAccepted: true, baselineNanoUsd: 1000 };
    const runs = Array.from({ length: 20 }, (_, index) => ({ ...run, oursAccepted: index % 2 === 0 }));
    expect(measuredSavings(runs)?.savedShare).toBeCloseTo(0.8, 9);
    expect(measuredSavings(runs.slice(0, 9))).toBe(null);
    expect(measuredSavings(runs.map((each) => ({ ...each, oursAccepted: false })))).toBe(null);
  });
});
