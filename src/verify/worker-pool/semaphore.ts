/** As many at once as there are slots; the others wait in line. */
export interface Slots {
  /** Resolves to the function that gives the slot back, or to `null` when the signal fires first. */
  take(signal: AbortSignal): Promise<(() => void) | null>;
}

export function slots(count: number): Slots {
  let free = count;
  const line = new Set<() => void>();
  const give = (): void => {
    const [next] = line;
    if (next === undefined) free += 1;
    else next();
  };
  /** A slot is given back once, however often it is said. */
  const taken = (): (() => void) => {
    let held = true;
    return () => {
      if (held) give();
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
        line.delete(enter);
        resolve(null);
      };
      const enter = (): void => {
        line.delete(enter);
        signal.removeEventListener("abort", leave);
        resolve(taken());
      };
      line.add(enter);
      signal.addEventListener("abort", leave, { once: true });
      return promise;
    },
  };
}
