import type { BudgetState } from "../../core/budget.ts";
import type { NanoUsd } from "../../core/money.ts";
import type { Clock, Ledger, ReserveInput, ReserveResult } from "../../core/ports.ts";

/** Time that a call needs at the very least, milliseconds. */
const LEAST_CALL_MS = 500;

/**
 * The shared money of a batch. Every attempt of every task reserves out of it, so that what a cheap task leaves serves a later
 * one. A reservation that only running siblings stand in the way of waits for them instead of failing.
 */
export class BatchBudget {
  readonly #batchId: string;
  readonly #budgetNanoUsd: NanoUsd | null;
  /** When the batch is over at the latest, epoch milliseconds. */
  readonly #endsByMs: number;
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #held = new Map<string, NanoUsd>();
  /** Attempts whose call still runs, and the task that each is of: a waiting task waits for one of another task. */
  readonly #calling = new Map<string, string>();
  #spentNanoUsd = 0;
  #changed = Promise.withResolvers<void>();

  constructor(batchId: string, budgetNanoUsd: NanoUsd | null, endsByMs: number, ledger: Ledger, clock: Clock) {
    this.#batchId = batchId;
    this.#budgetNanoUsd = budgetNanoUsd;
    this.#endsByMs = endsByMs;
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** The shared budget as a plan of one of its tasks sees it: running siblings will give back what they do not use. */
  get budgets(): readonly BudgetState[] {
    return this.#budgetNanoUsd === null
      ? []
      : [{ ...this.#state(this.#budgetNanoUsd), heldNanoUsd: 0, heldUntilMs: null }];
  }

  /** The ledger for one task, which may wait until `untilMs` (monotonic) or until it is cancelled. */
  ledgerFor(untilMs: number, cancelled: AbortSignal): Ledger {
    const ledger = this.#ledger;
    return {
      reserve: (input) => this.#reserve(input, untilMs, cancelled),
      answered: async (attemptId, costNanoUsd) => {
        const held = this.#held.get(attemptId);
        if (held !== undefined) this.#held.set(attemptId, Math.min(held, costNanoUsd));
        try {
          await ledger.answered(attemptId, costNanoUsd);
        } finally {
          this.#over(attemptId);
        }
      },
      settle: async (attempt, end, news, lesson) => {
        // What was called is spent, whether the ledger can say so or not.
        if (this.#held.delete(attempt.attemptId)) this.#spentNanoUsd += attempt.cost.nanoUsd;
        try {
          await ledger.settle(attempt, end, news, lesson);
        } finally {
          this.#over(attempt.attemptId);
        }
      },
      hold: (input) => ledger.hold(input),
      release: (batchId) => ledger.release(batchId),
      renew: (ids, leaseUntilMs) => ledger.renew(ids, leaseUntilMs),
      recordShadowRun: (run) => ledger.recordShadowRun(run),
      finish: (request, end) => ledger.finish(request, end),
      recent: (limits, nowMs, task, _, principal) => ledger.recent(limits, nowMs, task, this.#batchId, principal),
    };
  }

  async #reserve(input: ReserveInput, untilMs: number, cancelled: AbortSignal): Promise<ReserveResult> {
    for (;;) {
      const changed = this.#changed.promise;
      const waitedMs = Math.max(0, this.#clock.nowMs() - input.nowMs);
      const result = await this.#tryToReserve({
        ...input,
        nowMs: input.nowMs + waitedMs,
        leaseUntilMs: input.leaseUntilMs + waitedMs,
      });
      // What is granted at the last moment could only time out.
      const leftMs = untilMs - this.#clock.monotonicMs() - LEAST_CALL_MS;
      if (result.ok || result.why !== "over_budget" || leftMs <= 0 || cancelled.aborted) return result;
      if (!this.#isWorthWaiting(input.request.routeId)) return result;
      const woken = new AbortController();
      await Promise.race([changed, this.#clock.sleep(leftMs, AbortSignal.any([woken.signal, cancelled]))]);
      woken.abort();
    }
  }

  async #tryToReserve(input: ReserveInput): Promise<ReserveResult> {
    const { attemptId, amountNanoUsd } = input;
    if (this.#budgetNanoUsd !== null) {
      const over = this.#state(this.#budgetNanoUsd);
      if (over.spentNanoUsd + over.heldNanoUsd + amountNanoUsd > over.limitNanoUsd)
        return { ok: false, why: "over_budget", over };
    }
    this.#held.set(attemptId, amountNanoUsd);
    this.#calling.set(attemptId, input.request.routeId);
    let granted = false;
    try {
      const result = await this.#ledger.reserve({ ...input, batchId: this.#batchId });
      granted = result.ok;
      return result;
    } finally {
      if (!granted) {
        this.#held.delete(attemptId);
        this.#calling.delete(attemptId);
      }
    }
  }

  /**
   * A waiting task has no running call of its own, so that the tasks it waits for get on. (A task that asks a second model
   * beside a late one would wait for itself.)
   */
  #isWorthWaiting(routeId: string): boolean {
    const routes = new Set(this.#calling.values());
    return routes.size > 0 && !routes.has(routeId);
  }

  /** A call has ended: those who wait may try again. */
  #over(attemptId: string): void {
    this.#calling.delete(attemptId);
    const changed = this.#changed;
    this.#changed = Promise.withResolvers<void>();
    changed.resolve();
  }

  #state(limitNanoUsd: NanoUsd): BudgetState {
    const heldNanoUsd = [...this.#held.values()].reduce((sum, held) => sum + held, 0);
    const scope = { kind: "call" as const, routeId: this.#batchId };
    return {
      scope,
      limitNanoUsd,
      spentNanoUsd: this.#spentNanoUsd,
      heldNanoUsd,
      heldUntilMs: heldNanoUsd > 0 ? this.#endsByMs : null,
    };
  }
}
