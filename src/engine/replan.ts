import type { ModelId } from "../core/model.ts";
import type { RequestContext } from "./request-context.ts";

/**
 * What to ask next after a rejected answer, by what was learned and with the time and the money that are left. `null`: as the queue stands.
 * An empty list: nothing more.
 */
export function nextSteps(context: RequestContext): readonly ModelId[] | null {
  const { request, guide, attempts } = context;
  const failed = attempts.flatMap(({ model, outcome }) => (outcome === "failed" ? [model] : []));
  const { budgetNanoUsd } = request;
  const left = {
    deadlineMs: context.remainingMs,
    budgetNanoUsd: budgetNanoUsd === null ? null : Math.max(0, budgetNanoUsd - context.costNanoUsd),
  };
  const next = guide?.after(context.rejectedModels(), failed, left) ?? null;
  if (next?.length === 0) {
    context.notes.push(
      `nothing more is asked: the checks of ${request.task.id} do not tell right answers from wrong ones`,
    );
  }
  return next;
}
