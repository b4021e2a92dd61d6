import { setImmediate as turn } from "node:timers/promises";
import type { BudgetLimit } from "../../src/core/budget.ts";
import type { Ledger } from "../../src/core/ports.ts";
import { attemptRecord, requestEnd, requestRecord, reserveInput } from "../../test/ledger/records.ts";

const MODEL = "gpt-6-luna";
const PROVIDER = "openai";
const TASK = "planning";

/** One limit of each kind, all too high to matter. */
export const LIMITS: readonly BudgetLimit[] = [
  { scope: { kind: "day" }, limitNanoUsd: 1e15 },
  { scope: { kind: "month" }, limitNanoUsd: 1e15 },
  { scope: { kind: "task", task: TASK, per: "month" }, limitNanoUsd: 1e15 },
  { scope: { kind: "provider", provider: PROVIDER, per: "month" }, limitNanoUsd: 1e15 },
];

/** Reserves against every limit and settles, as a route does; returns the milliseconds of both together. */
export async function routeOnce(ledger: Ledger, routeId: string): Promise<number> {
  const nowMs = Date.now();
  const attemptId = `${routeId}-a`;
  const startMs = performance.now();
  const reserved = await ledger.reserve(
    reserveInput(routeId, attemptId, {
      nowMs,
      request: requestRecord(routeId, { task: TASK, startedAtMs: nowMs }),
      model: MODEL,
      provider: PROVIDER,
      limits: [...LIMITS, { scope: { kind: "call", routeId }, limitNanoUsd: 1e12 }],
    }),
  );
  if (!reserved.ok) throw new Error("a limit was in the way");
  await ledger.settle(
    attemptRecord(routeId, attemptId, { model: MODEL, provider: PROVIDER, startedAtMs: nowMs }),
    requestEnd(routeId, attemptId, { endedAtMs: nowMs }),
  );
  const tookMs = performance.now() - startMs;
  await turn();
  return tookMs;
}
