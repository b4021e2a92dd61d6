import { PRESUMED_MS } from "../../common/bounds.ts";
import { wholeMs, dayNumberAt, DAY_MS, type DayNumber } from "../../units.ts";
import type { Connection } from "../db/connection.ts";

/** Ids grow with time, but for clocks that are set: after so many requests in a row that began a day too late, no other follows. */
const LATE_IN_A_ROW = 1000;

/** What belongs to a request, in the order in which it can be deleted. Reservations among it are settled: who holds money, stays. */
export const PRUNED_TABLES = ["reservations", "check_lists", "checks", "texts", "outcomes", "attempts"] as const;

/** How far the walk over the requests has come. */
export interface PruneCursor {
  readonly afterId: number;
  readonly lateInARow: number;
  /** No request that stays began before this day. */
  readonly oldestKeptDay: DayNumber;
}

export interface PruneStep {
  readonly requests: number;
  readonly attempts: number;
  /** Ended before the day, and stays for now. */
  readonly kept: number;
  readonly cursor: PruneCursor;
  readonly isLast: boolean;
}

const WALK = `
  SELECT r.id, r.started_at_ms, r.status IS NOT NULL AND r.ended_at_ms < (SELECT ?) AS past,
    EXISTS (SELECT 1 FROM reservations v WHERE v.request = r.id AND v.settled = 0) AS holds,
    r.ended_at_ms >= (SELECT ?) AND (r.presumed = 1
      OR EXISTS (SELECT 1 FROM attempts a WHERE a.request = r.id AND a.dead = 1)) AS presumed
  FROM requests r WHERE r.id > (SELECT ?) ORDER BY r.id LIMIT (SELECT ?)`;

interface Walked {
  readonly id: number;
  readonly started_at_ms: number;
  readonly past: number;
  readonly holds: number;
  readonly presumed: number;
}

/** So many are looked at in one step, and so many deleted before it looks at the time again. */
const WALKED = 500;
const DELETED = 25;

/** Looks at the next requests and deletes those that ended before the day, until its time is over. In a writing transaction. */
export function pruneStep(
  connection: Connection,
  beforeDay: DayNumber,
  cursor: PruneCursor,
  nowMs: number,
  isOver: () => boolean,
): PruneStep {
  const beforeMs = beforeDay * DAY_MS;
  const rows = connection.all<Walked>(WALK, beforeMs, beforeMs - PRESUMED_MS, cursor.afterId, WALKED);
  const done = { requests: 0, attempts: 0, kept: 0 };
  let { afterId, lateInARow, oldestKeptDay } = cursor;
  let past: number[] = [];
  let stopped = false;
  const deletePast = (): void => {
    const deleted = deleteRequests(connection, past, beforeDay, nowMs);
    done.requests += deleted.requests;
    done.attempts += deleted.attempts;
    past = [];
  };
  for (const row of rows) {
    if (past.length >= DELETED) {
      deletePast();
      stopped = isOver();
      if (stopped) break;
    }
    afterId = row.id;
    lateInARow = row.started_at_ms >= beforeMs + DAY_MS ? lateInARow + 1 : 0;
    if (row.past === 1 && row.holds === 0 && row.presumed === 0) {
      past.push(row.id);
      continue;
    }
    if (row.past === 1) done.kept += 1;
    oldestKeptDay = Math.min(oldestKeptDay, dayNumberAt(row.started_at_ms));
  }
  deletePast();
  return {
    ...done,
    cursor: { afterId, lateInARow, oldestKeptDay },
    isLast: !stopped && (rows.length < WALKED || lateInARow >= LATE_IN_A_ROW),
  };
}

const LISTED = "(SELECT value FROM json_each(?))";

const COUNT = `
  INSERT INTO prunes (before_day, requests, attempts, at_ms) VALUES (?, ?, ?, ?)
  ON CONFLICT (before_day) DO UPDATE SET
    requests = requests + excluded.requests, attempts = attempts + excluded.attempts, at_ms = excluded.at_ms`;

function deleteRequests(
  connection: Connection,
  ids: readonly number[],
  beforeDay: DayNumber,
  nowMs: number,
): { readonly requests: number; readonly attempts: number } {
  if (ids.length === 0) return { requests: 0, attempts: 0 };
  const list = JSON.stringify(ids);
  let attempts = 0;
  for (const table of PRUNED_TABLES) {
    const deleted = connection.run(`DELETE FROM ${table} WHERE request IN ${LISTED}`, list);
    if (table === "attempts") attempts = deleted;
  }
  const requests = connection.run(`DELETE FROM requests WHERE id IN ${LISTED}`, list);
  connection.run(COUNT, beforeDay, requests, attempts, wholeMs(nowMs));
  return { requests, attempts };
}

/** A request that came after the walk had passed may have begun before midnight. */
const SPARED_DAYS = 2;

/** Deletes those of the next phrases without a reference; returns where to go on, or `null` at the end. */
export function forgetPhrases(connection: Connection, afterId: number, oldestDay: DayNumber): number | null {
  const upTo = afterId + WALKED;
  connection.run(
    "DELETE FROM phrases WHERE id > ? AND id <= ? AND last_day < ?",
    afterId,
    upTo,
    oldestDay - SPARED_DAYS,
  );
  const last = connection.get<{ id: number | null }>("SELECT max(id) AS id FROM phrases")?.id ?? 0;
  return upTo >= last ? null : upTo;
}

/** The last of the days before which requests were pruned; `null`: nothing ever was. */
export function readPrunedBefore(connection: Connection): DayNumber | null {
  return connection.get<{ day: number | null }>("SELECT max(before_day) AS day FROM prunes")?.day ?? null;
}
