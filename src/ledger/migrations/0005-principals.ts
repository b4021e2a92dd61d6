import type { Migration } from "./migration.ts";

/**
 * Who asked (an interned name; NULL: the owner), and the sums of spend_rollups once more for each principal but the owner, so
 * that its budgets and reports read a few rows as well.
 */
export const PRINCIPALS: Migration = {
  title: "principals",
  up: (db) =>
    db.exec(`
      ALTER TABLE requests ADD COLUMN principal INTEGER;
      ALTER TABLE reservations ADD COLUMN principal INTEGER;
      CREATE INDEX requests_of_principal ON requests (principal, route_id) WHERE principal IS NOT NULL;

      CREATE TABLE principal_rollups (
        principal INTEGER NOT NULL,
        dimension INTEGER NOT NULL,
        name INTEGER NOT NULL,
        day INTEGER NOT NULL,
        requests INTEGER NOT NULL,
        accepted INTEGER NOT NULL,
        verified INTEGER NOT NULL,
        unchecked INTEGER NOT NULL,
        cost_nano_usd INTEGER NOT NULL,
        baseline_nano_usd INTEGER NOT NULL,
        PRIMARY KEY (principal, dimension, name, day)
      ) STRICT, WITHOUT ROWID;
    `),
};
