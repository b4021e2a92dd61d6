import type { PlanCaution } from "../../src/planner/choose-plan.ts";
import { seeded } from "../random.ts";
import { bestFixedCascade, fixedRow } from "./fixed.ts";
import type { OutcomeSet } from "./load.ts";
import { fitOurs, type FittedPlan } from "./ours.ts";
import { meansOf, play, withGate, type GatedSet } from "./rows.ts";

/** One line of the result: means over the splits, each judged on the half that it was not fitted on. */
export interface RoutingResult {
  readonly set: string;
  readonly plan: string;
  /** Rows of the set. */
  readonly n: number;
  /** Share of right answers. */
  readonly quality: number;
  /** Quality by that of the best single model on the same rows. */
  readonly quality_of_best: number;
  /** Per request. `null`: the set names no costs. */
  readonly cost_usd: number | null;
  /** Share of the best single model's cost. */
  readonly saved: number | null;
  /** Share of splits in which `quality_of_best` is below the bound. */
  readonly below_bound_share: number;
}

export interface JudgeOptions {
  readonly splits: number;
  readonly minQuality: number;
  readonly caution: PlanCaution;
  /** Halves smaller than half of the set, to see what little history does; `null`: halves. */
  readonly trainRows: number | null;
}

/** Gates that are simulated where none was recorded. */
const LEVELS = [0.7, 0.8, 0.85, 0.9] as const;
/** The gate of the fixed plans where none was recorded. */
const USUAL_LEVEL = 0.85;

type Fit = (train: readonly number[]) => { readonly path: readonly number[]; readonly returns: number };

/** Every plan on a set. */
export function judgeSet(set: OutcomeSet, options: JudgeOptions): readonly RoutingResult[] {
  const all = set.rows.map((_, index) => index);
  const ungated = withGate(set, "none");
  const usual = withGate(set, set.isGated ? "recorded" : USUAL_LEVEL);
  const means = meansOf(ungated, all);
  const order = means.map((_, model) => model);
  // The dearer one of equals.
  const best = order.reduce((a, b) => (rank(means[b]) > rank(means[a]) ? b : a));
  const cheapest = order.reduce((a, b) => ((means[b]?.cost ?? 0) < (means[a]?.cost ?? 0) ? b : a));
  const row = fixedRow(means);
  const cascade = set.hasCosts ? bestFixedCascade(usual, all) : [best];
  const always =
    (path: readonly number[]): Fit =>
    () => ({ path, returns: path.at(-1) ?? 0 });
  const ours =
    (gated: GatedSet): Fit =>
    (train): FittedPlan =>
      fitOurs(gated, train, options.minQuality, options.caution);
  const simulated = LEVELS.map((level) => [`ours_gate_${level}`, withGate(set, level)] as const);
  const plans: readonly (readonly [string, GatedSet, Fit])[] = [
    ["best_single", ungated, always([best])],
    ["cheapest_single", ungated, always([cheapest])],
    ["fixed_row", usual, always(row)],
    ["best_fixed_cascade", usual, always(cascade)],
    ["ours_no_gate", ungated, ours(ungated)],
    ...simulated.map(([plan, gated]) => [plan, gated, ours(gated)] as const),
    ...(set.isGated ? [["ours_recorded_gate", usual, ours(usual)] as const] : []),
  ];
  const halves = splitsOf(all, options);
  return (set.hasCosts ? plans : plans.slice(0, 1)).map(([plan, gated, fit]) =>
    summarise(set, plan, gated, fit, best, halves, options.minQuality),
  );
}

/** One single model after the other, for the table. */
export function judgeSingles(set: OutcomeSet, options: JudgeOptions): readonly RoutingResult[] {
  const all = set.rows.map((_, index) => index);
  const ungated = withGate(set, "none");
  const means = meansOf(ungated, all);
  const best = means.map((_, model) => model).reduce((a, b) => (rank(means[b]) > rank(means[a]) ? b : a));
  const halves = splitsOf(all, options);
  return set.models.map((name, model) =>
    summarise(set, name, ungated, () => ({ path: [model], returns: model }), best, halves, options.minQuality),
  );
}

/** Models of a set of which every order is printed: more would be too many. */
const MOST_ORDERED = 3;

