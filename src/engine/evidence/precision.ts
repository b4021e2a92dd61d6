import type { Basis } from "../../checks/kit/check-result.ts";
import type { ModelId } from "../../core/model.ts";
import type { RequestContext } from "../request-context.ts";

/** What outcomes have shown of evidence from these models on the request's task. */
export interface Precision {
  /** Whether it was measured, on enough answers, to be as right as the request wants. */
  readonly isEnough: boolean;
  /** Share of answers that were right of late when there was such evidence; `null`: not measured. */
  readonly share: number | null;
  readonly words: string;
}

export function precisionOf(basis: Basis, models: readonly ModelId[], { deps, request }: RequestContext): Precision {
  const { principal, minQuality, task } = request;
  const measured = deps.precisionOf({ task: task.id, basis, models: models.toSorted(), principal, minQuality });
  if (measured === null || measured.times === 0)
    return { isEnough: false, share: null, words: "how often that is right was not measured yet" };
  const { right, times, recentShare, isEnough } = measured;
  return { isEnough, share: recentShare, words: `right on ${right} of ${times} answers so far` };
}
