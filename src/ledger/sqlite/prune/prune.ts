import { setTimeout as delay } from "node:timers/promises";
import type { Pruned, PruneOrder } from "../../../core/ledger-reader.ts";
import { SignalboxError } from "../../../core/errors.ts";
import type { Connection } from "../db/connection.ts";
import { dayNumberOf } from "../../units.ts";
import { pruningBroke } from "../../common/pruning-broke.ts";
import type { LedgerFile } from "../db/file.ts";
import { pruneStep, forgetPhrases, type PruneCursor } from "./step.ts";
import { canShrink, checkpoint, readSize, rewrite, shrinkStep } from "./file-size.ts";
import { expireLeases } from "../write/expire-leases.ts";

/** Other processes wait while a step holds the write lock: it ends after this long, or with the little that it was at. */
const STEP_MS = 10;
/** Else another process's small transaction would have to carry all of these pages into the file. */
const STEPS_PER_CHECKPOINT = 8;

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
    await file.write((connection) => expireLeases(connection, order.nowMs));
    let complete = await pruneAll(file, beforeDay, order, done);
    if (complete && order.vacuum) await file.alone(rewrite);
    else if (complete) complete = await shrinkAll(file, order.signal);
    const { sizeBytes, freeBytes } = await file.alone(readSize);
    return { ...done, sizeBytesBefore, sizeBytesAfter: sizeBytes, freeBytes, complete };
  } catch (error) {
    throw pruningBroke(error, done.requests);
  }
}

/** False when it was told to stop. */
async function pruneAll(
  file: LedgerFile,
  beforeDay: number,
  { nowMs, vacuum, signal }: PruneOrder,
  done: { requests: number; attempts: number; kept: number },
): Promise<boolean> {
  const steps = new Steps(file);
  let cursor: PruneCursor = { afterId: 0, lateInARow: 0, oldestKeptDay: beforeDay };
  for (;;) {
    if (signal.aborted) return false;
    const step = await steps.take((connection, isOver) => pruneStep(connection, beforeDay, cursor, nowMs, isOver));
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
    afterId = await steps.take((connection) => forgetPhrases(connection, from, cursor.oldestKeptDay));
  }
  return true;
}

/** Gives free pages back to the disk. False when it was told to stop. */
async function shrinkAll(file: LedgerFile, signal: AbortSignal): Promise<boolean> {
  if (!(await file.alone(canShrink))) return true;
  const steps = new Steps(file);
  for (;;) {
    if (signal.aborted) return false;
    if ((await steps.take(shrinkStep)) === 0) return true;
  }
}

/** Transactions that each look at the time, with a pause as long as itself after each. */
class Steps {
  readonly #file: LedgerFile;
  #count = 0;

  constructor(file: LedgerFile) {
    this.#file = file;
  }

  async take<T>(work: (connection: Connection, isOver: () => boolean) => T): Promise<T> {
    let tookMs = 0;
    const result = await this.#file.write((connection) => {
      const startMs = performance.now();
      const made = work(connection, () => performance.now() - startMs >= STEP_MS);
      tookMs = performance.now() - startMs;
      return made;
    });
    this.#count += 1;
    if (this.#count % STEPS_PER_CHECKPOINT === 0) await this.#file.alone(checkpoint);
    await delay(tookMs);
    return result;
  }
}
