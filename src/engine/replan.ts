import type { NextSteps } from "./learned-plan.ts";
import type { RequestContext } from "./request-context.ts";

/**
 * What to do after a rejected answer, by what was learned and with the time and the money that are left. `mayRepair`: its model can repair
 * it. `null`: as the queue stands.
 */
export function nextSteps(context: RequestContext, mayRepair: boolean): NextSteps | null {
  const { request, guide, attempts } = context;
  const modelsOf = (outcome: "failed" | "rejected"): readonly string[] =>
    attempts.flatMap((each) => (each.outcome === outcome && isAnswer(each) ? [each.model] : []));
  const { budgetNanoUsd } = request;
  const way = { rejected: modelsOf("rejected"), failed: modelsOf("failed"), mayRepair };
  const left = {
    deadlineMs: context.remainingMs,
    budgetNanoUsd: budgetNanoUsd === null ? null : Math.max(0, budgetNanoUsd - context.costNanoUsd),
  };
  const next = guide?.after(way, left) ?? null;
  if (next !== null && isOver(next)) {
    context.notes.push(
      `nothing more is asked: the checks of ${request.task.id} do not tell right answers from wrong ones`,
    );
  }
  return next;
}

/** Whether nothing more is asked. */
export function isOver({ repairs, models }: NextSteps): boolean {
  return repairs === false && models.length === 0;
}

/** A model that failed as a judge, or at writing tests, may still answer. */
function isAnswer({ role }: RequestContext["attempts"][number]): boolean {
  return role === "answer" || role === "repair";
}
