import type { Migration } from "./migration.ts";

/**
 * What a principal (0: the owner) has met at a model that its own prompts can cause: it bears on that principal's view of the model's health
 * alone. As in ring 0 of `recent`, a value of 1 is a failure. The index finds what is too old to matter.
 */
export const OWN_HEALTH: Migration = {
  title: "health by principal",
  up: (db) =>
    db.exec(`
      CREATE TABLE own_health (
        principal INTEGER NOT NULL,
        model INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        value INTEGER NOT NULL,
        PRIMARY KEY (principal, model, seq)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX own_health_by_time ON own_health (at_ms);
    `),
};
