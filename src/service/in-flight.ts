import type { CallOptions } from "../core/service.ts";

/** The calls that run now, so that closing can cancel them and wait until they are settled. */
export class Running {
  readonly #works = new Set<Promise<unknown>>();
  readonly #closing = new AbortController();

  async track<T>(options: CallOptions, begin: (options: CallOptions) => Promise<T>): Promise<T> {
    const work = begin({ ...options, signal: AbortSignal.any([options.signal, this.#closing.signal]) });
    this.#works.add(work);
    try {
      return await work;
    } finally {
      this.#works.delete(work);
    }
  }

  /** Cancels everything, and resolves when nothing runs any more. */
  async end(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#works);
  }
}
