import { breakerState } from "../core/breaker.ts";
import type { BudgetLimit } from "../core/budget.ts";
import type { ProviderState, Snapshot } from "../core/candidate.ts";
import type { Catalogue, ProviderId } from "../core/model.ts";
import type { Clock, Ledger } from "../core/ports.ts";

/** The standing parts of a snapshot. */
export interface World {
  readonly catalogue: Catalogue;
  readonly providers: ReadonlyMap<ProviderId, ProviderState>;
  readonly limits: readonly BudgetLimit[];
  readonly allowUnpriced: boolean;
}

/** Everything that a plan depends on, read once. Throws `ledger_unavailable`. */
export async function takeSnapshot(world: World, ledger: Ledger, clock: Clock): Promise<Snapshot> {
  const nowMs = clock.nowMs();
  const { attempts, budgets } = await ledger.recent(world.limits, nowMs);
  const health = new Map([...attempts].map(([model, newestFirst]) => [model, breakerState(newestFirst, nowMs)]));
  return {
    nowMs,
    catalogue: world.catalogue,
    providers: world.providers,
    health,
    budgets,
    allowUnpriced: world.allowUnpriced,
  };
}

/** A snapshot without a ledger: for tools that only read, when the file cannot be used. */
export function blindSnapshot(world: World, clock: Clock): Snapshot {
  const budgets = world.limits.map((limit) => ({ ...limit, spentNanoUsd: 0, heldNanoUsd: 0 }));
  return {
    nowMs: clock.nowMs(),
    catalogue: world.catalogue,
    providers: world.providers,
    health: new Map(),
    budgets,
    allowUnpriced: world.allowUnpriced,
  };
}
