import { sizeCandidate } from "../core/candidate-sizing.ts";
import type { Plan, Snapshot } from "../core/planning.ts";
import type { Request } from "../core/request.ts";

/** Candidates that only the budget keeps out, sized as if it did not: an estimate shows what they would cost. */
export function overBudgetCandidates(made: Plan, request: Request, snapshot: Snapshot): Plan["order"] {
  const unlimited = { ...request, budgetNanoUsd: null };
  return made.rejected
    .filter((rejection) => rejection.code === "over_budget")
    .flatMap((rejection) => {
      const model = snapshot.catalogue.find(rejection.model);
      const sized =
        model === undefined
          ? null
          : sizeCandidate(model, unlimited, { ...snapshot, budgets: [] }, { spentNanoUsd: 0, elapsedMs: 0 });
      return sized?.ok === true ? [sized.candidate] : [];
    });
}
