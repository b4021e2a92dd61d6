import { BoundedCache } from "../../checks/kit/bounded-cache.ts";

/** An answer whose checks took longer makes its caller a slow one, for so long. */
const SLOW_MS = 5_000;
const KEPT_MS = 60_000;
const MOST_KEPT = 1_000;

/**
 * Callers whose answers have taken much time of late. Their threads give way to those of others: on a machine with two cores a thread
 * that never rests slows all others down. Not the owner: where there is no other caller, there is none to give way to.
 */
export class SlowCallers {
  readonly #untilMs = new BoundedCache<number>(MOST_KEPT);

  /** The checks of one answer of this principal took so long. */
  took(principal: string | null, ms: number): void {
    if (principal !== null && ms > SLOW_MS) this.#untilMs.set(principal, performance.now() + KEPT_MS);
  }

  has(principal: string | null): boolean {
    const until = principal === null ? undefined : this.#untilMs.get(principal);
    return until !== undefined && until.value > performance.now();
  }
}
