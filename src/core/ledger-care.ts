import type { Receipt } from "./contract-resources.ts";
import type { Outcome } from "./outcome.ts";

/** A call that is running now, by this or another process on the ledger. */
export interface RunningCall {
  readonly routeId: string;
  readonly task: string;
  readonly role: string;
  readonly model: string;
  readonly provider: string;
  readonly heldNanoUsd: number;
  readonly sinceMs: number;
}

/** What is going on at this moment, in the contract's spelling. */
export interface NowOut {
  readonly at: string;
  readonly running: readonly {
    readonly route_id: string;
    readonly task: string;
    readonly role: string;
    readonly model: string;
    readonly provider: string;
    readonly held_usd: number;
    readonly running_ms: number;
  }[];
  readonly held_usd: number;
  readonly outages: readonly {
    readonly what: string;
    readonly kind: string;
    readonly message: string;
    readonly left_ms: number;
  }[];
}

/** Requests of some days, for an export. */
export interface ReceiptsQuery {
  /** Epoch milliseconds: those that began no earlier, and before. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** Only those after this id; `null`: from the first on. */
  readonly after: string | null;
}

/** What the commands that look after the ledger ask for. Each gives `ledger_unavailable` when the ledger cannot be used. */
export interface LedgerCare {
  /** Where it is, without a password. */
  path(): Promise<Outcome<{ readonly path: string }>>;
  /** Copies it to a new file while others go on writing. `invalid_request`: the file is there, or the ledger is no file. */
  backup(file: string): Promise<Outcome<{ readonly path: string; readonly bytes: number }>>;
  /** Deletes it. `invalid_request`: calls are running, or the ledger is no file. */
  reset(): Promise<Outcome<{ readonly path: string }>>;
  now(): Promise<Outcome<NowOut>>;
  /** The next page of receipts, the oldest first; empty: there are no more. */
  receipts(query: ReceiptsQuery): Promise<Outcome<readonly Receipt[]>>;
}
