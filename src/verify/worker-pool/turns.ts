/** A lane of a pool, held until it is released. */
export interface Turn {
  /** From 0. */
  readonly lane: number;
  /** Gives the lane back; a second call does nothing. */
  release(): void;
}

/** Hands out lanes to principals in turn. */
export interface Turns {
  /** Resolves to a lane, or to `null` when the signal fires first. */
  take(principal: string | null, signal: AbortSignal): Promise<Turn | null>;
}

interface Lane {
  /** Who holds it; absent: it is free. */
  holder?: { readonly principal: string | null };
  /** The principal that held it last; absent: none did. */
  last?: { readonly principal: string | null };
  /** How many turns there had been when it was given away last. */
  readonly turn: number;
}
type Waiter = (lane: number) => void;

/**
 * Where there are two lanes or more, no principal holds all of them: one is always left for the others. Principals that wait are
 * served in turn, each first in, first out. A principal gets the lane that it had before, if it can: a principal that breaks threads breaks
 * its own, and the others keep theirs, which are warm.
 */
export function turns(count: number): Turns {
  const most = Math.max(1, count - 1);
  const lanes: Lane[] = Array.from({ length: count }, () => ({ turn: 0 }));
  let turn = 0;
  const waiting = new Map<string | null, Set<Waiter>>();

  const mayTake = (principal: string | null): boolean =>
    lanes.filter(({ holder }) => holder?.principal === principal && holder !== undefined).length < most;

  const serve = (): void => {
    for (;;) {
      const next = [...waiting].find(([principal]) => mayTake(principal));
      const lane = next === undefined ? -1 : freeLane(lanes, next[0]);
      if (next === undefined || lane === -1) return;
      const [principal, waiters] = next;
      const [first] = waiters;
      waiting.delete(principal);
      if (first === undefined) continue;
      waiters.delete(first);
      // Behind all others that wait.
      if (waiters.size > 0) waiting.set(principal, waiters);
      turn += 1;
      lanes[lane] = { holder: { principal }, last: { principal }, turn };
      first(lane);
    }
  };

  const turnOn = (lane: number): Turn => {
    let held = true;
    return {
      lane,
      release() {
        if (held) delete lanes[lane]?.holder;
        held = false;
        serve();
      },
    };
  };

  return {
    take(principal, signal) {
      if (signal.aborted) return Promise.resolve(null);
      const { promise, resolve } = Promise.withResolvers<Turn | null>();
      const waiters = waiting.get(principal) ?? new Set();
      waiting.set(principal, waiters);
      const leave = (): void => {
        waiters.delete(enter);
        if (waiters.size === 0 && waiting.get(principal) === waiters) waiting.delete(principal);
        resolve(null);
      };
      const enter: Waiter = (lane) => {
        signal.removeEventListener("abort", leave);
        resolve(turnOn(lane));
      };
      waiters.add(enter);
      signal.addEventListener("abort", leave, { once: true });
      serve();
      return promise;
    },
  };
}

/** A free lane that the principal held last; else the one that was given away the longest time ago. -1: none is free. */
function freeLane(lanes: readonly Lane[], principal: string | null): number {
  const free = lanes.flatMap((lane, index) => (lane.holder === undefined ? [{ ...lane, index }] : []));
  const own = free.find(({ last }) => last !== undefined && last.principal === principal);
  return (own ?? free.toSorted((a, b) => a.turn - b.turn)[0])?.index ?? -1;
}
