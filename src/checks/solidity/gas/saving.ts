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

/** A call must save at least this much gas: smaller differences may come from how the compiler lays out code. */
const NOISE_GAS = 10;
/** Half a byte of code. */
const DEPLOYMENT_NOISE_GAS = 100;
/** A function that changes state may cost this much more when others save. */
const MAX_DEARER_PERCENT = 2;

/** Why nothing is saved; `null`: something is saved. */
export function nothingSaved({ rows, deployment, totalPercent }: Saving): string | null {
  const best = Math.max(0, ...rows.map(({ before, after }) => before - after));
  const isCheaperToDeploy = deployment.before - deployment.after >= DEPLOYMENT_NOISE_GAS;
  if (best < NOISE_GAS && !isCheaperToDeploy) return "nothing is saved";
  const dearest = dearestOf(rows);
  if (dearest === null || totalPercent >= 0 || isCheaperToDeploy) return null;
  if ((rows[0]?.savedPercent ?? 0) >= -dearest.savedPercent) return null;
  return `${dearest.signature} costs ${-dearest.savedPercent}% more, and nothing makes up for it`;
}

/** Whether the compiler's optimizer produced the same code for both. */
export function isAlike({ rows, deployment }: Saving): boolean {
  const differs = (before: number, after: number, noise: number): boolean => Math.abs(before - after) >= noise;
  return (
    !differs(deployment.before, deployment.after, DEPLOYMENT_NOISE_GAS) &&
    !rows.some(({ before, after }) => differs(before, after, NOISE_GAS))
  );
}

/** If some functions became cheaper and others more expensive: the more expensive ones; `null`: the savings outweigh them. */
export function tradedAway({ rows, totalPercent }: Saving): string | null {
  const dearest = dearestOf(rows);
  return dearest === null || totalPercent >= 0 ? null : `${dearest.signature} costs ${-dearest.savedPercent}% more`;
}

function dearestOf(rows: readonly GasRow[]): GasRow | null {
  const [dearest] = rows.filter(({ isView }) => !isView).toSorted((a, b) => a.savedPercent - b.savedPercent);
  return dearest !== undefined && dearest.savedPercent < -MAX_DEARER_PERCENT ? dearest : null;
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
