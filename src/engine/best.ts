import type { AttemptRecord } from "../core/attempt.ts";
import type { Verdict, VerdictStatus } from "../core/verdict.ts";

/** An answer that can be returned. */
export interface BestAnswer {
  readonly attempt: AttemptRecord;
  readonly verdict: Verdict;
  readonly text: string;
}

const RANKS = { verified: 2, unchecked: 1, failed: 0 } as const satisfies Record<VerdictStatus, number>;

/**
 * The better of the best answer so far and what an attempt brought: accepted before rejected, verified before unchecked before
 * failed, then by score; of equals the one that came first.
 */
export function better(best: BestAnswer | null, attempt: AttemptRecord, minQuality: number): BestAnswer | null {
  const { verdict, text } = attempt;
  if (verdict === null || text === null) return best;
  const one = { attempt, verdict, text };
  if (best === null) return one;
  const differences = order(one, minQuality).map((mine, index) => mine - (order(best, minQuality)[index] ?? 0));
  return (differences.find((difference) => difference !== 0) ?? 0) > 0 ? one : best;
}

/** What counts first stands first. */
function order({ attempt, verdict }: BestAnswer, minQuality: number): readonly number[] {
  return [
    attempt.outcome === "accepted" ? 1 : 0,
    RANKS[verdict.status],
    verdict.score ?? unscored(verdict, minQuality),
  ];
}

/** An answer of which nothing is known is better than one that is known to be below the quality asked for, unless it failed. */
function unscored({ status }: Verdict, minQuality: number): number {
  return status === "failed" ? 0 : minQuality;
}
