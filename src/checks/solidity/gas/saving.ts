import type { Measured } from "../../kit/check-result.ts";
import type { Comparison } from "./comparison.ts";
import { percent, type GasRow } from "./gas-meter.ts";

/** What an answer saves. */
export interface Saving {
  readonly rows: readonly GasRow[];
  readonly deployment: { readonly before: number; readonly after: number; readonly savedPercent: number };
  /** All functions together, each counted once. */
  readonly totalPercent: number;
}

export function savingOf(comparisons: readonly Comparison[]): Saving {
  const rows = comparisons.flatMap(({ gas }) => gas.functions).toSorted((a, b) => b.savedPercent - a.savedPercent);
  const sum = (pick: (comparison: Comparison) => number): number =>
    comparisons.reduce((total, each) => total + pick(each), 0);
  const before = sum(({ gas }) => gas.deployment?.before ?? 0);
  const after = sum(({ gas }) => gas.deployment?.after ?? 0);
  return {
    rows,
    deployment: { before, after, savedPercent: percent(before, after) },
    totalPercent: percent(total(rows, "before"), total(rows, "after")),
  };
}

function total(rows: readonly GasRow[], side: "before" | "after"): number {
  return rows.reduce((sum, row) => sum + row[side], 0);
}

export function evidenceOf({ rows, deployment, totalPercent }: Saving): Measured {
  return {
    functions: rows.slice(0, 40).map(({ signature, before, after, savedPercent, calls }) => ({
      signature,
      before,
      after,
      saved_percent: savedPercent,
      calls,
    })),
    deployment: { before: deployment.before, after: deployment.after, saved_percent: deployment.savedPercent },
    total: { saved_percent: totalPercent },
  };
}

/** "transfer: 51,234 -> 48,100 (-6.1%)" of the functions that changed most, then the deployment. */
export function summaryOf({ rows, deployment }: Saving): string {
  const changed = rows.filter(({ savedPercent }) => savedPercent !== 0);
  const best = changed.toSorted((a, b) => Math.abs(b.savedPercent) - Math.abs(a.savedPercent)).slice(0, 4);
  const parts = best.map(
    ({ signature, before, after, savedPercent }) =>
      `${signature.slice(0, signature.indexOf("(") === -1 ? undefined : signature.indexOf("("))} ${spelled(before)} -> ${spelled(after)} (${signed(savedPercent)})`,
  );
  return [
    ...parts,
    `deployment ${spelled(deployment.before)} -> ${spelled(deployment.after)} (${signed(deployment.savedPercent)})`,
  ].join("; ");
}

function spelled(gas: number): string {
  return gas.toLocaleString("en-US");
}

/** The change of the cost, with its sign. */
function signed(savedPercent: number): string {
  if (savedPercent === 0) return "0%";
  return savedPercent > 0 ? `-${savedPercent}%` : `+${-savedPercent}%`;
}

/** "20" of "reduce gas by at least 20%". */
export function targetPercentOf(prompt: string): number | null {
  const found =
    /\b(?:reduce|cut|lower|save|saving|decrease|reduction|less|cheaper)\b[^.\n%]{0,60}?\b(\d{1,2}(?:\.\d+)?)\s?%/i.exec(
      prompt,
    ) ?? /\b(\d{1,2}(?:\.\d+)?)\s?%[^.\n]{0,30}\b(?:less|cheaper|reduction|saving|lower)\b/i.exec(prompt);
  return found === null ? null : Number(found[1]);
}
