/** Lets a fixed number of holders in at a time; the others wait in order. */
export interface Semaphore {
  /** Resolves to a function that releases the slot, or to `null` when the signal fires first. */
  take(signal: AbortSignal): Promise<(() => void) | null>;
}

export function semaphore(count: number): Semaphore {
  let free = count;
  const waiting = new Set<() => void>();
  const release = (): void => {
    const [next] = waiting;
    if (next === undefined) free += 1;
    else next();
  };
  /** Releases the slot on the first call only. */
  const taken = (): (() => void) => {
    let held = true;
    return () => {
      if (held) release();
      held = false;
    };
  };
  return {
    take(signal) {
      if (signal.aborted) return Promise.resolve(null);
      if (free > 0) {
        free -= 1;
        return Promise.resolve(taken());
      }
      const { promise, resolve } = Promise.withResolvers<(() => void) | null>();
      const leave = (): void => {
        waiting.delete(enter);
        resolve(null);
      };
      const enter = (): void => {
        waiting.delete(enter);
        signal.removeEventListener("abort", leave);
        resolve(taken());
      };
      waiting.add(enter);
      signal.addEventListener("abort", leave, { once: true });
      return promise;
    },
  };
}
