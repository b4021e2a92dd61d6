import type { BudgetLimit, BudgetState } from "./budget.ts";
import type { ProviderId } from "./model.ts";
import type { NanoUsd } from "./money.ts";

/** Money asked for, for a whole batch before its first request: in all, and how much of it each task and provider may need at most. */
export interface HoldInput {
  readonly batchId: string;
  /** Who asked; `null`: the owner. */
  readonly principal: string | null;
  readonly amountNanoUsd: NanoUsd;
  readonly byTask: ReadonlyMap<string, NanoUsd>;
  readonly byProvider: ReadonlyMap<ProviderId, NanoUsd>;
  readonly limits: readonly BudgetLimit[];
  readonly nowMs: number;
  /** After this its process counts as dead, and whoever comes next gives back what was not drawn. */
  readonly leaseUntilMs: number;
  /** When the batch is over at the latest, epoch milliseconds. */
  readonly endsByMs: number;
}

/** All of it is held, or nothing. */
export type HoldResult = { readonly ok: true } | { readonly ok: false; readonly over: BudgetState };
