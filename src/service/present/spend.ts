import type { SpendReportOutput } from "../../core/contract-reports.ts";
import { callerCost } from "../../core/caller-saving.ts";
import type { CallerSavingRow, Endings, ShadowSums, SpendRow } from "../../core/ledger-reader.ts";
import type { Model } from "../../core/model.ts";
import { usdFromNano } from "../../core/money.ts";
import { measuredSavings } from "../../planner/savings.ts";
import { reportOf } from "./report.ts";

type SpendTotals = SpendReportOutput["totals"];
type PresentedSums = Omit<SpendTotals, "target">;

/** Models that a report compares with. */
interface ReportModels {
  readonly baseline: Model;
  /** The caller's own; `null`: not known. */
  readonly caller: Model | null;
}

/** What routing is to save against one model for everything. */
const TARGET_SHARE = 0.3;

/**
 * A spend report in the contract's spelling. Modelled savings (the baseline's price on the tokens of our accepted answers) and measured ones
 * (by shadow runs) stand apart. `nowMs`: the prices of that moment, for what the callers' own tokens cost.
 */
export function presentSpend(
  spend: { readonly totals: SpendRow; readonly rows: readonly SpendRow[] },
  shadows: readonly ShadowSums[],
  spared: readonly CallerSavingRow[],
  endings: Endings,
  models: ReportModels,
  nowMs: number,
): SpendReportOutput {
  const totals = sums(spend.totals, shadows, spared, models, nowMs);
  const target = targetOf(totals);
  const savedShare = target.by === "measured" ? (totals.measured?.saved_share ?? null) : totals.saved_share;
  return {
    report: reportOf(endings, target, savedShare),
    totals: { ...totals, target },
    rows: spend.rows.map((row) => ({
      key: row.key,
      ...sums(
        row,
        // A row has shadow runs of its own where it is a task.
        shadows.filter(({ task }) => task === row.key),
        spared.filter(({ key }) => key === row.key),
        models,
        nowMs,
      ),
    })),
  };
}

function sums(
  row: SpendRow,
  shadows: readonly ShadowSums[],
  spared: readonly CallerSavingRow[],
  { baseline, caller }: ReportModels,
  nowMs: number,
): PresentedSums {
  const savedNanoUsd = row.baselineNanoUsd - row.costNanoUsd;
  const unwritten = spared.reduce((sum, each) => sum + each.unwrittenTokens, 0);
  const unread = spared.reduce((sum, each) => sum + each.unreadTokens, 0);
  return {
    requests: row.requests,
    accepted: row.accepted,
    verified: row.verified,
    unchecked: row.unchecked,
    cost_usd: usdFromNano(row.costNanoUsd),
    baseline_usd: usdFromNano(row.baselineNanoUsd),
    saved_usd: usdFromNano(savedNanoUsd),
    // Nothing to compare with is not a saving of zero.
    saved_share: row.baselineNanoUsd === 0 ? null : savedNanoUsd / row.baselineNanoUsd,
    measured: measuredOf(shadows),
    usd_per_verified: row.verified === 0 ? null : usdFromNano(Math.round(row.costNanoUsd / row.verified)),
    unchecked_share: row.requests === 0 ? null : row.unchecked / row.requests,
    caller_tokens: row.callerTokens,
    // The baseline stands for a caller's model that is not known.
    caller_usd: usdOrNull(callerCost(row.callerTokens, 0, caller ?? baseline, nowMs)),
    caller_unwritten_tokens: unwritten,
    caller_unread_tokens: unread,
    caller_saved_usd: usdOrNull(callerCost(unwritten, unread, caller, nowMs)),
  };
}

function usdOrNull(nanoUsd: number | null): number | null {
  return nanoUsd === null ? null : usdFromNano(nanoUsd);
}

function measuredOf(shadows: readonly ShadowSums[]): PresentedSums["measured"] {
  if (shadows.length === 0) return null;
  const sum = (of: (sums: ShadowSums) => number): number => shadows.reduce((total, each) => total + of(each), 0);
  const runs = sum((each) => each.runs);
  const measured = measuredSavings({
    runs,
    ours: sum((each) => each.oursUsd),
    baseline: sum((each) => each.baselineUsd),
    oursSquared: sum((each) => each.oursSquared),
    baselineSquared: sum((each) => each.baselineSquared),
    product: sum((each) => each.product),
  });
  return {
    runs,
    saved_share: measured?.savedShare ?? null,
    low: measured?.low ?? null,
    high: measured?.high ?? null,
    cost_usd: sum((each) => each.shadowUsd),
  };
}

/** Measured savings mark the target by their whole interval; where nothing was measured, the modelled share does. */
function targetOf({ measured, saved_share: modelled }: PresentedSums): SpendTotals["target"] {
  const target = { saved_share: TARGET_SHARE };
  const { low = null, high = null } = measured ?? {};
  if (low !== null && high !== null) {
    const mark = low >= TARGET_SHARE ? "met" : high < TARGET_SHARE ? "missed" : "open";
    return { ...target, mark, by: "measured" };
  }
  return { ...target, mark: modelled === null ? "open" : modelled >= TARGET_SHARE ? "met" : "missed", by: "modelled" };
}
