import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AttemptRecord } from "../../src/core/attempt.ts";
import type { Lessons, SeenAnswer } from "../../src/core/learning.ts";
import { verdictOf } from "../../src/core/verdict.ts";
import { statisticsFromRow } from "../../src/planner/statistics-rows.ts";
import type { ModelStatistics } from "../../src/planner/statistics.ts";
import {
  attemptRecord,
  DAY_MS,
  failedAttempt,
  NOON,
  requestEnd,
  requestRecord,
  reserveInput,
  type TestLedger,
} from "./records.ts";
import { ledgerAt, ON_POSTGRES, rawDatabase, tempPath } from "./support.ts";

const WRONG = verdictOf(
  [
    {
      name: "parses",
      passed: false,
      detail: "does not parse",
      findings: [{ rule: "code/syntax", certainty: "fact", severity: "serious", message: "does not parse" }],
      evidence: [],
    },
  ],
  0.7,
);

let counter = 0;

interface Asked {
  readonly principal?: string | null;
  readonly task?: string;
  readonly model?: string;
  readonly as?: Partial<AttemptRecord>;
  readonly failedBefore?: readonly string[];
  readonly seen?: readonly SeenAnswer[];
  readonly exploredNanoUsd?: number;
}

/** One request with one attempt, which is settled with its lesson; returns its id. */
async function ask(ledger: TestLedger, asked: Asked = {}): Promise<string> {
  const { principal = null, task = "planning", model = "alpha", as = {}, failedBefore = [], seen } = asked;
  const routeId = `r${(counter += 1)}`;
  const request = requestRecord(routeId, {
    principal,
    task,
    ...(asked.exploredNanoUsd === undefined
      ? {}
      : { choice: { propensity: 0.01, exploredNanoUsd: asked.exploredNanoUsd } }),
  });
  await ledger.reserve(reserveInput(routeId, `${routeId}-a`, { model, request }));
  const attempt = attemptRecord(routeId, `${routeId}-a`, { model, ...as });
  const end = requestEnd(routeId, attempt.failure === null ? `${routeId}-a` : null, seen === undefined ? {} : { seen });
  await ledger.settle(attempt, end, undefined, { failedBefore, inputTokensEstimated: 60 });
  return routeId;
}

async function lessonsOf(ledger: TestLedger, principal: string | null = null, task = "planning"): Promise<Lessons> {
  const lessons = await ledger.learned(principal, task, 0);
  if (lessons === null) throw new Error("nothing was read");
  return lessons;
}

async function statisticsOf(
  ledger: TestLedger,
  model: string,
  principal: string | null = null,
): Promise<ModelStatistics | undefined> {
  const { statistics } = await lessonsOf(ledger, principal);
  const row = statistics.find((each) => each.model === model && each.task === "planning");
  return row === undefined ? undefined : (statisticsFromRow(row) ?? undefined);
}

function error(kind: "timeout" | "cancelled"): Partial<AttemptRecord> {
  const { outcome, failure, verdict, cost, text } = failedAttempt("", "", kind);
  return { outcome, failure, verdict, cost, text };
}

