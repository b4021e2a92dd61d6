import { openLedger } from "../../src/ledger/ledger.ts";
import type { Ledger, ReserveInput } from "../../src/core/ports.ts";
import { attemptRecord, dayLimit, requestEnd, requestRecord, reserveInput } from "../../test/ledger/records.ts";

/** What one process did. */
export interface Written {
  readonly requests: number;
  readonly refused: number;
  /** Times that the ledger was asked again, because it said that it cannot be used now. */
  readonly again: number;
  readonly reserveMs: readonly number[];
  readonly settleMs: readonly number[];
  readonly tookMs: number;
}

// Reserves, answers and settles against one hot day budget, with so many requests in flight, until the time is over.
const [, , address = "", name = "", inFlight = "16", forMs = "5000", limitNanoUsd = "0", what = "all"] = process.argv;
const ledger = openLedger({ path: address, storeText: false });
const limits = [dayLimit(Number(limitNanoUsd))];
const done = { requests: 0, refused: 0, again: 0, reserveMs: [] as number[], settleMs: [] as number[] };
const COST = { nanoUsd: 400, exact: true } as const;

await patiently(() => ledger.recent(limits, Date.now()));
await one("warm", false);
process.send?.("ready");
await new Promise((resolve) => process.once("message", resolve));
const startMs = performance.now();
const isOver = (): boolean => performance.now() - startMs >= Number(forMs);
await Promise.all(
  Array.from({ length: Number(inFlight) }, async (_, slot) => {
    for (let index = 0; !isOver(); index += 1) await one(`${slot}-${index}`, true);
  }),
);
const tookMs = performance.now() - startMs;
process.send?.({ ...done, tookMs } satisfies Written, () => {
  ledger.close();
  process.disconnect();
});

async function one(id: string, isCounted: boolean): Promise<void> {
  const routeId = `${name}-${id}`;
  const nowMs = Date.now();
  const input: ReserveInput = reserveInput(routeId, routeId, {
    nowMs,
    limits,
    request: requestRecord(routeId, { startedAtMs: nowMs }),
  });
  const reserved = await timed((each: Ledger) => each.reserve(input));
  if (!reserved.value.ok) {
    done.refused += 1;
    return;
  }
  if (what === "reserve") {
    if (isCounted) done.reserveMs.push(reserved.tookMs);
    done.requests += isCounted ? 1 : 0;
    return;
  }
  await patiently(() => ledger.answered(routeId, COST.nanoUsd));
  const attempt = attemptRecord(routeId, routeId, { startedAtMs: nowMs, cost: COST, text: null });
  const end = requestEnd(routeId, routeId, { endedAtMs: Date.now() });
  const settled = await timed((each: Ledger) => each.settle(attempt, end));
  if (!isCounted) return;
  done.requests += 1;
  done.reserveMs.push(reserved.tookMs);
  done.settleMs.push(settled.tookMs);
}

async function timed<T>(work: (ledger: Ledger) => Promise<T>): Promise<{ readonly value: T; readonly tookMs: number }> {
  const fromMs = performance.now();
  const value = await patiently(() => work(ledger));
  return { value, tookMs: performance.now() - fromMs };
}

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Error && "retryAfterMs" in error && error.retryAfterMs !== undefined)) throw error;
      done.again += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
