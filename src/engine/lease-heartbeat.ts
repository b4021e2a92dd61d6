import type { Clock, Ledger } from "../core/ports.ts";
import { isLedgerUnavailable } from "../core/errors.ts";

/** A reservation whose lease is not renewed for so long belongs to a dead process, milliseconds. */
export const LEASE_MS = 30_000;
const RENEW_EVERY_MS = 10_000;

/** Renews the leases of all attempts that run in this process, together, for as long as there are any. */
export class Leases {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #held = new Set<string>();
  #beat: AbortController | null = null;

  constructor(ledger: Ledger, clock: Clock) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  keep(attemptId: string): void {
    this.#held.add(attemptId);
    if (this.#beat !== null) return;
    this.#beat = new AbortController();
    void this.#renew(this.#beat.signal);
  }

  drop(attemptId: string): void {
    this.#held.delete(attemptId);
    if (this.#held.size > 0) return;
    this.#beat?.abort(NOTHING_HELD);
    this.#beat = null;
  }

  async #renew(over: AbortSignal): Promise<void> {
    for (;;) {
      await this.#clock.sleep(RENEW_EVERY_MS, over);
      if (over.aborted) return;
      try {
        await this.#ledger.renew([...this.#held], this.#clock.nowMs() + LEASE_MS);
      } catch (error) {
        // The next beat tries again; a reservation that is swept meanwhile is put right when its attempt is settled.
        if (!isLedgerUnavailable(error)) throw error;
      }
    }
  }
}

const NOTHING_HELD = new Error("nothing is held any more");