describe("what an attempt teaches", () => {
  it("is kept with its settlement: verdict, tokens, cost and what had failed before", async () => {
    const ledger = ledgerAt();
    await ask(ledger, { failedBefore: ["beta"] });
    const { statistics, revision } = await lessonsOf(ledger);
    expect(revision).toBe(1);
    expect(statistics.map(({ task, model, basis }) => [task, model, basis])).toEqual([["planning", "alpha", "tests"]]);
    expect(await statisticsOf(ledger, "alpha")).toMatchObject({
      accepted: { raw: 1 },
      failed: { raw: 0 },
      afterFailure: { beta: { accepted: { raw: 1 }, failed: { raw: 0 } } },
      costNanoUsd: { rawCount: 1, recentSum: 400 },
      // 120 tokens were reported, cached ones among them, where 60 were estimated.
      tokenErrorLog: { recentSum: Math.log(2) },
    });
  });

  it("is an answer, an error or nothing: what was cancelled, and what a judge did, says nothing of the model", async () => {
    const ledger = ledgerAt();
    await ask(ledger, { as: { outcome: "rejected", verdict: WRONG } });
    await ask(ledger, { as: { verdict: verdictOf([], 0.7) } });
    await ask(ledger, { as: error("timeout") });
    await ask(ledger, { as: error("cancelled") });
    await ask(ledger, { as: { role: "judge" } });
    const found = await statisticsOf(ledger, "alpha");
    expect(found).toMatchObject({ accepted: { raw: 0 }, failed: { raw: 1 }, unchecked: { raw: 1 } });
    expect(found?.errors).toMatchObject({ timeout: { raw: 1 } });
    expect(Object.keys(found?.errors ?? {})).toEqual(["timeout"]);
  });

  it("is not counted twice when the attempt is settled again", async () => {
    const ledger = ledgerAt();
    const routeId = await ask(ledger);
    const attempt = attemptRecord(routeId, `${routeId}-a`);
    await ledger.settle(attempt, null, undefined, { failedBefore: [], inputTokensEstimated: 60 });
    expect(await statisticsOf(ledger, "alpha")).toMatchObject({ accepted: { raw: 1 } });
  });

  it("is not kept when the settlement is not", async () => {
    const path = tempPath();
    const ledger = ledgerAt(path);
    await ask(ledger);
    const routeId = "broken";
    await ledger.reserve(reserveInput(routeId, "broken-a"));
    const impossible = attemptRecord(routeId, "broken-a", { cost: { nanoUsd: 0.5, exact: true } });
    await expect(
      ledger.settle(impossible, null, undefined, { failedBefore: [], inputTokensEstimated: 60 }),
    ).rejects.toThrow("whole number");
    expect(await statisticsOf(ledger, "alpha")).toMatchObject({ accepted: { raw: 1 } });
  });

  it("outlives the pruning of its request", async () => {
    const ledger = ledgerAt(tempPath());
    const seen: SeenAnswer[] = [{ model: "alpha", result: "accepted", costNanoUsd: 400, evidenceNanoUsd: 0 }];
    await ask(ledger, { seen });
    const before = await lessonsOf(ledger);
    const { signal } = new AbortController();
    const nowMs = NOON + 90 * DAY_MS;
    const pruned = await ledger.prune({ before: "2026-12-31", nowMs, vacuum: false, signal });
    expect(pruned.requests).toBe(1);
    expect(await lessonsOf(ledger)).toEqual(before);
    expect(before.requests).toEqual([{ answers: seen, propensity: 1, outcome: null }]);
  });

  it("is read again only when enough is new", async () => {
    const ledger = ledgerAt();
    await ask(ledger);
    expect(await ledger.learned(null, "planning", 2)).toBeNull();
    await ask(ledger);
    expect(await ledger.learned(null, "planning", 2)).toMatchObject({ revision: 2 });
  });
});