/** Every order of two models or more, with the gate of the fixed plans, for the table. */
export function judgeOrders(set: OutcomeSet, options: JudgeOptions): readonly RoutingResult[] {
  if (set.models.length > MOST_ORDERED || !set.hasCosts) return [];
  const all = set.rows.map((_, index) => index);
  const usual = withGate(set, set.isGated ? "recorded" : USUAL_LEVEL);
  const means = meansOf(withGate(set, "none"), all);
  const best = means.map((_, model) => model).reduce((a, b) => (rank(means[b]) > rank(means[a]) ? b : a));
  const halves = splitsOf(all, options);
  return ordersOf(set.models.length).map((path) => {
    const fit: Fit = () => ({ path, returns: path.at(-1) ?? 0 });
    const name = path.map((model) => set.models[model] ?? "").join(" → ");
    return summarise(set, name, usual, fit, best, halves, options.minQuality);
  });
}

function ordersOf(models: number): readonly (readonly number[])[] {
  const longer = (path: readonly number[]): readonly (readonly number[])[] =>
    Array.from({ length: models }, (_, model) => [...path, model]).flatMap((next) =>
      path.includes(next.at(-1) ?? 0) ? [] : [next, ...longer(next)],
    );
  return longer([]).filter((path) => path.length > 1);
}

/** Saved by a mix that knows nothing of the request: the cheapest and the best model at random, at `minQuality` of the best. */
export function randomMixSaving(
  set: OutcomeSet,
  minQuality: number,
): { readonly saved: number; readonly share: number } {
  const all = set.rows.map((_, index) => index);
  const means = meansOf(withGate(set, "none"), all);
  const top = means.reduce((a, b) => (rank(b) > rank(a) ? b : a));
  let [saved, share] = [0, 0];
  for (const { quality, cost } of means) {
    // As much of the weaker one as the bound allows.
    const part = quality >= minQuality * top.quality ? 1 : ((1 - minQuality) * top.quality) / (top.quality - quality);
    const saves = top.cost === 0 ? 0 : part * (1 - cost / top.cost);
    if (saves > saved) [saved, share] = [saves, part];
  }
  return { saved, share };
}

function rank(mean: { readonly quality: number; readonly cost: number } | undefined): number {
  return (mean?.quality ?? 0) + 1e-12 * Math.min(1e9, mean?.cost ?? 0);
}

interface Halves {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

function splitsOf(all: readonly number[], { splits, trainRows }: JudgeOptions): readonly Halves[] {
  const random = seeded(13);
  return Array.from({ length: splits }, () => {
    const shuffled = [...all];
    for (let last = shuffled.length - 1; last > 0; last -= 1) {
      const other = Math.floor(random() * (last + 1));
      const [a, b] = [shuffled[last] ?? 0, shuffled[other] ?? 0];
      [shuffled[last], shuffled[other]] = [b, a];
    }
    const half = Math.floor(all.length / 2);
    return { train: shuffled.slice(0, Math.min(half, trainRows ?? half)), test: shuffled.slice(half) };
  });
}

function summarise(
  set: OutcomeSet,
  plan: string,
  gated: GatedSet,
  fit: Fit,
  best: number,
  halves: readonly Halves[],
  minQuality: number,
): RoutingResult {
  let [quality, ofBest, cost, saved, below] = [0, 0, 0, 0, 0];
  for (const { train, test } of halves) {
    const { path, returns } = fit(train);
    const ours = play(gated, test, path, returns);
    const single = play(gated, test, [best], best);
    const relative = single.quality === 0 ? 1 : ours.quality / single.quality;
    quality += ours.quality;
    ofBest += relative;
    cost += ours.cost;
    saved += single.cost === 0 ? 0 : 1 - ours.cost / single.cost;
    // Equal is not below, however the figures are rounded.
    if (relative < minQuality - 1e-9) below += 1;
  }
  const mean = (sum: number): number => Number((sum / halves.length).toPrecision(6));
  return {
    set: set.name,
    plan,
    n: set.rows.length,
    quality: mean(quality),
    quality_of_best: mean(ofBest),
    cost_usd: set.hasCosts ? mean(cost / 1e6) : null,
    saved: set.hasCosts ? mean(saved) : null,
    below_bound_share: mean(below),
  };
}
