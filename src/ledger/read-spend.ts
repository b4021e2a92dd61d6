import type { SpendQuery, SpendRow } from "../core/ports.ts";
import type { Connection } from "./connection.ts";
import { dayNumberOf, dayText } from "./days.ts";
import { DIMENSIONS } from "./rollups.ts";

export interface Spend {
  readonly totals: SpendRow;
  readonly rows: readonly SpendRow[];
}

/** First and last day that a query covers, inclusive. */
export interface Days {
  readonly first: number;
  readonly last: number;
}

const TOTALS_KEY = "total";

export const NO_SPEND: Spend = {
  totals: {
    key: TOTALS_KEY,
    requests: 0,
    accepted: 0,
    verified: 0,
    unchecked: 0,
    costNanoUsd: 0,
    baselineNanoUsd: 0,
  },
  rows: [],
};

/** The days of a query; throws `invalid_request` on what is not a day. */
export function daysOf(query: SpendQuery): Days {
  return {
    first: query.since === null ? Number.MIN_SAFE_INTEGER : dayNumberOf(query.since),
    last: query.until === null ? Number.MAX_SAFE_INTEGER : dayNumberOf(query.until),
  };
}

interface Sums {
  readonly key: number;
  readonly requests: number;
  readonly accepted: number;
  readonly verified: number;
  readonly unchecked: number;
  readonly costNanoUsd: number;
  readonly baselineNanoUsd: number;
}

/** Empty groups are what a correction leaves behind. (In HAVING a bare name is the column of some row of the group, not the sum.) */
const SUMS = (key: string, order: string): string => `
  SELECT ${key} AS key, sum(requests) AS requests, sum(accepted) AS accepted, sum(verified) AS verified,
    sum(unchecked) AS unchecked, sum(cost_nano_usd) AS costNanoUsd, sum(baseline_nano_usd) AS baselineNanoUsd
  FROM spend_rollups WHERE dimension = ? AND day BETWEEN ? AND ?
  GROUP BY ${key} HAVING sum(requests) > 0 OR sum(cost_nano_usd) > 0 ORDER BY ${order}`;

/** Which rows of the rollups a grouping reads: one row a day, or one a name, the dearest first. */
const GROUPS = {
  day: { dimension: DIMENSIONS.all, sql: SUMS("day", "day"), isDay: true },
  model: { dimension: DIMENSIONS.model, sql: SUMS("name", "costNanoUsd DESC, name"), isDay: false },
  provider: { dimension: DIMENSIONS.provider, sql: SUMS("name", "costNanoUsd DESC, name"), isDay: false },
  task: { dimension: DIMENSIONS.task, sql: SUMS("name", "costNanoUsd DESC, name"), isDay: false },
} as const satisfies Record<SpendQuery["groupBy"], unknown>;

/**
 * Requests count on the day on which they began, under the model that answered ("(none)" when nobody did); money counts on the
 * day of its reservation, under the model that was paid. So the rows of any grouping add up to the totals.
 */
export function readSpend(connection: Connection, groupBy: SpendQuery["groupBy"], days: Days): Spend {
  const { dimension, sql, isDay } = GROUPS[groupBy];
  const rows = connection.all<Sums>(sql, dimension, days.first, days.last);
  const [totals] = connection.all<Sums>(SUMS_OF_ALL, DIMENSIONS.all, days.first, days.last);
  return {
    totals: totals === undefined ? NO_SPEND.totals : { ...totals, key: TOTALS_KEY },
    rows: rows.map((row) => ({ ...row, key: isDay ? dayText(row.key) : connection.names.of(row.key) })),
  };
}

const SUMS_OF_ALL = SUMS("dimension", "dimension");
