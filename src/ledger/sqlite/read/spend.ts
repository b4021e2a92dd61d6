import type { SpendQuery } from "../../../core/ledger-reader.ts";
import type { Connection } from "../db/connection.ts";
import { NO_SPEND, TOTALS_KEY, withOwner, type Days, type Spend } from "../../common/spend.ts";
import { dayText } from "../../units.ts";
import { DIMENSIONS } from "../write/rollups.ts";

interface SpendSums {
  readonly key: number;
  readonly requests: number;
  readonly accepted: number;
  readonly verified: number;
  readonly unchecked: number;
  readonly costNanoUsd: number;
  readonly baselineNanoUsd: number;
  readonly callerTokens: number;
}

/** Empty groups are what a correction leaves behind. (In HAVING a bare name is the column of some row of the group, not the sum.) */
const SUMS = (rows: string, key: string, order: string): string => `
  SELECT ${key} AS key, sum(requests) AS requests, sum(accepted) AS accepted, sum(verified) AS verified,
    sum(unchecked) AS unchecked, sum(cost_nano_usd) AS costNanoUsd, sum(baseline_nano_usd) AS baselineNanoUsd,
    sum(caller_tokens) AS callerTokens
  FROM ${rows} AND dimension = ? AND day BETWEEN ? AND ?
  GROUP BY ${key} HAVING sum(requests) > 0 OR sum(cost_nano_usd) > 0 ORDER BY ${order}`;
const EVERYBODYS = "spend_rollups WHERE true";
const OF_PRINCIPAL = "principal_rollups WHERE principal = ?";
const OF_ALL_PRINCIPALS = "principal_rollups WHERE true";
const DEAREST_FIRST = "costNanoUsd DESC, name";

/** Which rows of the rollups a grouping reads: one row a day, or one a name, the dearest first. */
const GROUPS = {
  day: { dimension: DIMENSIONS.all, key: "day", order: "day" },
  model: { dimension: DIMENSIONS.model, key: "name", order: DEAREST_FIRST },
  provider: { dimension: DIMENSIONS.provider, key: "name", order: DEAREST_FIRST },
  task: { dimension: DIMENSIONS.task, key: "name", order: DEAREST_FIRST },
} as const satisfies Record<Exclude<SpendQuery["groupBy"], "principal">, unknown>;

/**
 * Requests count on the day on which they began, under the model that answered ("(none)" when none did); money counts on the
 * day of its reservation, under the model that was paid. So the rows of any grouping add up to the totals.
 */
export function readSpend(
  connection: Connection,
  { groupBy, principal = null }: Pick<SpendQuery, "groupBy" | "principal">,
  days: Days,
): Spend {
  const whose = principal === null ? null : connection.names.find(principal);
  if (principal !== null && whose === null) return NO_SPEND;
  const from = whose === null ? EVERYBODYS : OF_PRINCIPAL;
  const read = (rows: string, key: string, order: string, dimension: number): readonly SpendSums[] =>
    connection.all<SpendSums>(
      SUMS(rows, key, order),
      ...(rows === OF_PRINCIPAL ? [whose] : []),
      dimension,
      days.first,
      days.last,
    );
  const [sums] = read(from, "dimension", "dimension", DIMENSIONS.all);
  const totals = sums === undefined ? NO_SPEND.totals : { ...sums, key: TOTALS_KEY };
  if (groupBy === "principal") {
    if (principal !== null) return { totals, rows: sums === undefined ? [] : [{ ...totals, key: principal }] };
    const rows = read(OF_ALL_PRINCIPALS, "principal", "costNanoUsd DESC, principal", DIMENSIONS.all);
    return {
      totals,
      rows: withOwner(
        totals,
        rows.map((row) => ({ ...row, key: connection.names.of(row.key) })),
      ),
    };
  }
  const { dimension, key, order } = GROUPS[groupBy];
  const rows = read(from, key, order, dimension);
  return {
    totals,
    rows: rows.map((row) => ({ ...row, key: key === "day" ? dayText(row.key) : connection.names.of(row.key) })),
  };
}
