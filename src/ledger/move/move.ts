import { SignalboxError } from "../../core/errors.ts";
import { isPostgresUrl } from "../../core/ledger-address.ts";
import type { LedgerMoved, LedgerMoveOrder } from "../../core/ledger-move.ts";
import { requireEqual } from "./compare.ts";
import { openPostgresSource } from "./postgres-source.ts";
import { openPostgresTarget } from "./postgres-target.ts";
import type { LedgerView, MoveProgress, MoveSource, MoveTarget, MoveWriter } from "./rows.ts";
import { openSqliteSource } from "./sqlite-source.ts";
import { openSqliteTarget } from "./sqlite-target.ts";

/** Requests in one transaction. */
const PAGE = 200;
/** Clocks of machines differ: what was reported so long before the move began is looked at again. */
const CLOCKS_DIFFER_MS = 3_600_000;

/**
 * Copies a ledger: requests with their attempts page by page, then, in one transaction, the rest with all sums. Nothing counts before
 * every sum of the copy equals that of the source. A move that broke off goes on where it was. Throws `ledger_unavailable` when one of
 * the ledgers cannot be used or others write to the source, `invalid_request` when the target is not empty.
 */
export async function moveLedger(order: LedgerMoveOrder): Promise<LedgerMoved> {
  if (order.from === order.to) throw new SignalboxError("invalid_request", "A ledger cannot be moved onto itself");
  const source = await (isPostgresUrl(order.from) ? openPostgresSource : openSqliteSource)(order.from);
  try {
    const target = await (isPostgresUrl(order.to) ? openPostgresTarget : openSqliteTarget)(order.to);
    try {
      if (source.shown === target.shown)
        throw new SignalboxError("invalid_request", "A ledger cannot be moved onto itself");
      return await move(source, target, order);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function move(source: MoveSource, target: MoveTarget, order: LedgerMoveOrder): Promise<LedgerMoved> {
  const { whileInUse, nowMs, signal } = order;
  const mark = await source.read(async (view) => {
    if (!whileInUse) await refuseRunning(view, nowMs);
    return markOf(view);
  }, false);
  const { progress: begun, isResumed } = await target.begin(source.shown, nowMs);
  let progress = begun;
  const moved = { from: source.shown, to: target.shown, isResumed };
  for (;;) {
    if (signal.aborted) return { ...moved, requests: 0, attempts: 0, costNanoUsd: 0, isComplete: false };
    const page = await source.read(async (view) => view.requestsAfter(progress.afterId, PAGE), false);
    const last = page.at(-1);
    if (last === undefined) break;
    const laterIds = page.filter(({ mayChange }) => mayChange).map(({ id }) => id);
    const after: MoveProgress = {
      ...progress,
      afterId: last.id,
      laterIds: [...progress.laterIds, ...laterIds],
    };
    await target.store(
      page.filter(({ mayChange }) => !mayChange),
      progress,
      after,
    );
    progress = after;
  }
  return source.read(async (view) => {
    if (!whileInUse && (await markOf(view)) !== mark) throw inUse("wrote to it meanwhile");
    await target.finish((writer) => complete(view, writer, progress));
    return { ...moved, ...(await totalsOf(view)), isComplete: true };
  }, !whileInUse);
}

/** Everything that is no settled request, those that may have changed since they were copied, and the look at the sums. */
async function complete(view: LedgerView, writer: MoveWriter, progress: MoveProgress): Promise<void> {
  const reported = await view.reportedSince(progress.startedAtMs - CLOCKS_DIFFER_MS);
  const again = [...new Set([...progress.laterIds, ...reported])].filter((id) => id <= progress.afterId);
  for (let from = 0; from < again.length; from += PAGE) {
    await writer.requests(await view.requestsOf(again.slice(from, from + PAGE)));
  }
  for (let afterId = progress.afterId; ;) {
    const page = await view.requestsAfter(afterId, PAGE);
    const last = page.at(-1);
    if (last === undefined) break;
    await writer.requests(page);
    afterId = last.id;
  }
  const state = await view.state();
  await writer.state(state);
  requireEqual(
    { ...state, ...(await view.figures()) },
    { ...(await writer.view.state()), ...(await writer.view.figures()) },
  );
}

async function totalsOf(view: LedgerView): Promise<Pick<LedgerMoved, "requests" | "attempts" | "costNanoUsd">> {
  const { attempts, requests } = await view.figures();
  return {
    requests: requests.reduce((sum, row) => sum + row.requests, 0),
    attempts: attempts.reduce((sum, row) => sum + row.attempts, 0),
    costNanoUsd: attempts.reduce((sum, row) => sum + row.cost_nano_usd, 0),
  };
}

/** Whoever lives prolongs its lease. */
async function refuseRunning(view: LedgerView, nowMs: number): Promise<void> {
  const { reservations, holds } = await view.state();
  const requests = new Set(reservations.filter((row) => row.lease_until_ms > nowMs).map(({ request }) => request));
  const batches = new Set(holds.filter((row) => row.lease_until_ms > nowMs).map(({ batch_id }) => batch_id));
  if (requests.size + batches.size === 0) return;
  throw inUse(
    `run ${requests.size} request${requests.size === 1 ? "" : "s"} and hold money for ${batches.size} batches`,
  );
}

/** Changes whenever a request begins or ends, an attempt is settled, a caller reports or requests are pruned. */
async function markOf(view: LedgerView): Promise<string> {
  const { spend_sums: sums, attempt_sums: attempts, reservations, holds, prunes } = await view.state();
  return JSON.stringify([sums, attempts, prunes, reservations.map((row) => row.attempt_id), holds]);
}

function inUse(what: string): SignalboxError<"ledger_unavailable"> {
  return new SignalboxError(
    "ledger_unavailable",
    `Others use the ledger: they ${what}. Stop them and run the same command again, or add --while-in-use`,
  );
}
