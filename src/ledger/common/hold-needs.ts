import type { BudgetScope } from "../../core/budget.ts";
import type { HoldInput } from "../../core/ports.ts";

/** What a batch may need of a scope at most. */
export function neededIn(
  scope: BudgetScope,
  input: Pick<HoldInput, "amountNanoUsd" | "byTask" | "byProvider">,
): number {
  switch (scope.kind) {
    case "call":
      return 0;
    case "day":
    case "week":
    case "month":
    case "principal":
      return input.amountNanoUsd;
    case "task":
      return input.byTask.get(scope.task) ?? 0;
    case "provider":
      return input.byProvider.get(scope.provider) ?? 0;
  }
}
