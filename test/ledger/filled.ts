import {
  attemptRecord,
  DAY_MS,
  dayLimit,
  failedAttempt,
  NOON,
  requestEnd,
  requestRecord,
  reserveInput,
  type TestLedger,
} from "./records.ts";

/** All that a ledger can hold, of a team, over months. */
export async function fillLedger(ledger: TestLedger): Promise<void> {
  const principals = [null, "alice", "bob", "ünïcode 人"];
  for (let number = 0; number < 60; number += 1) {
    const principal = principals[number % 4] ?? null;
    const task = ["planning", "solidity_codegen", "general"][number % 3] ?? "planning";
    const nowMs = NOON - (number % 40) * DAY_MS;
    const id = `r${String(number).padStart(4, "0")}`;
    const choice = number % 5 === 0 ? { choice: { propensity: 0.25, exploredNanoUsd: 7 + number } } : {};
    const request = requestRecord(id, {
      principal,
      task,
      startedAtMs: nowMs,
      promptText: `prompt ${id} 🙂`,
      ...(number % 4 === 0 ? { files: [{ path: `src/${id}.ts`, bytes: 12, sha256: "ab".repeat(32) }] } : {}),
      ...choice,
    });
    const first = `${id}-a`;
    await ledger.reserve(reserveInput(id, first, { request, nowMs, room: { concurrency: 9, requestsPerMinute: 50 } }));
    await ledger.settle(
      failedAttempt(id, first, number % 2 === 0 ? "overloaded" : "refusal", {
        startedAtMs: nowMs,
        cost: { nanoUsd: number, exact: false },
      }),
      null,
      {
        clears: [],
        takesOut: {
          key: `model alpha ${number % 3}`,
          scope: "model",
          kind: "overloaded",
          message: "busy",
          sinceMs: nowMs,
          untilMs: nowMs + 60_000,
          times: 1,
        },
      },
      { failedBefore: [], inputTokensEstimated: 100 },
    );
    const second = `${id}-b`;
    await ledger.reserve(reserveInput(id, second, { request, nowMs, model: "beta", provider: "other" }));
    await ledger.settle(
      attemptRecord(id, second, {
        model: "beta",
        provider: "other",
        ordinal: 2,
        role: number % 7 === 0 ? "repair" : "answer",
        startedAtMs: nowMs,
        cost: { nanoUsd: 1_000_001 * number + 3, exact: true },
        text: `answer ${id}`,
      }),
      requestEnd(id, second, {
        endedAtMs: nowMs + 1000,
        notes: ["a note that repeats itself often"],
        ...(number % 6 === 0
          ? { callerSaved: { unwrittenTokens: 100 + number, unreadTokens: number, nanoUsd: 5000 + number } }
          : {}),
        ...(number % 8 === 0 ? { written: [{ path: `out/${id}.ts`, bytes: 34, sha256: "cd".repeat(32) }] } : {}),
        seen: [
          { model: "alpha", result: { error: "overloaded" }, costNanoUsd: number, evidenceNanoUsd: 0 },
          { model: "beta", result: "verified", costNanoUsd: 10, evidenceNanoUsd: 1 },
        ] as never,
      }),
      undefined,
      { failedBefore: ["alpha"], inputTokensEstimated: 100 },
    );
    if (number % 3 === 0)
      await ledger.recordOutcome(id, number % 2 === 0, number % 2 === 0 ? null : "wrong", nowMs + 5);
  }
  await ledger.claimNotice("budget 50%", NOON + 90 * DAY_MS, NOON);
  await ledger.recordShadowRun({
    principal: "alice",
    task: "planning",
    startedAtMs: NOON,
    accepted: true,
    oursNanoUsd: 5,
    baselineNanoUsd: 50,
    shadowNanoUsd: 50,
  });
  await ledger.prune({ before: "2026-10-20", nowMs: NOON, vacuum: false, signal: new AbortController().signal });
  // A process that died in its first call, and one that died between two attempts; a batch that died.
  await ledger.reserve(reserveInput("dead", "dead-a", { amountNanoUsd: 12_345 }));
  await ledger.hold({
    batchId: "batch",
    principal: "bob",
    amountNanoUsd: 777,
    byTask: new Map([["planning", 700]]),
    byProvider: new Map([["acme", 600]]),
    limits: [],
    nowMs: NOON,
    leaseUntilMs: NOON + 60_000,
    endsByMs: NOON + 60_000,
  });
}

const PRINCIPALS = [null, "alice", "bob", "ünïcode 人"];

/** Everything that can be asked of a ledger. */
export async function askLedger(ledger: TestLedger): Promise<unknown> {
  const byKey = <T extends { readonly key: string }>(rows: readonly T[]): readonly T[] =>
    rows.toSorted((one, other) => (one.key < other.key ? -1 : 1));
  const spend = async (groupBy: "day" | "model" | "provider" | "task" | "principal", principal: string | null) => {
    const { totals, rows } = await ledger.spend({ since: null, until: null, groupBy, principal });
    return { totals, rows: byKey(rows) };
  };
  const ids = await ledger.recentRouteIds("", 1000);
  const limits = [
    dayLimit(1e12),
    { scope: { kind: "task", task: "planning", per: "month" }, limitNanoUsd: 1e12 },
  ] as const;
  return {
    ids,
    days: await ledger.recentDays("", 1000),
    routes: await Promise.all(ids.map((id) => ledger.route(id))),
    spend: await Promise.all(
      (["day", "model", "provider", "task", "principal"] as const).flatMap((along) =>
        along === "principal" ? [spend(along, null)] : PRINCIPALS.map((principal) => spend(along, principal)),
      ),
    ),
    metrics: await Promise.all(PRINCIPALS.map((principal) => ledger.metrics(null, principal))),
    history: await ledger.history("planning", 1000, null),
    reported: await ledger.reportedAnswers(null),
    shadow: await ledger.shadowRuns({ since: null, until: null, groupBy: "task" }),
    spared: await Promise.all(
      PRINCIPALS.map((principal) => ledger.callerSavings({ since: null, until: null, groupBy: "task", principal })),
    ),
    isNoticeNew: await ledger.claimNotice("budget 50%", NOON + 90 * DAY_MS, NOON),
    learned: await Promise.all(
      PRINCIPALS.map(async (principal) => {
        const learned = await ledger.learned(principal, "planning", 0);
        const text = (row: unknown): string => JSON.stringify(row);
        return {
          ...learned,
          statistics: learned?.statistics.map(text).sort(),
          requests: learned?.requests.map(text).sort(),
        };
      }),
    ),
    explored: await ledger.exploredOn("2026-11-18"),
    outages: [...(await ledger.outages(NOON))].toSorted(([one], [other]) => (one < other ? -1 : 1)),
    recent: await Promise.all(PRINCIPALS.map((who) => ledger.recent(limits, NOON, "planning", null, who))),
    prunedBefore: await ledger.prunedBefore(),
    requests: (await ledger.health(true)).requests,
    integrity: (await ledger.health(true)).integrity,
  };
}
