import { wilsonLower } from "./wilson.ts";

/** What callers said of answers that one kind of evidence had spoken for. */
export interface EvidenceCounts {
  /** Answers, and those of them that were right, ever. */
  readonly times: number;
  readonly right: number;
  /** The same with forgetting: a word counts for less with each one after it. */
  readonly recentTimes: number;
  readonly recentRight: number;
}

/** About the last 200 words count: a bound of 95% needs more than a hundred. */
const KEEP = 0.995;

export const NO_COUNTS: EvidenceCounts = { times: 0, right: 0, recentTimes: 0, recentRight: 0 };

/** Counts a caller's word. `earlier`: what the same caller said of the same answer before; it is taken back. */
export function countWord(before: EvidenceCounts, isRight: boolean, earlier: boolean | null): EvidenceCounts {
  const right = isRight ? 1 : 0;
  if (earlier !== null) {
    const change = right - (earlier ? 1 : 0);
    const recentRight = Math.min(before.recentTimes, Math.max(0, before.recentRight + change));
    return { ...before, right: before.right + change, recentRight };
  }
  return {
    times: before.times + 1,
    right: before.right + right,
    recentTimes: KEEP * before.recentTimes + 1,
    recentRight: KEEP * before.recentRight + right,
  };
}

/** Labelled answers before such evidence may verify anything. */
const LEAST_LABELLED = 100;

/** Whether such evidence may verify: enough words ever, and lately right as often as is asked for, at the 95% lower bound. */
export function isProven({ times, recentTimes, recentRight }: EvidenceCounts, minPrecision: number): boolean {
  return times >= LEAST_LABELLED && wilsonLower(recentRight, recentTimes) >= minPrecision;
}
