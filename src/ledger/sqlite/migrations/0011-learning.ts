import type { Migration } from "./migration.ts";

/**
 * What requests have taught, by principal (0: the owner): statistics by task, model and basis (0: none); a revision and the running guarantee
 * by task; the latest requests by the model that was asked first. `request` is the id of the request for as long as it is kept. `explorations`:
 * what trying out other plans has cost a day. None of it is pruned with the requests.
 */
export const LEARNING: Migration = {
  title: "what requests have taught",
  up: (db) =>
    db.exec(`
      CREATE TABLE model_statistics (
        principal INTEGER NOT NULL,
        task INTEGER NOT NULL,
        model INTEGER NOT NULL,
        basis INTEGER NOT NULL,
        version INTEGER NOT NULL,
        figures TEXT NOT NULL,
        PRIMARY KEY (principal, task, model, basis)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE task_lessons (
        principal INTEGER NOT NULL,
        task INTEGER NOT NULL,
        revision INTEGER NOT NULL,
        guarantee TEXT,
        PRIMARY KEY (principal, task)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE seen_requests (
        principal INTEGER NOT NULL,
        task INTEGER NOT NULL,
        first_model INTEGER NOT NULL,
        slot INTEGER NOT NULL,
        request INTEGER NOT NULL,
        answers TEXT NOT NULL,
        propensity REAL NOT NULL,
        outcome INTEGER,
        PRIMARY KEY (principal, task, first_model, slot)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE explorations (day INTEGER PRIMARY KEY, extra_nano_usd INTEGER NOT NULL) STRICT;
      ALTER TABLE requests ADD COLUMN propensity REAL;
    `),
};
