import { shortlist } from "../../src/planner/shortlist.ts";
import { MOST_MODELS } from "./ours.ts";
import { meansOf, play, type GatedSet, type Played } from "./rows.ts";

/** A list of candidates that is not learned: up to four models, from the cheapest to the dearest in even steps. */
export function fixedRow(means: readonly Played[]): readonly number[] {
  const byCost = means.map((_, model) => model).sort((a, b) => (means[a]?.cost ?? 0) - (means[b]?.cost ?? 0));
  const length = Math.min(4, byCost.length);
  const places = Array.from({ length }, (_, place) =>
    length === 1 ? 0 : Math.round((place * (byCost.length - 1)) / (length - 1)),
  );
  return places.map((place) => byCost[place] ?? 0);
}

/** In hindsight, over all rows: the cheapest order of up to four models that is as right as the best single one. */
export function bestFixedCascade(set: GatedSet, all: readonly number[]): readonly number[] {
  const means = meansOf(set, all);
  const entries = means.map(({ cost, quality }, model) => ({ id: String(model), cost, quality }));
  const models = shortlist(entries, MOST_MODELS).map(Number);
  const best = Math.max(...means.map(({ quality }) => quality));
  let [cheapest, path] = [Number.POSITIVE_INFINITY, [] as readonly number[]];
  const visit = (prefix: readonly number[]): void => {
    for (const model of models) {
      if (prefix.includes(model)) continue;
      const order = [...prefix, model];
      const { cost, quality } = play(set, all, order, model);
      if (quality >= best - 1e-9 && cost < cheapest) [cheapest, path] = [cost, order];
      if (order.length < 4 && cost < cheapest + 1e-9) visit(order);
    }
  };
  visit([]);
  return path;
}
