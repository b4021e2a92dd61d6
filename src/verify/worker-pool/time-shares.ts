/** The time limit of a check within what its answer has left. */
export interface TimeShare {
  readonly limitMs: number;
  /** The limit is less than the check's own: the time of the answer is short. */
  readonly isCut: boolean;
}

/** However little a check may take beside the others, it has this long, or as long as each of them if that is less. */
const LEAST_MS = 1_000;

/**
 * The limit of the first of the checks that are still to be made. When their own limits together are more than the answer has left,
 * each has its part, so that the first ones cannot use up the time of all. `null`: no time is left.
 */
export function shareOf(limitsMs: readonly number[], leftMs: number): TimeShare | null {
  const [own] = limitsMs;
  if (own === undefined || leftMs <= 0) return null;
  const all = limitsMs.reduce((sum, each) => sum + each, 0);
  const share = Math.min(leftMs, Math.max(Math.min(LEAST_MS, leftMs / limitsMs.length), (leftMs * own) / all));
  return share < own ? { limitMs: Math.ceil(share), isCut: true } : { limitMs: own, isCut: false };
}
