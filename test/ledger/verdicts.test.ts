import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { verdictOf, type Verdict } from "../../src/core/verdict.ts";
import { withJudgement } from "../../src/core/judge.ts";
import type { CheckResult } from "../../src/checks/kit/check-result.ts";
import { migrate } from "../../src/ledger/sqlite/db/migrate.ts";
import { MIGRATIONS } from "../../src/ledger/sqlite/migrations/index.ts";
import { attemptRecord, NOON, requestEnd, reserveInput, routeOnce, VERIFIED } from "./records.ts";
import { ledgerAt, ON_POSTGRES, rawDatabase, tempPath } from "./support.ts";

const MIN_QUALITY = 0.7;

function row(name: string, over: Partial<CheckResult> = {}): CheckResult {
  return { name, passed: true, detail: `${name} is fine`, findings: [], evidence: [], ...over };
}

const FAILED = verdictOf(
  [
    row("adds up", {
      criterion: true,
      passed: false,
      detail: "adds up: add(1, 2) is 4",
      findings: [{ rule: "accept/call", certainty: "fact", severity: "critical", message: "adds up: add(1, 2) is 4" }],
      evidence: [{ basis: "tests", score: 0, summary: "adds up not met" }],
    }),
    row("is short", { criterion: true, evidence: [{ basis: "tests", score: 1, summary: "is short: 3 words" }] }),
  ],
  MIN_QUALITY,
);
const UNMADE = verdictOf([row("parses"), row("runs", { passed: null, detail: "not checked: gave up" })], MIN_QUALITY);
const BELOW = withJudgement(
  verdictOf([row("parses", { looked: "parses" })], MIN_QUALITY),
  { score: 0.4, reason: "it is thin" },
  { model: "a judge", record: null },
  MIN_QUALITY,
);

describe("the verdicts of a ledger", () => {
  it.each<[string, Verdict]>([
    ["verified, with what its checks looked at, found and measured", VERIFIED],
    ["failed, with the criteria of the caller", FAILED],
    ["unchecked for what could not be made", UNMADE],
    ["unchecked, judged below the quality asked for", BELOW],
  ])("come back as they were made: %s", async (_name, verdict) => {
    const ledger = ledgerAt();
    // A list that repeats is kept once.
    for (const id of ["r1", "r2", "r3"]) await routeOnce(ledger, id, { attempt: { verdict } });
    for (const id of ["r1", "r2", "r3"]) expect((await ledger.route(id))?.attempts[0]?.verdict).toEqual(verdict);
  });

  it("hold no repair text: the repairing model has it in its prompt", async () => {
    const ledger = ledgerAt();
    const findings = FAILED.checks[0]?.findings.map((each) => ({ ...each, repair: "line 3: …" })) ?? [];
    const verdict = verdictOf([row("parses", { passed: false, findings })], MIN_QUALITY);
    await routeOnce(ledger, "r1", { attempt: { verdict } });
    expect((await ledger.route("r1"))?.attempts[0]?.verdict?.checks[0]?.findings).toEqual(FAILED.checks[0]?.findings);
  });

  it.skipIf(ON_POSTGRES)("do not remember the criteria of callers for ever", async () => {
    const path = tempPath();
    const ledger = ledgerAt(path);
    const names = (): unknown => rawDatabase(path).prepare("SELECT count(*) FROM names").pluck().get();
    const asked = async (name: string): Promise<void> => {
      const evidence = [{ basis: "tests", score: 1, summary: name } as const];
      const verdict = verdictOf([row("parses"), row(name, { criterion: true, evidence })], MIN_QUALITY);
      await routeOnce(ledger, name, { attempt: { verdict } });
      expect((await ledger.route(name))?.attempts[0]?.verdict?.checks[1]?.name).toBe(name);
    };
    await asked("names the capital of France");
    const before = names();
    for (let at = 0; at < 5; at += 1) await asked(`names the capital of country ${at}`);
    expect(names()).toBe(before);
  });

  it("are counted by what they say: an answer below the quality asked for is neither verified nor accepted", async () => {
    const ledger = ledgerAt();
    const over = (verdict: Verdict, outcome: "accepted" | "rejected") => ({
      attempt: { verdict, outcome },
      end: {
        verdictStatus: verdict.status,
        status: outcome === "accepted" ? ("accepted" as const) : ("below_quality" as const),
      },
    });
    await routeOnce(ledger, "r1", over(VERIFIED, "accepted"));
    await routeOnce(ledger, "r2", over(UNMADE, "accepted"));
    await routeOnce(ledger, "r3", over(BELOW, "rejected"));
    await routeOnce(ledger, "r4", over(FAILED, "rejected"));
    const { totals } = await ledger.spend({ since: null, until: null, groupBy: "day" });
    expect(totals).toMatchObject({ requests: 4, accepted: 2, verified: 1, unchecked: 2 });
    expect(await ledger.metrics("alpha")).toMatchObject([
      { attempts: 4, accepted: 2, rejected: 2, failed: 0, verified: 1 },
    ]);
  });
});

