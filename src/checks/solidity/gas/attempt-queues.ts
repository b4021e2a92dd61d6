import type { CallVariant } from "./call-variants.ts";
import type { EntryPoint } from "./entries.ts";
import { MAX_QUEUE } from "./limits.ts";
import { describe } from "./random-calls.ts";
import type { Random } from "./random.ts";

/** Calls that are worth making, by function. */
export interface AttemptQueues {
  /** What has been added once is not added again. `loose` ones are less likely to hit an edge. */
  add(entry: EntryPoint, exact: readonly CallVariant[], loose: readonly CallVariant[]): void;
  /** One of them, mostly of the latest; `null`: better something new. */
  take(entry: EntryPoint): CallVariant | null;
}

/** As many of the latest fit the state as it is. */
const LATEST = 8;

export function createQueues(random: Random): AttemptQueues {
  const exactOnes = new Map<string, CallVariant[]>();
  const looseOnes = new Map<string, CallVariant[]>();
  const tried = new Map<string, Set<string>>();

  function enqueue(all: Map<string, CallVariant[]>, entry: EntryPoint, attempts: readonly CallVariant[]): void {
    const known = tried.get(entry.signature) ?? new Set();
    tried.set(entry.signature, known);
    const queue = all.get(entry.signature) ?? [];
    all.set(entry.signature, queue);
    for (const each of attempts) {
      const key = describe(entry, each, each.timestamp);
      if (known.has(key)) continue;
      known.add(key);
      if (queue.length < MAX_QUEUE) queue.push(each);
      else queue[random.below(queue.length)] = each;
    }
  }

  return {
    add(entry, exact, loose) {
      enqueue(exactOnes, entry, exact);
      enqueue(looseOnes, entry, loose);
    },
    take({ signature }) {
      const exact = exactOnes.get(signature) ?? [];
      const queue = exact.length > 0 && random.chance(0.65) ? exact : (looseOnes.get(signature) ?? []);
      if (queue.length === 0 || !random.chance(0.65)) return null;
      const latest = Math.max(0, queue.length - LATEST);
      const at = random.chance(0.6) ? latest + random.below(queue.length - latest) : random.below(queue.length);
      return queue.splice(at, 1)[0] ?? null;
    },
  };
}
