import { setTimeout as delay } from "node:timers/promises";
import { SignalboxError } from "../../core/errors.ts";
import type { Pruned, PruneOrder } from "../../core/ledger-reader.ts";
import { PRESUMED_MS } from "../common/bounds.ts";
import { pruningBroke } from "../common/pruning-broke.ts";
import { DAY_MS, dayNumberOf, dayText, wholeMs } from "../units.ts";
import type { Database, Queries } from "./db/database.ts";
import { readSizeBytes } from "./read/health.ts";
import { foldEvents } from "./write/lessons.ts";

/** So many requests are deleted in one transaction. */
const DELETED = 500;
/** What a step may take, and a statement that writes tables anew. */
const STEP_WAIT_MS = 30_000;
const VACUUM_WAIT_MS = 3_600_000;

const IS_KEPT = `(EXISTS (SELECT FROM signalbox.reservations v WHERE v.request = r.id AND NOT v.settled)
  OR (r.ended_at_ms >= $2 AND (r.presumed OR EXISTS (SELECT FROM signalbox.attempts a WHERE a.request = r.id AND a.dead))))`;

const CHOSEN = `
  SELECT r.id FROM signalbox.requests r WHERE r.status IS NOT NULL AND r.ended_at_ms < $1 AND NOT ${IS_KEPT}
  ORDER BY r.ended_at_ms LIMIT ${DELETED} FOR UPDATE SKIP LOCKED`;

/**
 * Deletes what ended before a day, in short transactions with as long a pause after each; sums stay as they are. Throws
 * `invalid_request` on a bad day, `ledger_unavailable` when there is no ledger or it cannot be used any longer.
 */
export async function prune(database: Database, order: PruneOrder): Promise<Pruned> {
  const beforeDay = dayNumberOf(order.before);
  if (!(await database.exists(STEP_WAIT_MS))) {
    throw new SignalboxError("ledger_unavailable", `There is no ledger at ${await database.shown()}: nothing to prune`);
  }
  const size = (): Promise<number> => database.read(0, readSizeBytes, STEP_WAIT_MS);
  const sizeBytesBefore = await size();
  const done = { requests: 0, attempts: 0 };
  try {
    await database.write(
      ({ all }) => all("SELECT signalbox.add_sums(signalbox.expire($1::double precision))", [order.nowMs]),
      STEP_WAIT_MS,
    );
    const complete = await pruneAll(database, beforeDay, order, done);
    if (complete && order.vacuum) await vacuum(database);
    const kept = await database.read(0, (queries) => readKept(queries, beforeDay), STEP_WAIT_MS);
    return { ...done, kept, sizeBytesBefore, sizeBytesAfter: await size(), freeBytes: 0, complete };
  } catch (error) {
    throw pruningBroke(error, done.requests);
  }
}

/** False when it was told to stop. */
async function pruneAll(
  database: Database,
  beforeDay: number,
  { nowMs, signal }: PruneOrder,
  done: { requests: number; attempts: number },
): Promise<boolean> {
  while (!signal.aborted && (await foldEvents(database, STEP_WAIT_MS)) > 0);
  for (;;) {
    if (signal.aborted) return false;
    const startMs = performance.now();
    const step = await database.write((queries) => pruneStep(queries, beforeDay, nowMs), STEP_WAIT_MS);
    if (step.requests === 0) return true;
    done.requests += step.requests;
    done.attempts += step.attempts;
    await delay(performance.now() - startMs);
  }
}

interface StepCounts {
  readonly requests: number;
  readonly attempts: number;
}

async function pruneStep({ all }: Queries, beforeDay: number, nowMs: number): Promise<StepCounts> {
  const beforeMs = beforeDay * DAY_MS;
  const chosen = await all<{ id: number }>(CHOSEN, [beforeMs, beforeMs - PRESUMED_MS]);
  if (chosen.length === 0) return { requests: 0, attempts: 0 };
  const ids = chosen.map(({ id }) => id);
  const [counted] = await all<{ attempts: number }>(
    "SELECT count(*) AS attempts FROM signalbox.attempts WHERE request = ANY ($1::bigint[])",
    [ids],
  );
  const attempts = counted?.attempts ?? 0;
  // What belongs to a request goes with it.
  await all("DELETE FROM signalbox.requests WHERE id = ANY ($1::bigint[])", [ids]);
  await all(
    `INSERT INTO signalbox.prunes AS p (before_day, requests, attempts, at_ms) VALUES ($1, $2, $3, $4)
     ON CONFLICT (before_day) DO UPDATE SET requests = p.requests + excluded.requests, attempts = p.attempts + excluded.attempts,
       at_ms = excluded.at_ms`,
    [beforeDay, ids.length, attempts, wholeMs(nowMs)],
  );
  return { requests: ids.length, attempts };
}

async function readKept({ all }: Queries, beforeDay: number): Promise<number> {
  const beforeMs = beforeDay * DAY_MS;
  const [row] = await all<{ kept: number }>(
    `SELECT count(*) AS kept FROM signalbox.requests r WHERE r.status IS NOT NULL AND r.ended_at_ms < $1 AND ${IS_KEPT}`,
    [beforeMs, beforeMs - PRESUMED_MS],
  );
  return row?.kept ?? 0;
}

async function vacuum(database: Database): Promise<void> {
  for (const table of ["requests", "attempts"]) await database.alone(`VACUUM FULL signalbox.${table}`, VACUUM_WAIT_MS);
}

/** The last day before which requests were pruned; `null`: nothing ever was. */
export async function readPrunedBefore({ all }: Queries): Promise<string | null> {
  const [row] = await all<{ day: number | null }>("SELECT max(before_day) AS day FROM signalbox.prunes");
  return row?.day === null || row === undefined ? null : dayText(row.day);
}
