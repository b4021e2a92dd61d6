import type { AttemptRecord, Failure } from "../../src/core/attempt.ts";
import type { BudgetLimit } from "../../src/core/budget.ts";
import type { Ledger, RequestEnd, RequestRecord, ReserveInput } from "../../src/core/ports.ts";
import type { LedgerReader } from "../../src/core/ledger-reader.ts";
import { verdictOf, type Verdict } from "../../src/core/verdict.ts";

export type TestLedger = Ledger & LedgerReader;

/** Noon of a day in the middle of a month. */
export const NOON = Date.UTC(2026, 10, 18, 12);
export const DAY_MS = 86_400_000;
export const LEASE_MS = 60_000;

export function requestRecord(routeId: string, over: Partial<RequestRecord> = {}): RequestRecord {
  return {
    routeId,
    principal: null,
    task: "planning",
    startedAtMs: NOON,
    budgetNanoUsd: null,
    deadlineMs: 30_000,
    minQuality: 0.7,
    optimize: "cost",
    promptChars: 11,
    callerTokens: 3,
    promptSha256: "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9",
    promptText: "hello world",
    plan: { order: ["alpha", "beta"], rejected: [] },
    notes: [],
    ...over,
  };
}

export function reserveInput(routeId: string, attemptId: string, over: Partial<ReserveInput> = {}): ReserveInput {
  const nowMs = over.nowMs ?? NOON;
  return {
    attemptId,
    role: "answer",
    request: requestRecord(routeId, { startedAtMs: nowMs }),
    model: "alpha",
    provider: "acme",
    amountNanoUsd: 1000,
    limits: [],
    nowMs,
    leaseUntilMs: nowMs + LEASE_MS,
    endsByMs: nowMs + 30_000,
    room: null,
    probe: null,
    outageKeys: [],
    ...over,
  };
}

/** A verdict with all that a ledger keeps of one. */
export const VERIFIED: Verdict = verdictOf(
  [
    { name: "parses", passed: true, detail: "2 of 2 blocks parse", looked: "parses", findings: [], evidence: [] },
    {
      name: "examples",
      passed: true,
      detail: "f(2) is slow",
      findings: [{ rule: "code/slow", certainty: "hint", severity: "minor", message: "f(2) is slow" }],
      evidence: [{ basis: "tests", score: 0.9, summary: "9 of 10 examples of the prompt hold" }],
      measured: { slowest: "f(2)" },
    },
    {
      name: "sorts",
      criterion: true,
      passed: true,
      detail: "sorts: [1,2]",
      findings: [],
      evidence: [{ basis: "tests", score: 1, summary: "sorts: [1,2]" }],
    },
  ],
  0.7,
);

export function attemptRecord(routeId: string, attemptId: string, over: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    attemptId,
    routeId,
    ordinal: 1,
    role: "answer",
    model: "alpha",
    provider: "acme",
    outcome: "accepted",
    failure: null,
    verdict: VERIFIED,
    usage: { inputTokens: 100, cacheReadTokens: 20, cacheWriteTokens: null, outputTokens: 50, reasoningTokens: 5 },
    cost: { nanoUsd: 400, exact: true },
    startedAtMs: NOON,
    latencyMs: 800,
    firstTokenMs: 120,
    text: "the answer",
    ...over,
  };
}

export function failedAttempt(
  routeId: string,
  attemptId: string,
  kind: Failure["kind"],
  over: Partial<AttemptRecord> = {},
): AttemptRecord {
  return attemptRecord(routeId, attemptId, {
    outcome: "failed",
    failure: { kind, message: `it was ${kind}` },
    verdict: null,
    cost: { nanoUsd: 0, exact: true },
    text: null,
    ...over,
  });
}

export function requestEnd(routeId: string, attemptId: string | null, over: Partial<RequestEnd> = {}): RequestEnd {
  return {
    routeId,
    status: attemptId === null ? "failed" : "accepted",
    errorCode: attemptId === null ? "all_failed" : null,
    attemptId,
    verdictStatus: attemptId === null ? null : "verified",
    baselineModel: attemptId === null ? null : "gamma",
    baselineNanoUsd: attemptId === null ? null : 1500,
    endedAtMs: NOON + 900,
    latencyMs: 900,
    notes: [],
    ...over,
  };
}

export const dayLimit = (limitNanoUsd: number): BudgetLimit => ({ scope: { kind: "day" }, limitNanoUsd });

/** One request with one accepted answer, from reservation to end. */
export async function routeOnce(
  ledger: TestLedger,
  routeId: string,
  over: { attempt?: Partial<AttemptRecord>; reserve?: Partial<ReserveInput>; end?: Partial<RequestEnd> } = {},
): Promise<void> {
  const attemptId = `${routeId}-a`;
  const { model = "alpha", provider = "acme" } = over.attempt ?? {};
  await ledger.reserve(reserveInput(routeId, attemptId, { model, provider, ...over.reserve }));
  const startedAtMs = over.reserve?.nowMs ?? NOON;
  const attempt = attemptRecord(routeId, attemptId, { startedAtMs, ...over.attempt });
  await ledger.settle(attempt, requestEnd(routeId, attemptId, over.end));
}
