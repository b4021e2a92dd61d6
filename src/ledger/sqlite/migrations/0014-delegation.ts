import type { Migration } from "./migration.ts";

/**
 * What spares the caller its own tokens. `extras`, as JSON: files that were sent by path. `end_extras`: files that were written, and the
 * caller's saving. `caller_savings`: the sums, by the model that answered (0: none) and the principal (0: the owner). `kept_answers`: verified
 * answers by the hash of all that was asked, for as long as they may be given again.
 */
export const DELEGATION: Migration = {
  title: "files by path, the caller's saving, kept answers",
  up: (db) =>
    db.exec(`
      ALTER TABLE requests ADD COLUMN extras TEXT;
      ALTER TABLE requests ADD COLUMN end_extras TEXT;
      CREATE TABLE caller_savings (
        principal INTEGER NOT NULL,
        task INTEGER NOT NULL,
        model INTEGER NOT NULL,
        provider INTEGER NOT NULL,
        day INTEGER NOT NULL,
        unwritten_tokens INTEGER NOT NULL,
        unread_tokens INTEGER NOT NULL,
        PRIMARY KEY (principal, task, model, provider, day)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE kept_answers (
        key BLOB PRIMARY KEY,
        route_id TEXT NOT NULL,
        expires_at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX kept_answers_by_route ON kept_answers (route_id);
      CREATE INDEX kept_answers_by_end ON kept_answers (expires_at_ms);
    `),
};
