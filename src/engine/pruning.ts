import { dayOf } from "../core/budget.ts";
import type { LedgerReader, Pruned } from "../core/reader.ts";
import { timeOfId } from "../core/route-id.ts";
import type { PruneOutput } from "../core/service.ts";
import { isDay } from "./reports.ts";

/** What is wrong with the day before which requests should go, or `null`. */
export function pruneProblem(before: string, nowMs: number): string | null {
  if (!isDay(before)) return `"${before}" is not a day; write it as YYYY-MM-DD (UTC)`;
  const today = dayOf(nowMs);
  return before > today
    ? `${before} lies in the future; the last day that can be named is today, ${today} (UTC)`
    : null;
}

export function presentPruned(pruned: Pruned): PruneOutput {
  return {
    requests: pruned.requests,
    attempts: pruned.attempts,
    kept: pruned.kept,
    bytes_before: pruned.sizeBytesBefore,
    bytes_after: pruned.sizeBytesAfter,
    bytes_free: pruned.freeBytes,
    complete: pruned.complete,
  };
}

/** Why the ledger does not know a route: nobody ever did, with what to do about that, or it was pruned. */
export async function whyUnknown(reader: LedgerReader, routeId: string, remedy: string): Promise<string> {
  const atMs = timeOfId(routeId);
  const before = atMs === null ? null : await reader.prunedBefore();
  return atMs === null || before === null || dayOf(atMs) >= before
    ? `Unknown route_id "${routeId}"${remedy}`
    : `The route "${routeId}" of ${dayOf(atMs)} is not in the ledger any more: what ended before ${before} was pruned, its cost is still in every sum`;
}
