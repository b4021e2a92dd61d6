import type { Caller } from "./principal.ts";

/** One request while it is being answered. */
export interface OpenRequest {
  readonly caller: Caller;
  /** A stream that is open for as long as the client likes: its end is not awaited. */
  standing: boolean;
}

/** Who is being served, so that a server that stops can wait for them. */
export class OpenRequests {
  readonly #open = new Set<OpenRequest>();
  readonly #waiting = new Set<() => void>();

  enter(caller: Caller, standing = false): OpenRequest {
    const visit = { caller, standing };
    this.#open.add(visit);
    return visit;
  }

  leave(visit: OpenRequest): void {
    this.#open.delete(visit);
    if (this.#calls() === 0) for (const wake of this.#waiting) wake();
  }

  /** How many streams and calls are open. */
  get size(): number {
    return this.#open.size;
  }

  /** Resolves when no call runs any more, whatever streams stand open. */
  async done(): Promise<void> {
    if (this.#calls() === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    await promise;
    this.#waiting.delete(resolve);
  }

  /** How many calls of the caller's principal are open, streams aside. */
  callsOf({ principal }: Caller): number {
    return [...this.#open].filter(({ standing, caller }) => !standing && caller.principal === principal).length;
  }

  #calls(): number {
    return [...this.#open].filter(({ standing }) => !standing).length;
  }
}
