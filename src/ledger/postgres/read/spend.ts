import type { CallerSavingRow, ShadowSums, SpendQuery, SpendRow } from "../../../core/ledger-reader.ts";
import { NO_SPEND, OWNER, TOTALS_KEY, withOwner, type Days, type Spend } from "../../common/spend.ts";
import { dayText } from "../../units.ts";
import type { Queries } from "../db/database.ts";

/** Days are 32-bit integers in the database. */
const FIRST_DAY = -(2 ** 31);
const LAST_DAY = 2 ** 31 - 1;

function daysOf(days: Days): readonly [first: number, last: number] {
  return [Math.max(days.first, FIRST_DAY), Math.min(days.last, LAST_DAY)];
}

const SUMS = (key: string, whose: string, order: string): string => `
  SELECT ${key} AS key, sum(requests) AS requests, sum(accepted) AS accepted, sum(verified) AS verified, sum(unchecked) AS unchecked,
    sum(cost_nano_usd) AS "costNanoUsd", sum(baseline_nano_usd) AS "baselineNanoUsd", sum(caller_tokens) AS "callerTokens"
  FROM signalbox.spend_sums WHERE principal ${whose} AND dimension = $1 AND day BETWEEN $2 AND $3
  GROUP BY ${key} HAVING sum(requests) > 0 OR sum(cost_nano_usd) > 0 ORDER BY ${order}`;
const DEAREST_FIRST = '"costNanoUsd" DESC, key';

/** Which rows of the sums a grouping reads: one row a day, or one a name, the dearest first. */
const GROUPS = {
  day: { dimension: 0, key: "day", order: "key" },
  model: { dimension: 1, key: "name", order: DEAREST_FIRST },
  provider: { dimension: 2, key: "name", order: DEAREST_FIRST },
  task: { dimension: 3, key: "name", order: DEAREST_FIRST },
} as const satisfies Record<Exclude<SpendQuery["groupBy"], "principal">, unknown>;

/**
 * Requests count on the day on which they began, under the model that answered ("(none)" when none did); money counts on the
 * day of its reservation, under the model that was paid. So the rows of any grouping add up to the totals.
 */
export async function readSpend(
  { all }: Queries,
  { groupBy, principal = null }: Pick<SpendQuery, "groupBy" | "principal">,
  days: Days,
): Promise<Spend> {
  const period = daysOf(days);
  const [sums] = await all<SpendRow>(SUMS("principal", "= $4", "key"), [0, ...period, principal ?? ""]);
  const totals = sums === undefined ? NO_SPEND.totals : { ...sums, key: TOTALS_KEY };
  if (groupBy === "principal") {
    if (principal !== null) return { totals, rows: sums === undefined ? [] : [{ ...totals, key: principal }] };
    const rows = await all<SpendRow>(SUMS("principal", "<> ''", DEAREST_FIRST), [0, ...period]);
    return { totals, rows: withOwner(totals, rows) };
  }
  const { dimension, key, order } = GROUPS[groupBy];
  const rows = await all<Omit<SpendRow, "key"> & { readonly key: string | number }>(SUMS(key, "= $4", order), [
    dimension,
    ...period,
    principal ?? "",
  ]);
  return {
    totals,
    rows: rows.map((row) => ({ ...row, key: typeof row.key === "number" ? dayText(row.key) : row.key })),
  };
}

/** In USD: the square of nano-USD would not fit an integer. */
const SHADOW_SUMS = `
  SELECT task, count(*) AS runs, sum(ours) AS "oursUsd", sum(baseline) AS "baselineUsd", sum(ours * ours) AS "oursSquared",
    sum(baseline * baseline) AS "baselineSquared", sum(ours * baseline) AS product, sum(shadow) AS "shadowUsd"
  FROM (
    SELECT task, ours_nano_usd / 1e9::double precision AS ours, baseline_nano_usd / 1e9::double precision AS baseline,
      shadow_nano_usd / 1e9::double precision AS shadow
    FROM signalbox.shadow_runs WHERE day BETWEEN $1 AND $2 AND ($3::text IS NULL OR principal = $3)
  ) AS runs
  GROUP BY task ORDER BY task`;

/** What shadow runs came to, by task. `principal`: of its requests alone; `null`: of all. */
export async function readShadowRuns(
  { all }: Queries,
  principal: string | null,
  days: Days,
): Promise<readonly ShadowSums[]> {
  return all<ShadowSums>(SHADOW_SUMS, [...daysOf(days), principal]);
}

/** What callers were spared, by what the query groups by. */
export async function readCallerSavings(
  { all }: Queries,
  { groupBy, principal = null }: Pick<SpendQuery, "groupBy" | "principal">,
  days: Days,
): Promise<readonly CallerSavingRow[]> {
  const rows = await all<Omit<CallerSavingRow, "key"> & { readonly key: string | number }>(
    `SELECT ${groupBy} AS key, sum(unwritten_tokens) AS "unwrittenTokens", sum(unread_tokens) AS "unreadTokens"
     FROM signalbox.caller_savings WHERE day BETWEEN $1 AND $2 AND ($3::text IS NULL OR principal = $3) GROUP BY ${groupBy}`,
    [...daysOf(days), principal],
  );
  return rows
    .map((row) => ({ ...row, key: typeof row.key === "number" ? dayText(row.key) : row.key || OWNER }))
    .sort((one, other) => (one.key < other.key ? -1 : 1));
}

/** What trying out other plans has cost on a day, nano-USD. */
export async function readExplored({ all }: Queries, day: number): Promise<number> {
  const [row] = await all<{ extra: number }>(
    "SELECT coalesce(sum(extra_nano_usd), 0) AS extra FROM signalbox.explorations WHERE day = $1",
    [day],
  );
  return row?.extra ?? 0;
}
