import type { ModelStatistics, StatisticsKey } from "./statistics.ts";

/** Statistics as a ledger keeps them: the key in columns, so that it can be asked for; the figures as JSON. */
export interface StatisticsRow {
  readonly principal: string | null;
  readonly task: string;
  readonly model: string;
  readonly basis: string | null;
  /** Form of `figures`: rows of another one are left unread. */
  readonly version: number;
  readonly figures: string;
}

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
