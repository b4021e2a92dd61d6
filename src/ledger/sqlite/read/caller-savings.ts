import type { CallerSavingRow, SpendQuery } from "../../../core/ledger-reader.ts";
import { OWNER, type Days } from "../../common/spend.ts";
import { dayText } from "../../units.ts";
import type { Connection } from "../db/connection.ts";

/** What callers were spared, by what the query groups by. */
export function readCallerSavings(
  connection: Connection,
  { groupBy, principal = null }: Pick<SpendQuery, "groupBy" | "principal">,
  days: Days,
): readonly CallerSavingRow[] {
  const { names } = connection;
  const whose = principal === null ? null : names.find(principal);
  if (principal !== null && whose === null) return [];
  const rows = connection.all<{ key: number; unwrittenTokens: number; unreadTokens: number }>(
    `SELECT ${groupBy} AS key, sum(unwritten_tokens) AS unwrittenTokens, sum(unread_tokens) AS unreadTokens FROM caller_savings
     WHERE day BETWEEN ? AND ? AND (? IS NULL OR principal = ?) GROUP BY ${groupBy}`,
    days.first,
    days.last,
    whose,
    whose,
  );
  const nameOf = (key: number): string => {
    if (groupBy === "day") return dayText(key);
    return groupBy === "principal" && key === 0 ? OWNER : names.of(key);
  };
  return rows.map((row) => ({ ...row, key: nameOf(row.key) })).sort((one, other) => (one.key < other.key ? -1 : 1));
}
