import { isLedgerLocked } from "../core/errors.ts";
import type { Clock } from "../core/ports.ts";

/** How long a locked ledger is worth waiting for. */
export interface LockPatience {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Milliseconds that may still be waited. */
  readonly leftMs: () => number;
}

/** Between two tries, milliseconds. */
const PAUSE_MS = 50;
/** What one try may take, the ledger's own short wait counted in. */
const TRY_MS = 300;

/**
 * Does a piece of work on the ledger as soon as no other program has locked it, for as long as there is time. Throws what `work`
 * throws: `ledger_unavailable` when the time is over.
 */
export async function whileLocked<T>(work: () => Promise<T>, { clock, signal, leftMs }: LockPatience): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isLedgerLocked(error) || signal.aborted || leftMs() <= PAUSE_MS + TRY_MS) throw error;
    }
    await clock.sleep(PAUSE_MS, signal);
  }
}
