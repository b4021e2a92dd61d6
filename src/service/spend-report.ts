import type { SpendReportInput, SpendReportOutput } from "../core/contract-reports.ts";
import type { CallerSavingRow, LedgerReader, SpendRow } from "../core/ledger-reader.ts";
import type { Outcome } from "../core/outcome.ts";
import type { EngineDeps } from "../engine/engine-deps.ts";
import { spendProblem } from "./present/reports.ts";
import { refusal } from "./present/route.ts";
import { presentSpend } from "./present/spend.ts";

/** A report of some days: sums, rows, and the promises held against the requests. `principal`: whose; `null`: of all. Throws `ledger_unavailable`. */
export async function spendReport(
  input: SpendReportInput,
  principal: string | null,
  reader: LedgerReader,
  { baseline, caller, clock }: Pick<EngineDeps, "baseline" | "caller" | "clock">,
): Promise<Outcome<SpendReportOutput>> {
  const problem = spendProblem(input);
  if (problem !== null) return refusal("invalid_request", `${problem}.`);
  const { since = null, until = null, group_by: by = "day" } = input;
  const query = { since, until, groupBy: by === "week" ? "day" : by, principal } as const;
  const [spend, shadows, spared, endings] = await Promise.all([
    reader.spend(query),
    reader.shadowRuns(query),
    reader.callerSavings(query),
    reader.endings(query),
  ]);
  const isByWeek = by === "week";
  const rows = isByWeek ? byWeek(spend.rows) : spend.rows;
  const sparedRows = isByWeek ? spared.map((row): CallerSavingRow => ({ ...row, key: weekOf(row.key) })) : spared;
  const models = { baseline: baseline.model, caller };
  return {
    ok: true,
    value: presentSpend({ totals: spend.totals, rows }, shadows, sparedRows, endings, models, clock.nowMs()),
  };
}

/** Rows of days, summed up by their weeks. */
function byWeek(days: readonly SpendRow[]): readonly SpendRow[] {
  const weeks = Map.groupBy(days, ({ key }) => weekOf(key));
  return [...weeks].map(([key, rows]) => {
    const sum = (of: (row: SpendRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
    return {
      key,
      requests: sum((row) => row.requests),
      accepted: sum((row) => row.accepted),
      verified: sum((row) => row.verified),
      unchecked: sum((row) => row.unchecked),
      costNanoUsd: sum((row) => row.costNanoUsd),
      baselineNanoUsd: sum((row) => row.baselineNanoUsd),
      callerTokens: sum((row) => row.callerTokens),
    };
  });
}

const DAY_MS = 86_400_000;

/** The ISO 8601 week of a day, such as 2026-W48: it begins on Monday, and belongs to the year of its Thursday. */
function weekOf(day: string): string {
  const atMs = Date.parse(day);
  const thursdayMs = atMs + (3 - ((new Date(atMs).getUTCDay() + 6) % 7)) * DAY_MS;
  const year = new Date(thursdayMs).getUTCFullYear();
  const week = 1 + Math.floor((thursdayMs - Date.UTC(year, 0, 1)) / (7 * DAY_MS));
  return `${year}-W${String(week).padStart(2, "0")}`;
}
