import type { LedgerChange, ChangeFeed } from "../core/shared-state.ts";

interface Listener {
  /** Whose view it listens to. */
  readonly principal: string | null;
  readonly tell: () => void;
}

/** Who hears of changes: the owner of all of them, a principal of what it did itself, here or on another instance. */
export class Changes {
  readonly #feed: ChangeFeed | undefined;
  readonly #listeners = new Set<Listener>();
  #stopFeed: (() => void) | null = null;

  constructor(feed: ChangeFeed | undefined) {
    this.#feed = feed;
  }

  /** Something that `principal` did has changed what resources show. */
  tell(principal: string | null): void {
    this.#spread({ principal });
    this.#feed?.announce({ principal });
  }

  /** Calls `tell` at each change until the returned function is called. */
  listen(principal: string | null, tell: () => void): () => void {
    const listener: Listener = { principal, tell };
    this.#listeners.add(listener);
    this.#stopFeed ??= this.#feed?.listen((change) => this.#spread(change)) ?? null;
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stopFeed?.();
      this.#stopFeed = null;
    };
  }

  /** A change of which it is not known whose it is may be anybody's. */
  #spread({ principal }: LedgerChange): void {
    for (const { principal: whose, tell } of this.#listeners) {
      if (whose === null || principal === undefined || whose === principal) tell();
    }
  }
}
