import * as fc from "fast-check";
import type { PlanStep, StepCell, TableRow } from "../../src/planner/plan-table.ts";

export function step(id: string, over: Partial<PlanStep> = {}): PlanStep {
  return {
    id,
    kind: "answer",
    model: id,
    follows: null,
    costNanoUsd: 1000,
    costMaxNanoUsd: 2000,
    latencyMs: 1000,
    priorQuality: 0.5,
    ...over,
  };
}

export function cell(accept: number, score: number, costFactor = 1): StepCell {
  return { accept, scoreAccepted: score, scoreRejected: score, costFactor };
}

export function recorded(cells: readonly StepCell[], weight = 1): TableRow {
  return { cells, costWeight: weight, boundWeight: weight, modelled: false };
}

/** Rows of `[accepted, right]` by step, each so many times. */
export function rowsOf(
  patterns: readonly (readonly [times: number, ...cells: (readonly [0 | 1, 0 | 1])[]])[],
): TableRow[] {
  return patterns.flatMap(([times, ...cells]) =>
    Array.from({ length: times }, () => recorded(cells.map(([accept, score]) => cell(accept, score)))),
  );
}

/** Any steps and rows, among them repairs, evidence, modelled and partly weighted rows. */
export const anyProblem: fc.Arbitrary<{ readonly steps: readonly PlanStep[]; readonly rows: readonly TableRow[] }> = fc
  .integer({ min: 1, max: 4 })
  .chain((count) => {
    const steps = fc.tuple(
      ...Array.from({ length: count }, (_, index) =>
        fc
          .record({
            costNanoUsd: fc.integer({ min: 0, max: 5000 }),
            costMaxNanoUsd: fc.integer({ min: 0, max: 9000 }),
            latencyMs: fc.integer({ min: 0, max: 4000 }),
            follower: fc.boolean(),
            of: fc.nat({ max: Math.max(0, index - 1) }),
          })
          .map(({ follower, of, ...figures }) =>
            follower && index > 0
              ? step(`s${index}`, { ...figures, kind: "repair", follows: `s${of}` })
              : step(`s${index}`, figures),
          ),
      ),
    );
    const share = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(0, 1) },
      { weight: 1, arbitrary: fc.double({ min: 0.01, max: 0.99, noNaN: true }) },
    );
    const row = fc.record({
      cells: fc.array(
        fc.record({
          accept: share,
          scoreAccepted: share,
          scoreRejected: share,
          costFactor: fc.double({ min: 0.5, max: 2, noNaN: true }),
        }),
        { minLength: count, maxLength: count },
      ),
      costWeight: fc.double({ min: 0.1, max: 2, noNaN: true }),
      boundWeight: fc.oneof(fc.constant(0), fc.double({ min: 0.1, max: 2, noNaN: true })),
      modelled: fc.boolean(),
    });
    return fc.record({ steps, rows: fc.array(row, { minLength: 2, maxLength: 25 }) });
  });
