import type { AttemptRecord } from "../core/attempt.ts";
import type { Verdict } from "../core/verdict.ts";

/** An answer that can be returned. */
export interface BestAnswer {
  readonly attempt: AttemptRecord;
  readonly verdict: Verdict;
  readonly text: string;
}

/** The better of the best answer so far and what an attempt brought: accepted before unchecked before failed, then by score. */
export function better(best: BestAnswer | null, attempt: AttemptRecord): BestAnswer | null {
  const { verdict, text } = attempt;
  if (verdict === null || text === null) return best;
  const one = { attempt, verdict, text };
  if (best === null) return one;
  const byRank = rank(one) - rank(best);
  const byScore = (verdict.score ?? 0) - (best.verdict.score ?? 0);
  return byRank > 0 || (byRank === 0 && byScore > 0) ? one : best;
}

function rank({ attempt, verdict }: BestAnswer): number {
  if (attempt.outcome === "accepted") return 2;
  return verdict.status === "unchecked" ? 1 : 0;
}
