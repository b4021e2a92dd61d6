import { seeded } from "../random.ts";
import type { OutcomeSet } from "./load.ts";

/** A set with one gate: what every plan is played on. */
export interface GatedSet {
  readonly models: readonly string[];
  /** By row and model. */
  readonly scores: readonly (readonly number[])[];
  readonly costs: readonly (readonly number[])[];
  readonly accepts: readonly (readonly boolean[])[];
}

/**
 * The set with a gate: `recorded`, `none` (everything is accepted), or simulated: right answers are accepted with this probability, wrong ones
 * rejected with the same. One draw per answer, the same at every level and in every run.
 */
export function withGate({ models, rows }: OutcomeSet, gate: "recorded" | "none" | number): GatedSet {
  const random = seeded(20261130);
  const draws = rows.map((row) => row.scores.map(() => random()));
  const accepts = rows.map((row, index) =>
    row.scores.map((score, model) => {
      if (gate === "none") return true;
      if (gate === "recorded") return row.gates?.[model] ?? true;
      return (draws[index]?.[model] ?? 0) < gate * score + (1 - gate) * (1 - score);
    }),
  );
  return { models, scores: rows.map(({ scores }) => scores), costs: rows.map(({ costs }) => costs), accepts };
}

/** What plans come to on some rows: mean score, and mean cost in micro-USD. */
export interface Played {
  readonly quality: number;
  readonly cost: number;
}

/** Plays a plan (indexes of models) on the rows: the first accepted answer, else that of `returns`. */
export function play(set: GatedSet, rows: readonly number[], path: readonly number[], returns: number): Played {
  let [quality, cost] = [0, 0];
  for (const row of rows) {
    let picked = returns;
    for (const [index, model] of path.entries()) {
      cost += set.costs[row]?.[model] ?? 0;
      // Nothing stands behind the last model of a plan: whether it was accepted changes nothing but what is returned.
      if (set.accepts[row]?.[model] !== true) continue;
      picked = path[index] ?? returns;
      break;
    }
    quality += set.scores[row]?.[picked] ?? 0;
  }
  return { quality: quality / rows.length, cost: cost / rows.length };
}

export function meansOf(set: GatedSet, rows: readonly number[]): readonly Played[] {
  return set.models.map((_, model) => play(set, rows, [model], model));
}
