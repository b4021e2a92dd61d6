import type { ModelId } from "../core/model.ts";
import type { NanoUsd } from "../core/money.ts";
import type { Candidate } from "../core/planning.ts";
import { pricesAt } from "../core/price.ts";
import type { Request } from "../core/request.ts";
import { costOf, UNKNOWN_USAGE } from "../core/usage.ts";
import type { PlanStep } from "../planner/plan-table.ts";
import { shortlist } from "../planner/shortlist.ts";

/** More models than this are not planned with: compiling would take too long. */
const MOST_MODELS = 8;

/** The step that has a model repair its own answer. */
export function repairStepId(model: ModelId): string {
  return `repair by ${model}`;
}

/**
 * What a plan may do, at this request's prices: ask a model, and have it repair its own answer. Evidence that the request has bought about
 * answers is charged with each of them, as it cost in the past (`evidenceNanoUsd`, by model).
 */
export function stepsOf(
  order: readonly Candidate[],
  { repair }: Request,
  evidenceNanoUsd: ReadonlyMap<ModelId, NanoUsd>,
  nowMs: number,
): readonly PlanStep[] {
  const entries = order.map(({ model, costExpectedNanoUsd }) => ({
    id: model.id,
    cost: costExpectedNanoUsd,
    quality: model.quality,
  }));
  const kept = new Set(shortlist(entries, MOST_MODELS));
  return order
    .filter(({ model }) => kept.has(model.id))
    .flatMap((candidate): readonly PlanStep[] => {
      const { model, costExpectedNanoUsd, costMaxNanoUsd, latency } = candidate;
      const boughtNanoUsd = evidenceNanoUsd.get(model.id) ?? 0;
      const answer: PlanStep = {
        id: model.id,
        kind: "answer",
        model: model.id,
        follows: null,
        costNanoUsd: costExpectedNanoUsd + boughtNanoUsd,
        costMaxNanoUsd,
        latencyMs: latency.typicalMs,
        priorQuality: model.quality,
      };
      if (!repair) return [answer];
      const readNanoUsd = readingCost(candidate, nowMs);
      const again: PlanStep = {
        ...answer,
        id: repairStepId(model.id),
        kind: "repair",
        follows: model.id,
        costNanoUsd: answer.costNanoUsd + readNanoUsd,
        costMaxNanoUsd: costMaxNanoUsd + readNanoUsd,
      };
      return [answer, again];
    });
}

/** A model that repairs its answer reads that as well. */
function readingCost({ model, inputTokensExpected, outputTokensExpected }: Candidate, nowMs: number): NanoUsd {
  if (model.prices === "unpriced") return 0;
  const prices = pricesAt(model.prices, nowMs, inputTokensExpected + outputTokensExpected);
  return costOf({ ...UNKNOWN_USAGE, inputTokens: outputTokensExpected, outputTokens: 0 }, prices)?.nanoUsd ?? 0;
}
