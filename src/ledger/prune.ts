import { setTimeout as delay } from "node:timers/promises";
import type { Pruned, PruneOrder } from "../core/ports.ts";
import { SignalboxError } from "../core/errors.ts";
import { dayNumberOf } from "./days.ts";
import type { LedgerFile } from "./file.ts";
import { pruneStep, forgetPhrases, type PruneCursor } from "./prune-step.ts";
import { canShrink, readSize, rewrite, shrinkStep } from "./size.ts";
import { sweep } from "./sweep.ts";

/** Other processes wait while a step holds the write lock: steps are grown and cut so that each takes about this long. */
const STEP_MS = 10;
const FIRST_STEP = 50;
const MAX_STEP = 5000;

/**
 * Deletes what ended before a day, in short transactions with as long a pause after each, so that other processes keep working;
 * sums stay as they are. Gives the space back to the disk where the file can do that bit by bit, or at once when `vacuum` asks
 * for it. Throws `invalid_request` on a bad day, `ledger_unavailable` when there is no ledger or it cannot be used any longer.
 */
export async function prune(file: LedgerFile, order: PruneOrder): Promise<Pruned> {
  const beforeDay = dayNumberOf(order.before);
  if (file.isMissing())
    throw new SignalboxError("ledger_unavailable", `There is no ledger at ${file.path}: nothing to prune`);
  const { sizeBytes: sizeBytesBefore } = await file.alone(readSize);
  const done = { requests: 0, attempts: 0, kept: 0 };
  try {
    await file.write((connection) => sweep(connection, order.nowMs));
    let complete = await pruneAll(file, beforeDay, order, done);
    if (complete && order.vacuum) await file.alone(rewrite);
    else if (complete) complete = await shrinkAll(file, order.signal);
    const { sizeBytes, freeBytes } = await file.alone(readSize);
    return { ...done, sizeBytesBefore, sizeBytesAfter: sizeBytes, freeBytes, complete };
  } catch (error) {
    if (done.requests === 0 || !(error instanceof SignalboxError)) throw error;
    throw new SignalboxError(
      error.kind,
      `${error.message}. ${done.requests} requests were pruned before that; all sums are kept`,
      { cause: error },
    );
  }
}

/** False when it was told to stop. */
async function pruneAll(
  file: LedgerFile,
  beforeDay: number,
  { nowMs, vacuum, signal }: PruneOrder,
  done: { requests: number; attempts: number; kept: number },
): Promise<boolean> {
  const pace = new Pace();
  let cursor: PruneCursor = { afterId: 0, lateInARow: 0, oldestKeptDay: beforeDay };
  for (;;) {
    if (signal.aborted) return false;
    const step = await pace.timed(file, (connection) => pruneStep(connection, beforeDay, cursor, pace.size, nowMs));
    done.requests += step.requests;
    done.attempts += step.attempts;
    done.kept += step.kept;
    cursor = step.cursor;
    // At once, while few pages are free: to find one among very many takes SQLite long.
    if (!vacuum && step.requests > 0 && !(await shrinkAll(file, signal))) return false;
    if (step.isLast) break;
  }
  for (let afterId: number | null = 0; afterId !== null;) {
    if (signal.aborted) return false;
    const from: number = afterId;
    afterId = await pace.timed(file, (connection) => forgetPhrases(connection, from, cursor.oldestKeptDay, pace.size));
  }
  return true;
}

/** Gives free pages back to the disk. False when it was told to stop. */
async function shrinkAll(file: LedgerFile, signal: AbortSignal): Promise<boolean> {
  if (!(await file.alone(canShrink))) return true;
  const pace = new Pace();
  for (;;) {
    if (signal.aborted) return false;
    if ((await pace.timed(file, (connection) => shrinkStep(connection, pace.size))) === 0) return true;
  }
}

/** How much to do in one transaction. */
class Pace {
  size = FIRST_STEP;

  async timed<T>(file: LedgerFile, work: Parameters<typeof file.write<T>>[0]): Promise<T> {
    let tookMs = 0;
    const result = await file.write((connection) => {
      const startMs = performance.now();
      const made = work(connection);
      tookMs = performance.now() - startMs;
      return made;
    });
    const factor = Math.min(2, Math.max(0.25, STEP_MS / Math.max(tookMs, 0.1)));
    this.size = Math.min(MAX_STEP, Math.max(1, Math.round(this.size * factor)));
    await delay(tookMs);
    return result;
  }
}
