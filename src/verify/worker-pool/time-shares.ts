/** The time limit of a check within what its answer has left. */
export interface CheckTimeShare {
  readonly limitMs: number;
  /** The limit is less than the check's own: the time of the answer is short. */
  readonly isCut: boolean;
}

/** What is left to each of the checks that come later, or its own limit if that is less. */
const RESERVED_MS = 2_000;

/**
 * The limit of the first of the checks that are still to be made. When their own limits together are more than the answer has left,
 * it may take what the later ones can do without, and at least its part, so that the first ones cannot use up the time of all.
 * `null`: no time is left.
 */
export function shareOf(limitsMs: readonly number[], leftMs: number): CheckTimeShare | null {
  const [own, ...later] = limitsMs;
  if (own === undefined || leftMs <= 0) return null;
  const reservedMs = later.reduce((sum, each) => sum + Math.min(each, RESERVED_MS), 0);
  const all = later.reduce((sum, each) => sum + each, own);
  const share = Math.max(leftMs - reservedMs, (leftMs * own) / all);
  return share < own ? { limitMs: Math.ceil(share), isCut: true } : { limitMs: own, isCut: false };
}
