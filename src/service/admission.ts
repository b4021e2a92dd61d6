/** Resolves when the caller may go on; `null` when that is now. */
export type Admission = () => Promise<void> | null;

/**
 * Lets one caller in with each turn of the event loop, in the order in which they came. What follows is the work of one request, a
 * millisecond or two: many that come, or come back, at the same moment would else be worked through in one go, and timers,
 * deadlines and answers would wait for the last of them.
 */
export function entrance(): Admission {
  const line: (() => void)[] = [];
  let taken = false;
  const next = (): void => {
    const first = line.shift();
    if (first === undefined) {
      taken = false;
      return;
    }
    setImmediate(next);
    first();
  };
  return () => {
    if (taken) return new Promise((resolve) => line.push(resolve));
    taken = true;
    setImmediate(next);
    return null;
  };
}
