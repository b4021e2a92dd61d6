import type { ShadowSums } from "../../../core/ledger-reader.ts";
import type { ShadowRunRecord } from "../../../core/ports.ts";
import { checkedAmount, dayNumberAt } from "../../units.ts";
import type { Connection } from "../db/connection.ts";
import type { Days } from "../../common/spend.ts";

const INSERT = `
  INSERT INTO shadow_runs (principal, task, day, ours_nano_usd, baseline_nano_usd, shadow_nano_usd)
  VALUES (?, ?, ?, ?, ?, ?)`;

/** Counts a request on which the baseline was asked as well. To be run in a writing transaction. */
export function insertShadowRun(connection: Connection, run: ShadowRunRecord): void {
  const { names } = connection;
  connection.run(
    INSERT,
    names.idOrNull(run.principal),
    names.id(run.task),
    dayNumberAt(run.startedAtMs),
    checkedAmount(run.oursNanoUsd, "What a request has cost"),
    checkedAmount(run.accepted ? run.baselineNanoUsd : 0, "What the baseline has cost"),
    checkedAmount(run.shadowNanoUsd, "What a shadow run has cost"),
  );
}

/** In USD: the square of nano-USD would not fit an integer. */
const SUMS = (whose: string): string => `
  SELECT task, count(*) AS runs, sum(ours) AS oursUsd, sum(baseline) AS baselineUsd, sum(ours * ours) AS oursSquared,
    sum(baseline * baseline) AS baselineSquared, sum(ours * baseline) AS product, sum(shadow) AS shadowUsd
  FROM (
    SELECT task, ours_nano_usd / 1e9 AS ours, baseline_nano_usd / 1e9 AS baseline, shadow_nano_usd / 1e9 AS shadow
    FROM shadow_runs WHERE day BETWEEN ? AND ? ${whose}
  )
  GROUP BY task ORDER BY task`;

/** What shadow runs came to, by task. `principal`: of its requests alone; `null`: of all. */
export function readShadowRuns(connection: Connection, principal: string | null, days: Days): readonly ShadowSums[] {
  const { names } = connection;
  const whose = principal === null ? null : names.find(principal);
  if (principal !== null && whose === null) return [];
  const rows = connection.all<Omit<ShadowSums, "task"> & { readonly task: number }>(
    SUMS(whose === null ? "" : "AND principal = ?"),
    days.first,
    days.last,
    ...(whose === null ? [] : [whose]),
  );
  return rows.map((row) => ({ ...row, task: names.of(row.task) }));
}
