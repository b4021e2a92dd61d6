import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ERROR_RULES, type ErrorKind } from "../../src/core/errors.ts";
import { OPEN_MAX_MS } from "../../src/core/breaker.ts";
import {
  attemptRecord,
  failedAttempt,
  NOON,
  requestEnd,
  requestRecord,
  reserveInput,
  type TestLedger,
} from "./records.ts";
import { ledgerAt, ON_POSTGRES, rawDatabase, tempPath } from "./support.ts";

const KINDS = Object.keys(ERROR_RULES) as ErrorKind[];
/** What the prompt of a caller can bring about at any model. */
const BY_PROMPT = [
  "empty",
  "refusal",
  "content_filter",
  "invalid_response",
  "truncated",
  "bad_request",
  "context_length",
] as const;
const MODELS = ["alpha", "beta", "gamma"];

let counter = 0;
/** One attempt of a principal's request at a model. */
async function attempt(
  ledger: TestLedger,
  principal: string | null,
  model: string,
  kind: ErrorKind | null,
  atMs = NOON,
): Promise<void> {
  const routeId = `r${(counter += 1)}`;
  const attemptId = `${routeId}-a`;
  const request = requestRecord(routeId, { principal, startedAtMs: atMs });
  await ledger.reserve(reserveInput(routeId, attemptId, { request, model, nowMs: atMs }));
  const at = { model, startedAtMs: atMs };
  const record =
    kind === null
      ? attemptRecord(routeId, attemptId, at)
      : failedAttempt(routeId, attemptId, kind, { ...at, latencyMs: 800 });
  await ledger.settle(record, requestEnd(routeId, kind === null ? attemptId : null));
}

async function healthOf(ledger: TestLedger, principal: string | null, nowMs = NOON + 1000) {
  const { attempts, outages } = await ledger.recent([], nowMs, null, null, principal);
  return { attempts: [...attempts], outages: [...outages] };
}

describe("what a principal's prompts can cause", () => {
  it("is what the table of error kinds says", () => {
    const caused = KINDS.filter((kind) => kind !== "cancelled" && ERROR_RULES[kind].countsFor === "principal");
    expect(caused.toSorted()).toEqual([...BY_PROMPT].toSorted());
  });

  it("changes nothing for any other principal, in whatever order it comes", async () => {
    const outcome = fc.record({
      kind: fc.constantFrom(...BY_PROMPT),
      model: fc.constantFrom(...MODELS),
      agoMs: fc.nat(OPEN_MAX_MS),
    });
    const others = fc.record({
      who: fc.constantFrom("alice", null),
      kind: fc.constantFrom<ErrorKind | null>(null, ...KINDS),
      model: fc.constantFrom(...MODELS),
      agoMs: fc.nat(OPEN_MAX_MS),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(others, { maxLength: 8 }),
        fc.array(outcome, { minLength: 1, maxLength: 30 }),
        async (before, attack) => {
          const ledger = ledgerAt();
          for (const { who, kind, model, agoMs } of before) await attempt(ledger, who, model, kind, NOON - agoMs);
          const views = ["alice", null, "carol"];
          const seen = await Promise.all(views.map((who) => healthOf(ledger, who)));
          for (const { kind, model, agoMs } of attack) await attempt(ledger, "mallory", model, kind, NOON - agoMs);
          expect(await Promise.all(views.map((who) => healthOf(ledger, who)))).toEqual(seen);
          ledger.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it("counts for that principal itself, newest first among what all have met", async () => {
    const ledger = ledgerAt();
    await attempt(ledger, "alice", "alpha", null, NOON - 3000);
    await attempt(ledger, "mallory", "alpha", "empty", NOON - 2000);
    await attempt(ledger, "alice", "alpha", "network", NOON - 1000);
    const tripped = async (who: string | null) =>
      (await healthOf(ledger, who)).attempts.flatMap(([, past]) => past.map((each) => each.tripped));
    expect(await tripped("mallory")).toEqual([true, true, false]);
    expect(await tripped("alice")).toEqual([true, false]);
    expect(await tripped(null)).toEqual([true, false]);
  });

  it("counts for the owner like for any principal", async () => {
    const ledger = ledgerAt();
    await attempt(ledger, null, "alpha", "empty");
    expect((await healthOf(ledger, null)).attempts).toHaveLength(1);
    expect((await healthOf(ledger, "alice")).attempts).toEqual([]);
  });

  it.skipIf(ON_POSTGRES)("takes no room without end: few of each model are kept, and none that is old", async () => {
    const path = tempPath();
    const ledger = ledgerAt(path);
    for (let at = 0; at < 30; at += 1) await attempt(ledger, `p${at % 3}`, "alpha", "empty", NOON + at);
    for (let at = 0; at < 50; at += 1) await attempt(ledger, "p0", "alpha", "empty", NOON + at);
    const count = rawDatabase(path).prepare("SELECT count(*) FROM own_health").pluck();
    expect(count.get()).toBe(20 + 10 + 10);
    await attempt(ledger, "p1", "alpha", "empty", NOON + 3_600_000);
    expect(count.get()).toBe(1);
  });

  it.skipIf(ON_POSTGRES)("is read by a range of one principal's rows, however many others there are", async () => {
    const path = tempPath();
    await attempt(ledgerAt(path), "p0", "alpha", "empty");
    const plan = rawDatabase(path)
      .prepare<[], { detail: string }>(
        "EXPLAIN QUERY PLAN SELECT model FROM own_health WHERE principal = 7 AND at_ms BETWEEN 1 AND 2 ORDER BY model, seq DESC",
      )
      .all();
    expect(plan.map(({ detail }) => detail).join("\n")).not.toContain("SCAN");
  });
});
