/** A ledger to copy, and where to. Addresses are those that `SIGNALBOX_DB` takes. */
export interface LedgerMoveOrder {
  readonly from: string;
  readonly to: string;
  /** Copies although others write to the source; what they write after the last step is not in the copy. */
  readonly whileInUse: boolean;
  readonly nowMs: number;
  /** Ends it between two transactions; the same order goes on later. */
  readonly signal: AbortSignal;
}

/** What a move came to. */
export interface LedgerMoved {
  /** Without secrets. */
  readonly from: string;
  readonly to: string;
  /** What was copied by now, earlier runs counted in. */
  readonly requests: number;
  readonly attempts: number;
  /** Of those attempts, nano-USD. */
  readonly costNanoUsd: number;
  /** An earlier run had begun it. */
  readonly isResumed: boolean;
  /** False when the signal ended it early. */
  readonly isComplete: boolean;
}