describe.skipIf(ON_POSTGRES)("a ledger of before there was a basis", () => {
  /** As the program of schema 6 wrote it: the checks of an attempt with kind, weight, cap and score. */
  function writeBefore(path: string): void {
    const db = new Database(path);
    db.pragma("journal_mode = WAL");
    migrate(db, path, MIGRATIONS.slice(0, 6));
    const name = db.prepare<[string], { id: number }>("INSERT INTO names (name) VALUES (?) RETURNING id");
    const id = (word: string): number => name.get(word)?.id ?? -1;
    const [planning, cost, alpha, acme] = ["planning", "cost", "alpha", "acme"].map(id);
    const [accepted, rejected, verified, failed] = ["accepted", "rejected", "verified", "failed"].map(id);
    const shape = id(JSON.stringify([["parses", "gate", 0, 0.2], ["covers", "graded", 0.8, null]])); // prettier-ignore
    const day = Math.floor(NOON / 86_400_000);
    db.prepare("INSERT INTO phrases (id, text, last_day) VALUES (1, '2 of 2 blocks parse', ?)").run(day);
    db.exec(`
      INSERT INTO requests (id, route_id, task, started_at_ms, deadline_ms, min_quality, optimize, prompt_chars, prompt_sha256,
        plan, status, answer_seq, verdict_status, ended_at_ms, latency_ms)
      VALUES (1, 'r1', ${planning}, ${NOON}, 30000, 0.7, ${cost}, 11, 'hash', '[[],[]]', ${accepted}, 2, ${verified},
        ${NOON + 900}, 900);
      INSERT INTO attempts (request, seq, attempt_id, ordinal, model, provider, outcome, dead, day, started_at_ms, latency_ms,
        reserved_nano_usd, cost_nano_usd, cost_exact, verdict_status, score, checked_share)
      VALUES
        (1, 1, 'a1', 1, ${alpha}, ${acme}, ${rejected}, 0, ${day}, ${NOON}, 800, 1000, 400, 1, ${failed}, 0.4, 0.8),
        (1, 2, 'a2', 2, ${alpha}, ${acme}, ${accepted}, 0, ${day}, ${NOON}, 800, 1000, 400, 1, ${verified}, 0.9, 0.8);
      INSERT INTO check_lists (request, seq, shape, results) VALUES
        (1, 1, ${shape}, '[[1,null,1],[0,0.4,"covers 2 of 5 wishes",{"asked":5}]]'),
        (1, 2, ${shape}, '[[1,null,1],[1,0.9,"covers 5 of 5 wishes"]]');
    `);
    db.close();
  }

  it("is read back: with what its checks found, without their weights", async () => {
    const path = tempPath();
    writeBefore(path);
    const route = await ledgerAt(path).route("r1");
    const parses = row("parses", { detail: "2 of 2 blocks parse" });
    expect(route?.attempts.map(({ verdict }) => verdict)).toEqual([
      {
        status: "failed",
        basis: null,
        summary: "covers: covers 2 of 5 wishes",
        score: 0.4,
        checks: [parses, row("covers", { passed: false, detail: "covers 2 of 5 wishes", measured: { asked: 5 } })],
      },
      {
        status: "verified",
        basis: null,
        summary: "2 checks passed",
        score: 0.9,
        checks: [parses, row("covers", { detail: "covers 5 of 5 wishes" })],
      },
    ]);
  });

  it("goes on with verdicts of today beside those of then", async () => {
    const path = tempPath();
    writeBefore(path);
    const ledger = ledgerAt(path);
    await ledger.reserve(reserveInput("r2", "b1"));
    await ledger.settle(attemptRecord("r2", "b1"), requestEnd("r2", "b1"));
    expect((await ledger.route("r2"))?.attempts[0]?.verdict).toEqual(VERIFIED);
    expect((await ledger.route("r1"))?.attempts[1]?.verdict?.status).toBe("verified");
  });
});
