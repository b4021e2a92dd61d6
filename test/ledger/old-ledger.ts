import Database from "better-sqlite3";
import { migrate } from "../../src/ledger/sqlite/db/migrate.ts";
import { FIRST } from "../../src/ledger/sqlite/migrations/0001-first.ts";
import { ROLES } from "../../src/ledger/sqlite/migrations/0002-roles.ts";
import { HEALTH } from "../../src/ledger/sqlite/migrations/0003-health.ts";
import { NOON } from "./records.ts";

/** The schema of before there were check lists. */
export const OLD_MIGRATIONS = [FIRST, ROLES, HEALTH];

const NAMES = [
  "planning",
  "cost",
  "alpha",
  "acme",
  "accepted",
  "verified",
  "parses",
  "gate",
  "covers",
  "graded",
  "beta",
];
const id = (name: string): number => NAMES.indexOf(name) + 1;
const DAY = Math.floor(NOON / 86_400_000);

/** A file as the program of before wrote it: request r1, answered by alpha, with two checks. */
export function writeOldLedger(path: string): void {
  const db = new Database(path);
  db.pragma("journal_mode = WAL");
  migrate(db, path, OLD_MIGRATIONS);
  const addName = db.prepare("INSERT INTO names (id, name) VALUES (?, ?)");
  for (const name of NAMES) addName.run(id(name), name);
  const plan = JSON.stringify([[id("alpha")], ["not a candidate of task planning", id("beta")]]);
  db.exec(`
    INSERT INTO requests (id, route_id, task, started_at_ms, deadline_ms, min_quality, optimize, prompt_chars, prompt_sha256, plan,
      notes, status, answer_seq, verdict_status, ended_at_ms, latency_ms)
    VALUES (1, 'r1', ${id("planning")}, ${NOON}, 30000, 0.7, ${id("cost")}, 11, 'hash', '${plan}',
      '["written long ago"]', ${id("accepted")}, 1, ${id("verified")}, ${NOON + 900}, 900);
    INSERT INTO attempts (request, seq, attempt_id, ordinal, model, provider, outcome, dead, day, started_at_ms, latency_ms,
      reserved_nano_usd, cost_nano_usd, cost_exact, verdict_status, score, checked_share)
    VALUES (1, 1, 'a1', 1, ${id("alpha")}, ${id("acme")}, ${id("accepted")}, 0, ${DAY}, ${NOON}, 800,
      1000, 400, 1, ${id("verified")}, 0.9, 0.8);
    INSERT INTO checks (request, seq, position, name, kind, passed, score, weight, cap, detail, evidence) VALUES
      (1, 1, 0, ${id("parses")}, ${id("gate")}, 1, NULL, 0, 0.2, '2 of 2 blocks parse', NULL),
      (1, 1, 1, ${id("covers")}, ${id("graded")}, NULL, NULL, 0.4, NULL, 'nothing to compare with', '{"asked":3}');
    INSERT INTO spend_rollups (dimension, name, day, requests, accepted, verified, unchecked, cost_nano_usd, baseline_nano_usd)
    VALUES (0, 0, ${DAY}, 1, 1, 1, 0, 400, 0), (1, ${id("alpha")}, ${DAY}, 1, 1, 1, 0, 400, 0),
      (2, ${id("acme")}, ${DAY}, 1, 1, 1, 0, 400, 0), (3, ${id("planning")}, ${DAY}, 1, 1, 1, 0, 400, 0);
    INSERT INTO attempt_rollups (model, provider, task, attempts, accepted, rejected, failed, verified, cost_nano_usd, input_tokens,
      output_tokens, reported_success, reported_failure)
    VALUES (${id("alpha")}, ${id("acme")}, ${id("planning")}, 1, 1, 0, 0, 1, 400, 0, 0, 0, 0);
  `);
  db.close();
}

/** What a receipt of it shows of plan, notes and verdict: what the checks found is still there, their weights are not. */
export const OLD_RECEIPT = {
  request: {
    plan: { order: ["alpha"], rejected: [{ model: "beta", reason: "not a candidate of task planning" }] },
    notes: ["written long ago"],
  },
  attempts: [
    {
      verdict: {
        status: "verified",
        basis: null,
        score: 0.9,
        checks: [
          { name: "parses", passed: true, detail: "2 of 2 blocks parse", findings: [], evidence: [] },
          {
            name: "covers",
            passed: null,
            detail: "nothing to compare with",
            findings: [],
            evidence: [],
            measured: { asked: 3 },
          },
        ],
      },
    },
  ],
};
