import type Database from "better-sqlite3";
import type { Migration } from "./index.ts";

/**
 * Most of a request's bytes were the same words again: now its checks are one row an attempt, whose names, kinds, weights and
 * caps are one name (`shape`) and whose texts stand in `phrases` once they repeat. `prunes` knows what was deleted on demand.
 */
export const COMPACT: Migration = {
  title: "check lists, phrases, prunes",
  up(db) {
    db.exec(TABLES);
    packChecks(db);
    db.exec("DROP TABLE checks");
  },
};

const TABLES = `
  -- Texts that repeat, in plans, notes and checks. last_day is the newest day of a request or attempt that refers to it.
  CREATE TABLE phrases (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE,
    last_day INTEGER NOT NULL
  ) STRICT;

  -- shape names a JSON list [name, kind, weight, cap]; results is one [passed, score, detail, evidence] for each of them, in
  -- which a detail is its text or the number of a phrase; a list that repeats is the number of the phrase that holds it. With rowids: without them a row of over 1,000 bytes takes pages of its own.
  CREATE TABLE check_lists (
    request INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    shape INTEGER NOT NULL,
    results TEXT NOT NULL,
    PRIMARY KEY (request, seq),
    FOREIGN KEY (request, seq) REFERENCES attempts (request, seq)
  ) STRICT;

  -- What was pruned, by the day before which a request had to have ended.
  CREATE TABLE prunes (
    before_day INTEGER PRIMARY KEY,
    requests INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    at_ms INTEGER NOT NULL
  ) STRICT;
`;

interface OldCheck {
  readonly request: number;
  readonly seq: number;
  readonly name: string;
  readonly kind: string;
  readonly passed: number | null;
  readonly score: number | null;
  readonly weight: number;
  readonly cap: number | null;
  readonly detail: string;
  readonly evidence: string | null;
}

const OLD_CHECKS = `
  SELECT c.request, c.seq, n.name, k.name AS kind, c.passed, c.score, c.weight, c.cap, c.detail, c.evidence
  FROM checks c JOIN names n ON n.id = c.name JOIN names k ON k.id = c.kind
  WHERE c.request > ? AND c.request <= ? ORDER BY c.request, c.seq, c.position`;

/** So many requests at once are in memory. */
const STEP = 500;

function packChecks(db: Database.Database): void {
  const last = Number(db.prepare("SELECT coalesce(max(request), 0) FROM checks").pluck().get());
  const read = db.prepare<[number, number], OldCheck>(OLD_CHECKS);
  const addName = db.prepare("INSERT OR IGNORE INTO names (name) VALUES (?)");
  const add = db.prepare(
    "INSERT INTO check_lists (request, seq, shape, results) VALUES (?, ?, (SELECT id FROM names WHERE name = ?), ?)",
  );
  for (let from = 0; from < last; from += STEP) {
    for (const list of listsOf(read.all(from, from + STEP))) {
      const [{ request, seq }] = list;
      const shape = JSON.stringify(list.map((check) => [check.name, check.kind, check.weight, check.cap]));
      addName.run(shape);
      add.run(request, seq, shape, JSON.stringify(list.map(resultOf)));
    }
  }
}

function resultOf(check: OldCheck): unknown[] {
  const result = [check.passed, check.score, check.detail];
  return check.evidence === null ? result : [...result, JSON.parse(check.evidence)];
}

function listsOf(rows: readonly OldCheck[]): Iterable<[OldCheck, ...OldCheck[]]> {
  const lists = new Map<string, [OldCheck, ...OldCheck[]]>();
  for (const row of rows) {
    const key = `${row.request} ${row.seq}`;
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [row]);
    else list.push(row);
  }
  return lists.values();
}
