import { seeded } from "../../kit/seeded.ts";

/** Numbers that look random and are the same in every run. */
export interface Random {
  /** A whole number from 0 to below `count`. */
  below(count: number): number;
  chance(share: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** `null` of nothing. */
  any<T>(items: readonly T[]): T | null;
  shuffled<T>(items: readonly T[]): T[];
}

export function createRandom(seed: number): Random {
  const next = seeded(seed);
  const below = (count: number): number => Math.floor(next() * count);
  return {
    below,
    chance: (share) => next() < share,
    pick: (items) => items[below(items.length)] ?? items[0],
    any: (items) => items[below(items.length)] ?? null,
    shuffled(items) {
      const left = [...items];
      for (let at = left.length - 1; at > 0; at -= 1) {
        const other = below(at + 1);
        const [a, b] = [left[at], left[other]];
        if (a !== undefined && b !== undefined) [left[at], left[other]] = [b, a];
      }
      return left;
    },
  };
}
