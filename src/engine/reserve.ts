import { scopeName, type BudgetLimit, type BudgetState } from "../core/budget.ts";
import type { Candidate, Snapshot } from "../core/candidate.ts";
import type { Model } from "../core/model.ts";
import { formatUsd } from "../core/money.ts";
import type { Ledger, RequestRecord } from "../core/ports.ts";
import type { Request } from "../core/request.ts";
import { sizeUp, type UsedSoFar } from "../core/size.ts";

/** A lease outlives the deadline by this much, so that only a dead process ever loses one. */
const LEASE_GRACE_MS = 30_000;

interface Ask {
  readonly attemptId: string;
  readonly request: Request;
  readonly record: RequestRecord;
  readonly snapshot: Snapshot;
  readonly used: UsedSoFar;
  readonly limits: readonly BudgetLimit[];
  readonly nowMs: number;
}

/** A candidate with its money held, or why there is none. */
export type Held =
  | { readonly ok: true; readonly candidate: Candidate }
  | { readonly ok: false; readonly reason: string; readonly heldByOthers: boolean; readonly outOfTime: boolean };

/**
 * Sizes a model on what is left and holds its worst case in every scope that covers it. A budget that others, or this request's
 * own attempts, have drawn on since the snapshot refuses the first size: then the model is sized once more on the ledger's figures.
 */
export async function sizeAndReserve(model: Model, ask: Ask, ledger: Ledger): Promise<Held> {
  const first = await tryOnce(model, ask, ledger);
  if (first.ok || first.over === null) return first;
  const { over } = first;
  const name = scopeName(over.scope);
  const budgets = ask.snapshot.budgets.map((budget) => (scopeName(budget.scope) === name ? over : budget));
  return tryOnce(model, { ...ask, snapshot: { ...ask.snapshot, budgets } }, ledger);
}

type Tried = Extract<Held, { ok: true }> | (Extract<Held, { ok: false }> & { readonly over: BudgetState | null });

async function tryOnce(model: Model, ask: Ask, ledger: Ledger): Promise<Tried> {
  const { request, record, nowMs } = ask;
  const sized = sizeUp(model, request, ask.snapshot, ask.used);
  if (!sized.ok) {
    const { reason, code } = sized.rejection;
    const heldByOthers = code === "over_budget" && ask.snapshot.budgets.some((budget) => budget.heldNanoUsd > 0);
    return { ok: false, reason, heldByOthers, outOfTime: code === "deadline_too_short", over: null };
  }
  const { candidate } = sized;
  const own: BudgetLimit[] =
    request.budgetNanoUsd === null
      ? []
      : [{ scope: { kind: "call", routeId: request.routeId }, limitNanoUsd: request.budgetNanoUsd }];
  const reserved = await ledger.reserve({
    attemptId: ask.attemptId,
    request: record,
    model: model.id,
    provider: model.provider,
    amountNanoUsd: candidate.costMaxNanoUsd,
    limits: [...own, ...ask.limits],
    nowMs,
    leaseUntilMs: nowMs + Math.max(0, request.deadlineMs - ask.used.elapsedMs) + LEASE_GRACE_MS,
  });
  if (reserved.ok) return { ok: true, candidate };
  const { over } = reserved;
  const reason =
    `the ${scopeName(over.scope)} budget of ${formatUsd(over.limitNanoUsd)} has ${formatUsd(over.spentNanoUsd)} spent and ` +
    `${formatUsd(over.heldNanoUsd)} held by running calls; this call needs up to ${formatUsd(candidate.costMaxNanoUsd)}`;
  return { ok: false, reason, heldByOthers: over.heldNanoUsd > 0, outOfTime: false, over };
}
