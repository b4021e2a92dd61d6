import type { MeasuredTokens } from "../core/learning.ts";
import { SAMPLES_TO_TRUST } from "../core/latency.ts";
import type { ModelId } from "../core/model.ts";
import { EMPTY_SKETCH, mergeSketches, quantileOf } from "./quantile-sketch.ts";
import type { ModelStatistics } from "./statistics.ts";

/** A vendor's counts correct an estimate by this much at most, up or down: an endpoint that reports nonsense is not followed. */
const MOST_CORRECTION = 4;
const [LOW, HIGH] = [0.1, 0.9];

/** What was measured of each model's tokens on a task, where there are enough samples. */
export function measuredTokens(
  task: string,
  statistics: readonly ModelStatistics[],
): ReadonlyMap<ModelId, MeasuredTokens> {
  const byModel = Map.groupBy(
    statistics.filter(({ key }) => key.task === task),
    ({ key }) => key.model,
  );
  return new Map(
    [...byModel].flatMap(([model, all]) => {
      const sketch = all.reduce((sum, { outputTokens }) => mergeSketches(sum, outputTokens), EMPTY_SKETCH);
      const samples = Object.values(sketch.bins).reduce((total, count) => total + count, 0);
      const [low, typical, high] = [LOW, 0.5, HIGH].map((share) => quantileOf(sketch, share));
      // Forgetting keeps the eighth sample just under 8.
      if (Math.round(samples) < SAMPLES_TO_TRUST || low == null || typical == null || high == null) return [];
      const measured: MeasuredTokens = {
        samples: Math.round(samples),
        outputLow: Math.ceil(low),
        outputTypical: Math.ceil(typical),
        outputHigh: Math.ceil(high),
        inputFactor: inputFactorOf(all),
      };
      return [[model, measured] as const];
    }),
  );
}

function inputFactorOf(all: readonly ModelStatistics[]): number {
  const count = all.reduce((total, { tokenErrorLog }) => total + tokenErrorLog.recentCount, 0);
  if (Math.round(count) < SAMPLES_TO_TRUST) return 1;
  const sum = all.reduce((total, { tokenErrorLog }) => total + tokenErrorLog.recentSum, 0);
  return Math.min(MOST_CORRECTION, Math.max(1 / MOST_CORRECTION, Math.exp(sum / count)));
}
