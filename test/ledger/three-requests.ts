import {
  attemptRecord,
  DAY_MS,
  failedAttempt,
  NOON,
  requestEnd,
  requestRecord,
  reserveInput,
  routeOnce,
  type TestLedger,
} from "./records.ts";
import { ledgerAt } from "./support.ts";

/** All days. */
export const OPEN = { since: null, until: null } as const;

/** Three requests: one that fell back from alpha to beta, one of alpha, one a day later that no model answered. */
export async function threeRequests(): Promise<TestLedger> {
  const ledger = ledgerAt();
  await ledger.reserve(reserveInput("r1", "a1"));
  await ledger.settle(failedAttempt("r1", "a1", "timeout", { cost: { nanoUsd: 30, exact: false } }), null);
  await ledger.reserve(reserveInput("r1", "a2", { model: "beta", provider: "bits" }));
  const fallback = attemptRecord("r1", "a2", { ordinal: 2, model: "beta", provider: "bits" });
  await ledger.settle(fallback, requestEnd("r1", "a2"));
  await routeOnce(ledger, "r2", { end: { verdictStatus: "unchecked", baselineNanoUsd: 100 } });
  const nowMs = NOON + DAY_MS;
  const request = requestRecord("r3", { task: "coding", startedAtMs: nowMs });
  await ledger.reserve(reserveInput("r3", "a3", { request, nowMs }));
  const failed = failedAttempt("r3", "a3", "empty", { startedAtMs: nowMs, cost: { nanoUsd: 5, exact: true } });
  await ledger.settle(failed, requestEnd("r3", null));
  return ledger;
}
