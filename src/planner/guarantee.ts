/**
 * A running guarantee of a task: the share of accepted answers that turn out wrong stays under a bound. It may be looked at after every
 * outcome: bets against it (test martingales, at several stakes) are begun at every outcome, and the best ones are kept (an e-detector).
 * While the bound holds, false alarms are at least {@link WON_AGAINST} outcomes apart on average. Plain data.
 *
 * `against`: wealth of the bets that the share is above the bound. `inFavour`: the same, that it is below, run while the guarantee is
 * broken; they win it back. What went well long ago does not hide that it goes wrong now, as no wealth falls below 1.
 */
export interface Guarantee {
  readonly holds: boolean;
  readonly against: readonly number[];
  readonly inFavour: readonly number[];
  /** Outcomes since the state last changed. */
  readonly outcomes: number;
}

/** Shares of the wealth that are bet at the same time: small ones find small deviations, large ones large ones soon. */
const STAKES = [0.1, 0.25, 0.5, 0.9] as const;
/** Wealth at which the guarantee is broken, and at which it is won back. */
const WON_AGAINST = 200;
const WON_BACK = 20;

const FRESH = STAKES.map(() => 1);
export const NEW_GUARANTEE: Guarantee = { holds: true, against: FRESH, inFavour: FRESH, outcomes: 0 };

/**
 * With one outcome more of an answer that was accepted, or of a shadow run while the guarantee is broken. `bound`: the share of wrong ones
 * that is allowed, strictly between 0 and 1; else RangeError.
 */
export function observeGuarantee(before: Guarantee, wrong: boolean, bound: number): Guarantee {
  if (!(bound > 0 && bound < 1)) throw new RangeError(`A bound must lie strictly between 0 and 1; got ${bound}`);
  const deviation = (wrong ? 1 : 0) - bound;
  // The largest stake that cannot lose everything, either way.
  const against = before.against.map((wealth, index) =>
    Math.max(1, wealth * (1 + ((STAKES[index] ?? 0) / bound) * deviation)),
  );
  const inFavour = before.inFavour.map((wealth, index) =>
    Math.max(1, wealth * (1 - ((STAKES[index] ?? 0) / (1 - bound)) * deviation)),
  );
  const outcomes = before.outcomes + 1;
  if (before.holds) {
    if (mean(against) < WON_AGAINST) return { holds: true, against, inFavour: FRESH, outcomes };
    return { holds: false, against: FRESH, inFavour: FRESH, outcomes: 0 };
  }
  if (mean(inFavour) < WON_BACK) return { holds: false, against: FRESH, inFavour, outcomes };
  return NEW_GUARANTEE;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
