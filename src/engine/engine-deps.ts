import type { BoundedCache } from "../checks/kit/bounded-cache.ts";
import type { AccountsOf } from "../core/accounts.ts";
import type { BudgetLimit } from "../core/budget.ts";
import type { EventSink } from "../core/events.ts";
import type { PrecisionOf } from "../core/evidence.ts";
import type { Delivery, PreparedOutput } from "../core/file-output.ts";
import type { Plan, Snapshot } from "../core/planning.ts";
import type { Model, ProviderId } from "../core/model.ts";
import type { Clock, Ids, Ledger, Provider, ProviderCapacity, RequestRecord, Verifier } from "../core/ports.ts";
import type { Request } from "../core/request.ts";
import type { WrittenTests } from "../core/written-tests.ts";
import type { PlanGuide } from "./learned-plan.ts";
import type { AccountTurns } from "./account-queue.ts";
import type { Leases } from "./lease-heartbeat.ts";
import type { PendingWrites } from "./pending-writes.ts";
import type { ProviderQueue } from "./provider-queue.ts";
import type { PrefixMemory } from "./prefix-memory.ts";

/** On which share of the requests the baseline model is asked as well, and the draw, from 0 to 1. */
export interface ShadowShare {
  readonly share: number;
  readonly random: () => number;
}

/** The model that a user would otherwise use for everything. */
interface Baseline {
  readonly model: Model;
}

/** What the engine needs of the world. */
export interface EngineDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly ledger: Ledger;
  readonly leases: Leases;
  readonly pending: PendingWrites;
  readonly lines: ProviderQueue;
  readonly verifier: Verifier;
  readonly limits: readonly BudgetLimit[];
  readonly baseline: Baseline;
  /** The caller's own model; `null`: not known. */
  readonly caller: Model | null;
  readonly shadow: ShadowShare;
  /** Share of the answers with which the caller is asked whether they were right; drawn as for the shadows. */
  readonly outcomeShare: number;
  readonly storeText: boolean;
  /** Writes an accepted answer to where the request wants it; never throws for what a disk does. */
  writeOutput(output: PreparedOutput, answer: string): Promise<Delivery>;
  /** A provider, spoken to as one of its accounts. */
  provider(id: ProviderId, account: string): Provider;
  /** A provider's limits from the config. */
  room(id: ProviderId): ProviderCapacity | null;
  /** Tests that models wrote lately, by prompt; `null`: they could not be used. */
  readonly writtenTests: BoundedCache<WrittenTests | null>;
  readonly precisionOf: PrecisionOf;
  readonly accountsOf: AccountsOf;
  readonly turns: AccountTurns;
  readonly prefixes: PrefixMemory;
  /** What happens is told there. */
  readonly events: EventSink;
  record(request: Request, plan: Plan, startedAtMs: number): RequestRecord;
}

/** A request and the plan for it, with the snapshot of the ledger that the plan was made on. */
export interface PlannedRequest {
  readonly request: Request;
  readonly plan: Plan;
  /** Who chooses the rest of the way after each verdict; `null`: the plan's order stands. */
  readonly guide: PlanGuide | null;
  readonly snapshot: Snapshot;
}
