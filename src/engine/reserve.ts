import type { AttemptRole } from "../core/attempt.ts";
import { scopeName, type BudgetLimit, type BudgetScope, type BudgetState } from "../core/budget.ts";
import type { Candidate, Snapshot } from "../core/planning.ts";
import type { Model, ProviderId } from "../core/model.ts";
import { formatUsd } from "../core/money.ts";
import type { OutageScope } from "../core/errors.ts";
import type { Clock, Ledger, ProviderCapacity, RequestRecord } from "../core/ports.ts";
import type { Request } from "../core/request.ts";
import { sizeCandidate, type UsedSoFar } from "../core/candidate-sizing.ts";
import { LEASE_MS } from "./lease-heartbeat.ts";

/** Sixteen siblings of a batch may each be faster once. */
const MOST_TRIES = 20;

export interface ReservationInput {
  readonly attemptId: string;
  readonly role: AttemptRole;
  readonly request: Request;
  readonly record: RequestRecord;
  readonly snapshot: Snapshot;
  readonly limits: readonly BudgetLimit[];
  readonly room: ProviderCapacity | null;
  readonly probe: OutageScope | null;
  readonly outageKeys: readonly string[];
  /** Money and time that the request has used by now. */
  used(): UsedSoFar;
}

/**
 * Why a candidate was not asked. `unfit`: it does not fit what is left. `busy`: its provider has no room. `probed`: another
 * call is finding out whether it is well again. `out`: its vendor has said no since the plan was made.
 */
export interface Refusal {
  readonly ok: false;
  readonly why: "unfit" | "over_budget" | "busy" | "probed" | "out" | "no_time";
  readonly reason: string;
  readonly heldByOthers: boolean;
  /** When it is worth coming back, epoch milliseconds. */
  readonly retryAtMs: number | null;
  /** It is out because the vendor has named a time, and not to be asked before. */
  readonly askedToWait?: true;
  /** To ask again within this request would bring the same. */
  readonly isFinal?: true;
}

/** A candidate with its money held, or why there is none. */
export type Held = { readonly ok: true; readonly candidate: Candidate } | Refusal;

/**
 * Sizes a model on what is left and holds its worst case in every scope that covers it. A budget that others, or this request's
 * own attempts, have drawn on since the snapshot refuses the first size: then the model is sized anew on the ledger's figures, as
 * often as another call was faster.
 */
export async function sizeAndReserve(model: Model, ask: ReservationInput, ledger: Ledger, clock: Clock): Promise<Held> {
  let { budgets } = ask.snapshot;
  for (let tries = 1; ; tries += 1) {
    const tried = await tryOnce(model, { ...ask, snapshot: { ...ask.snapshot, budgets } }, ledger, clock);
    if (tried.ok || tried.over === null || tries === MOST_TRIES) return tried;
    const { over } = tried;
    // What this request's own running calls hold is not in the snapshot: sizing anew would change nothing.
    if (!budgets.some((budget) => isSame(budget.scope, over.scope))) return tried;
    budgets = budgets.map((budget) => (isSame(budget.scope, over.scope) ? over : budget));
  }
}

function isSame(one: BudgetScope, other: BudgetScope): boolean {
  if (one.kind === "call" || other.kind === "call") {
    return one.kind === "call" && other.kind === "call" && one.routeId === other.routeId;
  }
  return scopeName(one) === scopeName(other);
}

type Tried = Extract<Held, { ok: true }> | (Refusal & { readonly over: BudgetState | null });

async function tryOnce(model: Model, ask: ReservationInput, ledger: Ledger, clock: Clock): Promise<Tried> {
  const { request, record } = ask;
  const used = ask.used();
  const sized = sizeCandidate(model, request, ask.snapshot, used);
  if (!sized.ok) {
    const { reason, code, retryAtMs = null } = sized.rejection;
    const heldByOthers = code === "over_budget" && retryAtMs !== null;
    const why = code === "deadline_too_short" ? "no_time" : code === "over_budget" ? code : "unfit";
    return { ok: false, why, reason, heldByOthers, retryAtMs, over: null };
  }
  const { candidate } = sized;
  const own: BudgetLimit[] =
    request.budgetNanoUsd === null
      ? []
      : [{ scope: { kind: "call", routeId: request.routeId }, limitNanoUsd: request.budgetNanoUsd }];
  const nowMs = clock.nowMs();
  const reserved = await ledger.reserve({
    attemptId: ask.attemptId,
    role: ask.role,
    request: record,
    model: model.id,
    provider: model.provider,
    amountNanoUsd: candidate.costMaxNanoUsd,
    limits: [...own, ...ask.limits],
    nowMs,
    leaseUntilMs: nowMs + LEASE_MS,
    endsByMs: nowMs + Math.max(0, request.deadlineMs - used.elapsedMs),
    room: ask.room,
    probe: ask.probe,
    outageKeys: ask.outageKeys,
  });
  if (reserved.ok) return { ok: true, candidate };
  switch (reserved.why) {
    case "over_budget":
      return overBudget(reserved.over, candidate);
    case "busy": {
      const { limit, freeAtMs } = reserved;
      return { ...NOT_NOW, why: "busy", reason: fullText(model.provider, ask.room, limit), retryAtMs: freeAtMs };
    }
    case "out": {
      const { kind, message, scope, untilMs } = reserved.outage;
      const out = { ...NOT_NOW, why: "out", reason: `${kind} (${message}) meanwhile`, retryAtMs: untilMs } as const;
      return scope === "model" ? { ...out, askedToWait: true } : out;
    }
    case "probed":
      return { ...NOT_NOW, why: "probed", reason: "another call is finding out whether it is well again" };
  }
}

const NOT_NOW = { ok: false, heldByOthers: false, retryAtMs: null, over: null } as const;

function overBudget(over: BudgetState, candidate: Candidate): Tried {
  const figures = `of ${formatUsd(over.limitNanoUsd)} has ${formatUsd(over.spentNanoUsd)} spent and ${formatUsd(over.heldNanoUsd)} held by running calls`;
  const reason =
    `the ${scopeName(over.scope)} budget ${over.shared === true ? "has less left" : figures}; ` +
    `this call needs up to ${formatUsd(candidate.costMaxNanoUsd)}`;
  // Only where what is held stands in the way is it worth coming back when it is free.
  const heldByOthers = over.heldNanoUsd > 0 && over.spentNanoUsd + candidate.costMaxNanoUsd <= over.limitNanoUsd;
  return {
    ok: false,
    why: "over_budget",
    reason,
    heldByOthers,
    retryAtMs: heldByOthers ? over.heldUntilMs : null,
    over,
  };
}

function fullText(provider: string, room: ProviderCapacity | null, limit: keyof ProviderCapacity): string {
  const most = room?.[limit] ?? 0;
  return limit === "concurrency"
    ? `provider ${provider} is at its limit of ${most} calls at a time`
    : `provider ${provider} is at its limit of ${most} calls a minute`;
}

/** Why a provider was not asked: others were before this call. */
export function inLine(provider: ProviderId): Refusal {
  const reason = `provider ${provider} is at its limit, and others were waiting for it before`;
  return { ok: false, why: "busy", reason, heldByOthers: false, retryAtMs: null };
}
