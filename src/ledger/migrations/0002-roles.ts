import type { Migration } from "./migration.ts";

/**
 * What an attempt was for (NULL: an answer, as all were before), which judge had a say in its verdict, and what a check measured
 * (JSON, for the receipt).
 */
export const ROLES: Migration = {
  title: "repairs, judges, evidence",
  up: (db) =>
    db.exec(`
      ALTER TABLE attempts ADD COLUMN role INTEGER;
      ALTER TABLE attempts ADD COLUMN judged_by INTEGER;
      ALTER TABLE checks ADD COLUMN evidence TEXT;
    `),
};
