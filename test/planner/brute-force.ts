import type { PlanStep, TableRow } from "../../src/planner/plan-table.ts";
import { effectiveSize } from "../../src/planner/plan-table.ts";
import type { QualityReference } from "../../src/planner/reference.ts";

/** What a plan comes to, written down once more from docs/routing.md, row by row and without any pruning. */
export interface NaivePlan {
  readonly path: readonly number[];
  readonly cost: number;
  readonly quality: number;
  readonly latency: number;
  readonly worstMs: number;
  readonly heldNanoUsd: number;
  readonly margins: readonly { readonly mean: number; readonly error: number }[];
}

/** Every order of up to four steps in which repairs stand behind what they repair. */
export function everyPath(steps: readonly PlanStep[], longest = 4): number[][] {
  const paths: number[][] = [];
  const grow = (path: readonly number[]): void => {
    if (path.length > 0) paths.push([...path]);
    if (path.length === longest) return;
    for (const [index, step] of steps.entries()) {
      if (path.includes(index)) continue;
      if (step.follows !== null && steps[path.at(-1) ?? -1]?.id !== step.follows) continue;
      grow([...path, index]);
    }
  };
  grow([]);
  return paths;
}

export function naivePlan(
  steps: readonly PlanStep[],
  rows: readonly TableRow[],
  { contenders }: QualityReference,
  minQuality: number,
  path: readonly number[],
): NaivePlan {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const costTotal = sum(rows.map(({ costWeight }) => costWeight));
  const boundTotal = sum(rows.map(({ boundWeight }) => boundWeight));
  const leftAfter = (row: TableRow, places: number): number =>
    path.slice(0, places).reduce((left, index) => left * (1 - (row.cells[index]?.accept ?? 0)), 1);
  const returned = [...path]
    .reverse()
    .map((index) => ({
      index,
      right: sum(
        rows.map((row) => row.boundWeight * leftAfter(row, path.length) * (row.cells[index]?.scoreRejected ?? 0)),
      ),
    }))
    .reduce((best, each) => (each.right > best.right + 1e-12 ? each : best)).index;
  const atoms = rows.flatMap((row) => [
    ...path.map((index, place) => ({
      row,
      share: leftAfter(row, place) * (row.cells[index]?.accept ?? 0),
      score: row.cells[index]?.scoreAccepted ?? 0,
    })),
    { row, share: leftAfter(row, path.length), score: row.cells[returned]?.scoreRejected ?? 0 },
  ]);
  const effective = effectiveSize(rows.map(({ boundWeight }) => boundWeight)) + 2;
  const margins = contenders.map((contender) => {
    const terms = atoms.map(({ row, share, score }) => {
      const { accept = 0, scoreAccepted = 0, scoreRejected = 0 } = row.cells[contender] ?? {};
      const other = accept * scoreAccepted + (1 - accept) * scoreRejected;
      const margin = score - minQuality * other;
      const square = row.modelled
        ? score * (1 - other) + score * other * (1 - minQuality) ** 2 + (1 - score) * other * minQuality ** 2
        : margin ** 2;
      return { weight: row.boundWeight * share, margin, square };
    });
    const mean = sum(terms.map(({ weight, margin }) => weight * margin)) / (boundTotal + 2);
    const square = (sum(terms.map(({ weight, square }) => weight * square)) + 2) / (boundTotal + 2);
    return { mean, error: Math.sqrt(Math.max(0, square - mean * mean) / effective) };
  });
  const over = (value: (row: TableRow, index: number, place: number) => number): number =>
    sum(
      rows.map((row) =>
        sum(path.map((index, place) => row.costWeight * leftAfter(row, place) * value(row, index, place))),
      ),
    ) / costTotal;
  return {
    path,
    cost: over((row, index) => (steps[index]?.costNanoUsd ?? 0) * (row.cells[index]?.costFactor ?? 1)),
    quality: sum(atoms.map(({ row, share, score }) => row.boundWeight * share * score)) / boundTotal,
    latency: over((_, index) => steps[index]?.latencyMs ?? 0),
    worstMs: sum(path.map((index) => steps[index]?.latencyMs ?? 0)),
    heldNanoUsd: sum(path.map((index) => steps[index]?.costMaxNanoUsd ?? 0)),
    margins,
  };
}
