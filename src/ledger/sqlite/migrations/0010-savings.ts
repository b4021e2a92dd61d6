import type { Migration } from "./migration.ts";

/**
 * What savings are measured by: requests on which the baseline model was asked as well, and the tokens that callers wrote. A shadow run
 * refers to no request, so that it stays when its request is pruned. What is older has no caller's tokens.
 */
export const SAVINGS: Migration = {
  title: "shadow runs and callers' tokens",
  up: (db) =>
    db.exec(`
      CREATE TABLE shadow_runs (
        id INTEGER PRIMARY KEY,
        principal INTEGER,
        task INTEGER NOT NULL,
        day INTEGER NOT NULL,
        ours_nano_usd INTEGER NOT NULL,
        baseline_nano_usd INTEGER NOT NULL,
        shadow_nano_usd INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX shadow_runs_by_day ON shadow_runs (day);
      ALTER TABLE requests ADD COLUMN caller_tokens INTEGER;
      ALTER TABLE spend_rollups ADD COLUMN caller_tokens INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE principal_rollups ADD COLUMN caller_tokens INTEGER NOT NULL DEFAULT 0;
    `),
};
