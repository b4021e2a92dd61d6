import type { EventHub, RouteEvent } from "../core/events.ts";
import type { Health } from "../core/health.ts";
import { unwellModels } from "../core/health.ts";
import { limitsFor, type PrincipalLimit } from "../core/budget.ts";
import { isLedgerUnavailable } from "../core/errors.ts";
import type { ModelId } from "../core/model.ts";
import type { Clock, Ledger } from "../core/ports.ts";
import type { StandingFacts } from "../engine/snapshot.ts";

/** Looks at the ledger are so far apart at least, milliseconds: what many requests did in between is seen at once. */
const PAUSE_MS = 250;

/** What looking needs. */
export interface LedgerWatchParts {
  readonly hub: EventHub;
  readonly ledger: Pick<Ledger, "recent">;
  readonly clock: Clock;
  readonly world: StandingFacts;
  readonly eachPrincipal: readonly PrincipalLimit[];
  readonly warn: (message: string) => void;
}

/**
 * Tells of budgets and breakers, from the ledger and so for all processes that share it. Looks after requests of this process, never while one
 * waits, and only where someone listens.
 */
export class LedgerWatch {
  readonly #parts: LedgerWatchParts;
  readonly #end = new AbortController();
  /** Whose requests have ended since the last look. */
  #principals = new Set<string | null>();
  #known: ReadonlyMap<ModelId, Health> = new Map();
  #looking: Promise<void> | null = null;

  constructor(parts: LedgerWatchParts) {
    this.#parts = parts;
  }

  /** Hears what the engine tells; a look follows soon. */
  hear(event: RouteEvent): void {
    if (event.type !== "end") return;
    this.#principals.add(event.principal);
    this.#looking ??= this.#lookSoon();
  }

  /** The last look is not put off any more. Resolves when it is done. */
  async close(): Promise<void> {
    this.#end.abort();
    await this.#looking;
  }

  async #lookSoon(): Promise<void> {
    const { clock, warn } = this.#parts;
    try {
      await clock.sleep(PAUSE_MS, this.#end.signal);
      while (this.#principals.size > 0) {
        const principals = this.#principals;
        this.#principals = new Set();
        for (const principal of principals) await this.look(principal);
      }
    } catch (error) {
      // What a locked ledger hides now, the next request shows.
      if (!isLedgerUnavailable(error)) warn(`budgets and breakers could not be looked at: ${String(error)}`);
    } finally {
      this.#looking = null;
    }
  }

  /** Tells of all budgets that hold for a principal, and of each breaker that has changed since the last look. */
  async look(principal: string | null): Promise<void> {
    const { hub, ledger, clock, world, eachPrincipal } = this.#parts;
    const limits = limitsFor(principal, world.limits, eachPrincipal);
    const atMs = clock.nowMs();
    const facts = await ledger.recent(limits, atMs, null, null, principal);
    for (const budget of facts.budgets) hub.tell({ type: "budget", atMs, budget });
    const unwell = unwellModels(world.catalogue.models, facts, world.accountsOf, atMs);
    const known = this.#known;
    this.#known = unwell;
    for (const { id, provider } of world.catalogue.models) {
      const state = unwell.get(id)?.state ?? "closed";
      if (state === (known.get(id)?.state ?? "closed")) continue;
      const health = unwell.get(id);
      const untilMs = health?.state === "open" ? health.untilMs : null;
      hub.tell({ type: "breaker", atMs, model: id, provider, state, untilMs });
    }
  }
}
