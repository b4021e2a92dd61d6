import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { passRate, passRateAfter } from "../../src/planner/pass-rate.ts";
import { addSample, EMPTY_SKETCH, mergeSketches, quantileOf } from "../../src/planner/quantile-sketch.ts";
import {
  emptyStatistics,
  meanOf,
  observe,
  observeOutcome,
  type AttemptObservation,
  type ModelStatistics,
} from "../../src/planner/statistics.ts";
import { statisticsFromRow, statisticsToRow } from "../../src/planner/statistics-rows.ts";

const KEY = { principal: null, task: "code_generation", model: "haiku", basis: "tests" } as const;
const ATTEMPT: AttemptObservation = {
  result: "accepted",
  failedBefore: [],
  latencyMs: 900,
  outputTokens: 300,
  costNanoUsd: 5000,
  inputTokensEstimated: 100,
  inputTokensReported: 130,
};

function after(attempts: readonly Partial<AttemptObservation>[]): ModelStatistics {
  return attempts.reduce<ModelStatistics>(
    (statistics, each) => observe(statistics, { ...ATTEMPT, ...each }),
    emptyStatistics(KEY),
  );
}

describe("statistics of a model on a task", () => {
  it("count verdicts and errors apart: an error says nothing of how right answers are", () => {
    const statistics = after([{}, { result: "failed" }, { result: "unchecked" }, { result: { error: "timeout" } }]);
    expect(statistics).toMatchObject({
      accepted: { raw: 1 },
      failed: { raw: 1 },
      unchecked: { raw: 1 },
      errors: { timeout: { raw: 1 } },
    });
  });

  it("forget: what was long ago counts less, while raw counts stay", () => {
    const changed = after([
      ...Array.from({ length: 300 }, () => ({})),
      ...Array.from({ length: 100 }, () => ({ result: "failed" as const })),
    ]);
    expect([changed.accepted.raw, changed.failed.raw]).toEqual([300, 100]);
    expect(changed.failed.recent).toBeGreaterThan(changed.accepted.recent);
    expect(changed.accepted.recent + changed.failed.recent).toBeLessThan(100.001);
  });

  it("keep pass rates by which model had failed before", () => {
    const { afterFailure } = after([
      { failedBefore: ["nano"] },
      { failedBefore: ["nano", "mini"], result: "failed" },
      { failedBefore: ["mini"], result: { error: "timeout" } },
    ]);
    expect(afterFailure).toMatchObject({
      nano: { accepted: { raw: 1 }, failed: { raw: 1 } },
      mini: { accepted: { raw: 0 }, failed: { raw: 1 } },
    });
  });

  it("count a caller's word more than a check", () => {
    const before = after(Array.from({ length: 20 }, () => ({})));
    const told = observeOutcome(before, false);
    expect(told.failed.recent).toBeGreaterThan(4);
    expect(told.accepted.recent).toBeLessThan(before.accepted.recent);
    expect(told.outcomes.wrong.raw).toBe(1);
    expect(observeOutcome(before, true).accepted.recent).toBeGreaterThan(before.accepted.recent);
  });

  it("measure cost and the error of the token estimate", () => {
    const statistics = after([{}, { inputTokensReported: null, costNanoUsd: 7000 }]);
    expect(meanOf(statistics.costNanoUsd)).toBeCloseTo((5000 * 0.99 + 7000) / 1.99, 6);
    expect(Math.exp(meanOf(statistics.tokenErrorLog) ?? 0)).toBeCloseTo(1.3, 6);
    expect(meanOf(emptyStatistics(KEY).tokenErrorLog)).toBe(null);
  });

  it("go through a row of a ledger unchanged; rows that are not whole, or of another version, are left unread", () => {
    const statistics = after([{}, { result: { error: "quota" }, failedBefore: ["nano"] }]);
    const row = statisticsToRow(statistics);
    expect(statisticsFromRow(JSON.parse(JSON.stringify(row)) as typeof row)).toEqual(statistics);
    expect(statisticsFromRow({ ...row, version: 2 })).toBe(null);
    for (const figures of ["", "null", "[]", "{", '{"accepted":1}'])
      expect(statisticsFromRow({ ...row, figures })).toBe(null);
  });
});

describe("quantiles in bounded space", () => {
  it("are right to 6%, however many samples there are, and merge to the same", () => {
    const samples = fc.array(fc.double({ min: 1, max: 1e8, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(samples, samples, fc.constantFrom(0.05, 0.5, 0.95), (a, b, share) => {
        const of = (values: readonly number[]): typeof EMPTY_SKETCH =>
          values.reduce((sketch, value) => addSample(sketch, value), EMPTY_SKETCH);
        const sorted = [...a, ...b].sort((x, y) => x - y);
        const exact = sorted[Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1)] ?? 0;
        const merged = quantileOf(mergeSketches(of(a), of(b)), share) ?? 0;
        expect(merged).toBe(quantileOf(of([...a, ...b]), share));
        expect(Math.abs(Math.log(merged / exact))).toBeLessThan(0.06);
      }),
    );
    const many = Array.from({ length: 5000 }, (_, index) => (index * 7919) % 1e9);
    const sketch = many.reduce((each, value) => addSample(each, value, 0.99), EMPTY_SKETCH);
    expect(Object.keys(sketch.bins).length).toBeLessThan(241);
    expect(quantileOf(EMPTY_SKETCH, 0.5)).toBe(null);
    expect(() => addSample(EMPTY_SKETCH, Number.NaN)).toThrow(RangeError);
  });
});

describe("pass rates", () => {
  const nothing = { passed: 0, failed: 0 };

  it("begin at the catalogue's prior, and move to what was seen, the nearest most", () => {
    const evidence = { modelOnTask: nothing, modelOnTier: nothing, modelOnAll: nothing, priorQuality: 0.9 };
    expect(passRate(evidence).mean).toBeCloseTo(0.9, 9);
    const elsewhere = passRate({ ...evidence, modelOnAll: { passed: 10, failed: 90 } }).mean;
    expect(elsewhere).toBeCloseTo((10 + 9) / 110, 9);
    const here = passRate({
      ...evidence,
      modelOnAll: { passed: 10, failed: 90 },
      modelOnTask: { passed: 90, failed: 10 },
    });
    expect(here.mean).toBeCloseTo((90 + elsewhere * 10) / 110, 9);
  });

  it("are lower after a failure, and lowest for the same model again", () => {
    const alone = { mean: 0.95, mass: 10 };
    const other = passRateAfter(alone, "sonnet", ["haiku"], {}).mean;
    const same = passRateAfter(alone, "sonnet", ["sonnet"], {}).mean;
    expect(other).toBeLessThan(0.95);
    expect(same).toBeLessThan(other);
    const tally = (count: number): { raw: number; recent: number } => ({ raw: count, recent: count });
    const seen = { haiku: { accepted: tally(79), failed: tally(21) } };
    expect(passRateAfter(alone, "sonnet", ["haiku"], seen).mean).toBeCloseTo(0.79, 1);
    expect(passRateAfter(alone, "sonnet", [], seen)).toBe(alone);
  });
});
