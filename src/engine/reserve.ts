import { scopeName, type BudgetLimit } from "../core/budget.ts";
import type { Candidate } from "../core/candidate.ts";
import { formatUsd } from "../core/money.ts";
import type { Ledger, RequestRecord } from "../core/ports.ts";

/** A lease outlives the deadline by this much, so that only a dead process ever loses one. */
const LEASE_GRACE_MS = 30_000;

interface ReserveFor {
  readonly attemptId: string;
  readonly candidate: Candidate;
  readonly request: RequestRecord;
  readonly limits: readonly BudgetLimit[];
  readonly nowMs: number;
  readonly remainingMs: number;
}

/** Holds a candidate's worst case in every scope that covers it, the request's own budget among them. */
export async function reserveFor(
  ask: ReserveFor,
  ledger: Ledger,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string; readonly heldByOthers: boolean }> {
  const { request, candidate } = ask;
  const own: BudgetLimit[] =
    request.budgetNanoUsd === null
      ? []
      : [{ scope: { kind: "call", routeId: request.routeId }, limitNanoUsd: request.budgetNanoUsd }];
  const reserved = await ledger.reserve({
    attemptId: ask.attemptId,
    request,
    model: candidate.model.id,
    provider: candidate.model.provider,
    amountNanoUsd: candidate.costMaxNanoUsd,
    limits: [...own, ...ask.limits],
    nowMs: ask.nowMs,
    leaseUntilMs: ask.nowMs + ask.remainingMs + LEASE_GRACE_MS,
  });
  if (reserved.ok) return reserved;
  const { over } = reserved;
  const reason =
    `the ${scopeName(over.scope)} budget of ${formatUsd(over.limitNanoUsd)} has ${formatUsd(over.spentNanoUsd)} spent and ` +
    `${formatUsd(over.heldNanoUsd)} held by running calls; this call needs up to ${formatUsd(candidate.costMaxNanoUsd)}`;
  return { ok: false, reason, heldByOthers: over.heldNanoUsd > 0 };
}
