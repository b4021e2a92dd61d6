import type { AccountsOf } from "../core/accounts.ts";
import type { BudgetLimit } from "../core/budget.ts";
import type { ProviderState, Snapshot } from "../core/planning.ts";
import { unwellModels } from "../core/health.ts";
import type { Catalogue, ProviderId } from "../core/model.ts";
import type { Clock, Ledger, RecentFacts } from "../core/ports.ts";
import type { TaskId } from "../core/task.ts";

/** The standing parts of a snapshot. */
export interface StandingFacts {
  readonly catalogue: Catalogue;
  readonly providers: ReadonlyMap<ProviderId, ProviderState>;
  readonly limits: readonly BudgetLimit[];
  readonly allowUnpriced: boolean;
  /** Who asks; `null`: the owner. */
  readonly principal: string | null;
  readonly accountsOf: AccountsOf;
}

/** Everything that a plan for a task depends on, read once; what `batchId` holds counts as free for it. Throws `ledger_unavailable`. */
export async function takeSnapshot(
  world: StandingFacts,
  ledger: Ledger,
  clock: Clock,
  task: TaskId | null,
  batchId: string | null = null,
): Promise<Snapshot> {
  const nowMs = clock.nowMs();
  return snapshotOf(world, await ledger.recent(world.limits, nowMs, task, batchId, world.principal), nowMs);
}

/** A snapshot without a ledger: for tools that only read, when the file cannot be used. */
export function blindSnapshot(world: StandingFacts, clock: Clock): Snapshot {
  const budgets = world.limits.map((limit) => ({ ...limit, spentNanoUsd: 0, heldNanoUsd: 0, heldUntilMs: null }));
  return snapshotOf(world, { attempts: new Map(), outages: new Map(), latencies: new Map(), budgets }, clock.nowMs());
}

function snapshotOf(world: StandingFacts, facts: RecentFacts, nowMs: number): Snapshot {
  const { catalogue, providers, allowUnpriced } = world;
  return {
    nowMs,
    catalogue,
    providers,
    health: unwellModels(catalogue.models, facts, world.accountsOf, nowMs),
    outages: facts.outages,
    latencies: facts.latencies,
    budgets: facts.budgets,
    allowUnpriced,
  };
}
