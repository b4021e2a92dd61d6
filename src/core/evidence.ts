import type { Basis } from "../checks/kit/check-result.ts";
import { expectedCost } from "./candidate-sizing.ts";
import { mediaProblem } from "./media.ts";
import { lifecycleAt, type Model, type ModelId, type ProviderId } from "./model.ts";
import type { Snapshot } from "./planning.ts";
import type { Request } from "./request.ts";
import { TESTS_OUTPUT_TOKENS } from "./written-tests.ts";

/** How often evidence of one kind was there, and how often the answer was then right. */
export interface MeasuredPrecision {
  readonly times: number;
  readonly right: number;
  /** Share of answers that were right of late, 0..1: what `isEnough` was decided on. */
  readonly recentShare: number;
  /** Whether its precision, at its lower bound, meets what was asked for, on enough labelled answers. */
  readonly isEnough: boolean;
}

/** Evidence that was bought: on which task, of which kind, from which models (in the order of their ids), and for whom. */
export interface EvidenceSource {
  readonly task: string;
  readonly basis: Basis;
  readonly models: readonly ModelId[];
  readonly principal: string | null;
  readonly minQuality: number;
}

/** What outcomes have shown of such evidence; `null`: nothing was measured yet. */
export type PrecisionOf = (source: EvidenceSource) => MeasuredPrecision | null;

/** Who writes tests for an answer of this provider: of the cheapest models, or of those that the task names, the first of another one. */
export function testWriterFor(own: ProviderId, request: Request, snapshot: Snapshot): Model | undefined {
  const { testWriters } = request.task;
  const models =
    testWriters === undefined
      ? cheapestFirst(
          askable(request.evidenceModels, request, snapshot),
          request.rendered.maxTokens,
          TESTS_OUTPUT_TOKENS,
          snapshot,
        )
      : askable(testWriters, request, snapshot);
  return ofAnotherProvider(models, own);
}

/** Who answers a second time beside an answer of this provider: the cheapest model of another one. */
export function secondFor(own: ProviderId, request: Request, snapshot: Snapshot): Model | undefined {
  const models = askable(request.evidenceModels, request, snapshot);
  const { maxTokens } = request.rendered;
  return ofAnotherProvider(cheapestFirst(models, maxTokens, request.task.expectedOutputTokens, snapshot), own);
}

/** Who judges an answer of this provider: the first of the task's judges, or the best model, of another one. */
export function judgeFor(own: ProviderId, request: Request, snapshot: Snapshot): Model | undefined {
  const { judges } = request.task;
  const models =
    judges === undefined
      ? askable(request.evidenceModels, request, snapshot).toSorted((a, b) => b.quality - a.quality)
      : askable(judges, request, snapshot);
  return ofAnotherProvider(models, own);
}

/** The models of a list that can be asked now, in its order: alive, with a price, well, at a provider that is on, and able to read the request. */
function askable(names: readonly ModelId[], { rendered }: Request, snapshot: Snapshot): readonly Model[] {
  return names
    .flatMap((name) => snapshot.catalogue.find(name) ?? [])
    .filter(
      (model) =>
        snapshot.providers.get(model.provider)?.available === true &&
        lifecycleAt(model, snapshot.nowMs).alive &&
        mediaProblem(model, rendered.media) === null &&
        (model.prices !== "unpriced" || snapshot.allowUnpriced) &&
        snapshot.health.get(model.id)?.state !== "open",
    );
}

function cheapestFirst(
  models: readonly Model[],
  inputTokens: number,
  outputTokens: number,
  { nowMs }: Snapshot,
): readonly Model[] {
  const cost = new Map(models.map((model) => [model.id, expectedCost(model, nowMs, inputTokens, outputTokens)]));
  return models.toSorted((a, b) => (cost.get(a.id) ?? 0) - (cost.get(b.id) ?? 0));
}

/** A model of the same family shares the blind spots of the answer, and a liking for it. */
function ofAnotherProvider(models: readonly Model[], own: ProviderId): Model | undefined {
  return models.find(({ provider }) => provider !== own);
}