describe("what a caller says of an accepted answer", () => {
  it("counts more than the check did, and the last word counts", async () => {
    const ledger = ledgerAt();
    const seen: SeenAnswer[] = [{ model: "alpha", result: "accepted", costNanoUsd: 400, evidenceNanoUsd: 0 }];
    const routeId = await ask(ledger, { seen });
    await ledger.recordOutcome(routeId, false, null, NOON);
    const wrong = await statisticsOf(ledger, "alpha");
    expect(wrong).toMatchObject({ outcomes: { wrong: { raw: 1 } }, accepted: { recent: 0 }, failed: { recent: 5 } });
    await ledger.recordOutcome(routeId, false, "again", NOON);
    expect(await statisticsOf(ledger, "alpha")).toEqual(wrong);
    await ledger.recordOutcome(routeId, true, null, NOON);
    expect(await statisticsOf(ledger, "alpha")).toMatchObject({
      outcomes: { right: { raw: 1 }, wrong: { raw: 0 } },
      accepted: { recent: 5 },
      failed: { recent: 0 },
    });
    expect((await lessonsOf(ledger)).requests).toMatchObject([{ outcome: true }]);
  });

  it("breaks the task's guarantee when too many are wrong, and wins it back", async () => {
    const ledger = ledgerAt();
    const report = async (success: boolean, times: number): Promise<boolean> => {
      for (let index = 0; index < times; index += 1) {
        await ledger.recordOutcome(await ask(ledger), success, null, NOON);
      }
      return (await lessonsOf(ledger)).guaranteeHolds;
    };
    expect(await report(true, 20)).toBe(true);
    expect(await report(false, 15)).toBe(false);
    expect(await report(true, 40)).toBe(true);
  });

  it("says nothing of the check when the answer had been rejected", async () => {
    const ledger = ledgerAt();
    const routeId = await ask(ledger, { as: { outcome: "rejected", verdict: WRONG } });
    const before = await lessonsOf(ledger);
    await ledger.recordOutcome(routeId, true, null, NOON);
    expect(await lessonsOf(ledger)).toEqual(before);
  });
});

describe("principals", () => {
  it("cannot move what was learned for another by what they ask and report", async () => {
    const event = fc.record({
      who: fc.constantFrom(null, "alice", "mallory"),
      model: fc.constantFrom("alpha", "beta"),
      task: fc.constantFrom("planning", "general"),
      isWrong: fc.boolean(),
      outcome: fc.constantFrom(null, true, false),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 12 }), fc.constantFrom(null, "alice"), async (events, victim) => {
        const [all, own] = [ledgerAt(), ledgerAt()];
        for (const { who, model, task, isWrong, outcome } of events) {
          const as: Partial<AttemptRecord> = isWrong ? { outcome: "rejected", verdict: WRONG } : {};
          const seen: SeenAnswer[] = [
            { model, result: isWrong ? "failed" : "accepted", costNanoUsd: 400, evidenceNanoUsd: 0 },
          ];
          for (const ledger of who === victim ? [all, own] : [all]) {
            const routeId = await ask(ledger, { principal: who, model, task, as, seen });
            if (outcome !== null) await ledger.recordOutcome(routeId, outcome, null, NOON);
          }
        }
        for (const task of ["planning", "general"]) {
          const [found, alone] = [await lessonsOf(all, victim, task), await lessonsOf(own, victim, task)];
          const inOrder = (lessons: Lessons) => ({
            ...lessons,
            statistics: lessons.statistics.map((row) => JSON.stringify(row)).sort(),
            requests: lessons.requests.map((row) => JSON.stringify(row)).sort(),
          });
          expect(inOrder(found)).toEqual(inOrder(alone));
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("what was tried out", () => {
  it("is summed up by day", async () => {
    const ledger = ledgerAt();
    await ask(ledger, { exploredNanoUsd: 300 });
    await ask(ledger, { exploredNanoUsd: 200 });
    await ask(ledger);
    expect(await ledger.exploredOn("2026-11-18")).toBe(500);
    expect(await ledger.exploredOn("2026-11-19")).toBe(0);
  });
});

describe("a settlement", () => {
  it("keeps at most 300 requests of a task for each model that is asked first", async () => {
    const path = tempPath();
    const ledger = ledgerAt(path);
    const seen: SeenAnswer[] = [{ model: "alpha", result: "accepted", costNanoUsd: 400, evidenceNanoUsd: 0 }];
    for (let index = 0; index < 310; index += 1) await ask(ledger, { seen });
    expect((await lessonsOf(ledger)).requests).toHaveLength(300);
    if (ON_POSTGRES) return;
    const stored = rawDatabase(path).prepare("SELECT count(*) AS rows FROM model_statistics").get();
    expect(stored).toEqual({ rows: 1 });
  });
});
