import { isLedgerUnavailable } from "../core/errors.ts";
import type { Snapshot } from "../core/planning.ts";
import type { Clock, Ledger } from "../core/ports.ts";
import type { Learner } from "../engine/learner.ts";
import { blindSnapshot, takeSnapshot, type StandingFacts } from "../engine/snapshot.ts";

/** What a tool that only reads plans with. */
export interface ReadSnapshot {
  readonly snapshot: Snapshot;
  readonly notes: readonly string[];
  /** The ledger could not be read. */
  readonly isBlind: boolean;
}

interface SnapshotParts {
  readonly world: StandingFacts;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly learner: Learner;
}

/** The ledger's view where it can be read; else a view without it, and a note that says so. */
export async function readSnapshot(parts: SnapshotParts, task: string | null): Promise<ReadSnapshot> {
  const { world, ledger, clock, learner } = parts;
  try {
    const taken = await takeSnapshot(world, ledger, clock, task);
    const snapshot = task === null ? taken : await learner.inform(taken, world.principal, task);
    return { snapshot, notes: [], isBlind: false };
  } catch (error) {
    if (!isLedgerUnavailable(error)) throw error;
    const notes = [`budgets and health are unknown: ${error.message}`];
    return { snapshot: blindSnapshot(world, clock), notes, isBlind: true };
  }
}
