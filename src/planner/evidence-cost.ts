import type { SeenRequest } from "../core/learning.ts";
import type { ModelId } from "../core/model.ts";
import type { NanoUsd } from "../core/money.ts";

/** What was spent on bought evidence per answer of each model, mean, nano-USD: each answer to come is charged with it. */
export function evidenceCosts(requests: readonly SeenRequest[]): ReadonlyMap<ModelId, NanoUsd> {
  const sums = new Map<ModelId, { answers: number; nanoUsd: number }>();
  for (const { model, evidenceNanoUsd } of requests.flatMap(({ answers }) => answers)) {
    const sum = sums.get(model) ?? { answers: 0, nanoUsd: 0 };
    sum.answers += 1;
    sum.nanoUsd += evidenceNanoUsd;
    sums.set(model, sum);
  }
  return new Map([...sums].map(([model, { answers, nanoUsd }]) => [model, Math.round(nanoUsd / answers)]));
}
