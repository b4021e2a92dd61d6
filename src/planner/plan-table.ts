import type { ModelId } from "../core/model.ts";
import type { NanoUsd } from "../core/money.ts";

/** Something that a plan may do: ask a model, have an answer repaired, or buy evidence about it. */
export interface PlanStep {
  /** Unique among the steps: a model's id, or that with its role. */
  readonly id: string;
  readonly kind: "answer" | "repair" | "evidence";
  readonly model: ModelId;
  /** The step that must stand directly before it: repairs and evidence concern that answer. `null`: it may stand anywhere. */
  readonly follows: string | null;
  /** What it is expected to cost for this request, verification included. */
  readonly costNanoUsd: NanoUsd;
  /** The most that it can cost. */
  readonly costMaxNanoUsd: NanoUsd;
  /** How long it typically takes, verification included. */
  readonly latencyMs: number;
  /** The catalogue's prior, 0..1: tells near-equals apart. */
  readonly priorQuality: number;
}

/** What came (or is expected to come) of one step on one request. */
export interface StepCell {
  /** 1: its answer was accepted, 0: it was rejected; between: the probability. */
  readonly accept: number;
  /** How right the answer is, 0..1, when it is accepted, and when it is rejected. For recorded cells both are the same. */
  readonly scoreAccepted: number;
  readonly scoreRejected: number;
  /** Its cost on this request by its usual cost: harder requests cost more. */
  readonly costFactor: number;
}

/** One request, with what each step came to. */
export interface TableRow {
  readonly cells: readonly StepCell[];
  /** How much it counts for costs. Forgetting and the inverse of a sampling probability are part of it. */
  readonly costWeight: number;
  /** How much it counts for the quality bound: 0 unless every cell was observed on the same request, or the row is a prior. */
  readonly boundWeight: number;
  /** Cells are probabilities, not observations. */
  readonly modelled: boolean;
}

/** The rows, column by column, equal ones merged: what the search reads. Made once per change of the statistics, not per request. */
export interface PlanTable {
  readonly steps: number;
  readonly rows: number;
  readonly accept: readonly Float64Array[];
  readonly scoreAccepted: readonly Float64Array[];
  readonly scoreRejected: readonly Float64Array[];
  readonly costFactor: readonly Float64Array[];
  readonly costWeight: Float64Array;
  readonly boundWeight: Float64Array;
  readonly modelled: Uint8Array;
  /** Rows that the bound stands on, by Kish: (sum of weights)² / sum of squared weights. */
  readonly effectiveRows: number;
  /** The same, of rows that were observed. */
  readonly observedRows: number;
}

/** Merges rows of equal cells; their cost factors are averaged. Throws RangeError when a row has not `steps` cells. */
export function planTable(steps: number, rows: readonly TableRow[]): PlanTable {
  const merged = new Map<string, { row: TableRow; factors: number[]; cost: number; bound: number }>();
  for (const row of rows) {
    if (row.cells.length !== steps) throw new RangeError(`A row has ${row.cells.length} cells, not ${steps}`);
    const key = `${row.modelled ? "m" : "r"}${row.boundWeight > 0 ? "b" : ""}${row.cells.map(({ accept, scoreAccepted, scoreRejected }) => `${accept},${scoreAccepted},${scoreRejected}`).join(";")}`;
    const group = merged.get(key) ?? { row, factors: row.cells.map(() => 0), cost: 0, bound: 0 };
    merged.set(key, group);
    group.cost += row.costWeight;
    group.bound += row.boundWeight;
    for (const [index, { costFactor }] of row.cells.entries()) {
      group.factors[index] = (group.factors[index] ?? 0) + row.costWeight * costFactor;
    }
  }
  const groups = [...merged.values()];
  const column = (pick: (group: (typeof groups)[number]) => number): Float64Array => Float64Array.from(groups, pick);
  const perStep = (pick: (cell: StepCell) => number): Float64Array[] =>
    Array.from({ length: steps }, (_, step) =>
      column(({ row }) => {
        const cell = row.cells[step];
        return cell === undefined ? 0 : pick(cell);
      }),
    );
  return {
    steps,
    rows: groups.length,
    accept: perStep(({ accept }) => accept),
    scoreAccepted: perStep(({ scoreAccepted }) => scoreAccepted),
    scoreRejected: perStep(({ scoreRejected }) => scoreRejected),
    costFactor: Array.from({ length: steps }, (_, step) =>
      column(({ factors, cost }) => (cost > 0 ? (factors[step] ?? 0) / cost : 1)),
    ),
    costWeight: column(({ cost }) => cost),
    boundWeight: column(({ bound }) => bound),
    modelled: Uint8Array.from(groups, ({ row }) => (row.modelled ? 1 : 0)),
    effectiveRows: effectiveSize(rows.map(({ boundWeight }) => boundWeight)),
    observedRows: effectiveSize(rows.flatMap((row) => (row.modelled ? [] : [row.boundWeight]))),
  };
}

/** How many equally weighted rows the weights are worth (Kish). */
export function effectiveSize(weights: readonly number[]): number {
  let [sum, squares] = [0, 0];
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares === 0 ? 0 : (sum * sum) / squares;
}
