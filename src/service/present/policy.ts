import type { PolicyOut } from "../../core/contract-resources.ts";
import type { Task } from "../../core/task.ts";

/** A row of the policy in the contract's spelling. */
export function presentPolicy(task: Task): PolicyOut {
  return {
    task: task.id,
    title: task.title,
    description: task.description,
    candidates: task.candidates,
    min_quality: task.minQuality,
    optimize: task.optimize,
    max_output_tokens: task.maxOutputTokens,
    checks: task.checks.map(({ check, own }) => own?.name ?? check),
    on_unchecked: task.onUnchecked ?? ["accept"],
    repair: task.repair ?? true,
    ...(task.judges === undefined ? {} : { judges: task.judges }),
  };
}
