import type { SpendQuery, SpendRow } from "../../core/ledger-reader.ts";
import { dayNumberOf } from "../units.ts";

export interface Spend {
  readonly totals: SpendRow;
  readonly rows: readonly SpendRow[];
}

/** First and last day that a query covers, inclusive. */
export interface Days {
  readonly first: number;
  readonly last: number;
}

export const TOTALS_KEY = "total";

export const NO_SPEND: Spend = {
  totals: {
    key: TOTALS_KEY,
    requests: 0,
    accepted: 0,
    verified: 0,
    unchecked: 0,
    costNanoUsd: 0,
    baselineNanoUsd: 0,
    callerTokens: 0,
  },
  rows: [],
};

/** The days of a query; throws `invalid_request` on what is not a day. */
export function daysOf(query: Pick<SpendQuery, "since" | "until">): Days {
  return {
    first: query.since === null ? Number.MIN_SAFE_INTEGER : dayNumberOf(query.since),
    last: query.until === null ? Number.MAX_SAFE_INTEGER : dayNumberOf(query.until),
  };
}

/** Stands for the owner where the rows are principals. */
export const OWNER = "(owner)";

/** The owner's requests are those of no principal. */
export function withOwner(totals: SpendRow, rows: readonly SpendRow[]): readonly SpendRow[] {
  const rest = (of: (row: SpendRow) => number): number => of(totals) - rows.reduce((sum, row) => sum + of(row), 0);
  const owner: SpendRow = {
    key: OWNER,
    requests: rest((row) => row.requests),
    accepted: rest((row) => row.accepted),
    verified: rest((row) => row.verified),
    unchecked: rest((row) => row.unchecked),
    costNanoUsd: rest((row) => row.costNanoUsd),
    baselineNanoUsd: rest((row) => row.baselineNanoUsd),
    callerTokens: rest((row) => row.callerTokens),
  };
  if (owner.requests === 0 && owner.costNanoUsd === 0) return rows;
  return [...rows, owner].sort((one, other) => other.costNanoUsd - one.costNanoUsd);
}
