import type { StatisticsRow } from "../core/learning.ts";
import type { ModelStatistics, StatisticsKey } from "./statistics.ts";

const VERSION = 1;

export function statisticsToRow({ key, ...figures }: ModelStatistics): StatisticsRow {
  return { ...key, version: VERSION, figures: JSON.stringify(figures) };
}

/** `null`: the row is of another version, or not whole; statistics begin anew then. */
export function statisticsFromRow(row: StatisticsRow): ModelStatistics | null {
  if (row.version !== VERSION) return null;
  const { principal, task, model } = row;
  const key: StatisticsKey = { principal, task, model, basis: row.basis as StatisticsKey["basis"] };
  try {
    const figures = JSON.parse(row.figures) as Omit<ModelStatistics, "key"> | null;
    const isWhole = figures !== null && typeof figures === "object" && typeof figures.accepted?.recent === "number";
    return isWhole ? { key, ...figures } : null;
  } catch {
    return null;
  }
}
