import { priceOf, waysOut } from "../core/approval.ts";
import type { Plan } from "../core/planning.ts";
import type { ApprovalOut, ErrorOutput } from "../core/contract.ts";
import { formatUsd, nanoFromUsd, usdFromNano, type NanoUsd } from "../core/money.ts";
import type { CallOptions } from "../core/service.ts";
import type { WorstCase } from "../core/worst-case.ts";

/** What may be spent without asking, and what the user has said yes to. `null`: the user is never asked. */
export interface ApprovalRule {
  readonly limitNanoUsd: NanoUsd | null;
  readonly approvedNanoUsd: NanoUsd | null;
}

export function approvalRule(limitNanoUsd: NanoUsd | null, { approvedUsd }: CallOptions): ApprovalRule {
  return { limitNanoUsd, approvedNanoUsd: approvedUsd === undefined ? null : nanoFromUsd(approvedUsd) };
}

/** A request as it would be begun. */
export interface Planned {
  readonly plan: Plan;
  readonly worst: WorstCase;
}

/** A budget that keeps what may follow within what was approved, or why the user has to be asked first. */
export type Cleared =
  | { readonly ok: true; readonly budgetNanoUsd: NanoUsd | null }
  | { readonly ok: false; readonly error: ErrorOutput };

/**
 * Whether `planned` may be begun. What was approved, or may go without, becomes the ceiling: a plan that changes between the
 * question and the calls cannot spend more than the user has seen.
 */
export async function clear(
  budgetNanoUsd: NanoUsd | null,
  { limitNanoUsd, approvedNanoUsd }: ApprovalRule,
  planned: () => readonly Planned[] | Promise<readonly Planned[]>,
): Promise<Cleared> {
  if (limitNanoUsd === null) return { ok: true, budgetNanoUsd };
  const ceiling = Math.max(limitNanoUsd, approvedNanoUsd ?? 0);
  if (budgetNanoUsd !== null && budgetNanoUsd <= ceiling) return { ok: true, budgetNanoUsd };
  if (approvedNanoUsd !== null) return { ok: true, budgetNanoUsd: ceiling };
  const all = await planned();
  const total = all.reduce((sum, { worst }) => sum + worst.nanoUsd, 0);
  const worstNanoUsd = Math.min(total, budgetNanoUsd ?? Number.POSITIVE_INFINITY);
  if (worstNanoUsd <= ceiling) return { ok: true, budgetNanoUsd: ceiling };
  return { ok: false, error: approvalRequired(worstNanoUsd, limitNanoUsd, all) };
}

function approvalRequired(worst: NanoUsd, limit: NanoUsd, planned: readonly Planned[]): ErrorOutput {
  const expected = planned.reduce((sum, { plan }) => sum + (plan.order[0]?.costExpectedNanoUsd ?? 0), 0);
  const approval: ApprovalOut = {
    worst_case_usd: usdFromNano(worst),
    cost_usd_expected: usdFromNano(Math.min(worst, expected)),
    approval_usd: usdFromNano(limit),
    tasks: planned.length,
    plan: rowsOf(planned),
  };
  const message =
    `This would ${priceOf(approval)}, which is above approval_usd (${formatUsd(limit)}) and needs the user's approval. ` +
    `Nothing was spent. ${waysOut(approval)}`;
  return { code: "approval_required", message, attempts: [], cost_usd: 0, approval };
}

/** Each model in the order in which it is first planned, with its sums over all tasks. */
function rowsOf(planned: readonly Planned[]): ApprovalOut["plan"] {
  const rows = new Map<string, { expected: NanoUsd; most: NanoUsd }>();
  for (const { model, costExpectedNanoUsd, costMaxNanoUsd } of planned.flatMap(({ plan }) => plan.order)) {
    const row = rows.get(model.id) ?? { expected: 0, most: 0 };
    rows.set(model.id, { expected: row.expected + costExpectedNanoUsd, most: row.most + costMaxNanoUsd });
  }
  return [...rows].map(([model, { expected, most }]) => ({
    model,
    cost_usd_expected: usdFromNano(expected),
    cost_usd_max: usdFromNano(most),
  }));
}

/** What an estimate says of a call that would ask the user first. */
export function approvalNote(budget: NanoUsd | null, worst: WorstCase, limit: NanoUsd | null): readonly string[] {
  if (limit === null || worst.nanoUsd <= limit || (budget !== null && budget <= limit)) return [];
  return [
    `could cost up to ${formatUsd(worst.nanoUsd)}, above approval_usd (${formatUsd(limit)}): the user is asked first, unless budget_usd is at most ${usdFromNano(limit)}`,
  ];
}
