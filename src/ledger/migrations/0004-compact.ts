import type { Migration } from "./migration.ts";

/**
 * Most of a request's bytes were the same words again: from now on its checks are one row an attempt, whose names, kinds, weights
 * and caps are one name (`shape`) and whose texts stand in `phrases` once they repeat. What is in `checks` stays there: to rewrite
 * a large file would keep everybody waiting. `prunes` knows what was deleted on demand.
 */
export const COMPACT: Migration = {
  title: "check lists, phrases, prunes",
  up: (db) =>
    db.exec(`
      -- Texts that repeat, in plans, notes and checks. last_day is the newest day of a request or attempt that refers to it.
      CREATE TABLE phrases (
        id INTEGER PRIMARY KEY,
        text TEXT NOT NULL UNIQUE,
        last_day INTEGER NOT NULL
      ) STRICT;

      -- shape names a JSON list [name, kind, weight, cap]; results is one [passed, score, detail, evidence] for each of them, in
      -- which a detail is its text or the number of a phrase; a list that repeats is the number of the phrase that holds it.
      -- With rowids: without them a row of over 1,000 bytes takes pages of its own.
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
    `),
};
