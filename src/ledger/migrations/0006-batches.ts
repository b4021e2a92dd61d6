import type { Migration } from "./index.ts";

/**
 * Money held for a batch before its first request starts. A line a scope (`dimension` and `name` as in spend_rollups): what the
 * batch may still draw there. A reservation of the batch takes its amount out of the lines that cover it, as far as they reach,
 * and remembers how much, so that what it did not use goes back.
 */
export const BATCHES: Migration = {
  title: "money held for batches",
  up: (db) =>
    db.exec(`
      CREATE TABLE holds (
        batch_id TEXT NOT NULL,
        dimension INTEGER NOT NULL,
        name INTEGER NOT NULL,
        day INTEGER NOT NULL,
        amount_nano_usd INTEGER NOT NULL,
        lease_until_ms INTEGER NOT NULL,
        ends_by_ms INTEGER NOT NULL,
        PRIMARY KEY (batch_id, dimension, name)
      ) STRICT, WITHOUT ROWID;
      ALTER TABLE reservations ADD COLUMN batch_id TEXT;
      ALTER TABLE reservations ADD COLUMN drawn_all INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE reservations ADD COLUMN drawn_task INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE reservations ADD COLUMN drawn_provider INTEGER NOT NULL DEFAULT 0;
    `),
};
