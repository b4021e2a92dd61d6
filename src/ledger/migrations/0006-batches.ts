import type { Migration } from "./migration.ts";

/**
 * Money held for a batch before its first request starts. One row a line (0 in all, 2 a provider, 3 a task, 4 a principal) and name: what the
 * batch may still draw there. A reservation of the batch takes its amount out of the lines that cover it, as far as they reach,
 * and remembers how much, so that what it did not use goes back.
 */
export const BATCHES: Migration = {
  title: "money held for batches",
  up: (db) =>
    db.exec(`
      CREATE TABLE holds (
        batch_id TEXT NOT NULL,
        line INTEGER NOT NULL,
        name INTEGER NOT NULL,
        day INTEGER NOT NULL,
        amount_nano_usd INTEGER NOT NULL,
        lease_until_ms INTEGER NOT NULL,
        ends_by_ms INTEGER NOT NULL,
        PRIMARY KEY (batch_id, line, name)
      ) STRICT, WITHOUT ROWID;
      ALTER TABLE reservations ADD COLUMN batch_id TEXT;
      ALTER TABLE reservations ADD COLUMN drawn_all INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE reservations ADD COLUMN drawn_task INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE reservations ADD COLUMN drawn_provider INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE reservations ADD COLUMN drawn_principal INTEGER NOT NULL DEFAULT 0;
    `),
};
