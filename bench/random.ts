import type { RandomNumbers } from "../src/checks/kit/seeded.ts";

export { seeded } from "../src/checks/kit/seeded.ts";

export type Random = RandomNumbers;

/** A whole number from `least` to `most`, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}
