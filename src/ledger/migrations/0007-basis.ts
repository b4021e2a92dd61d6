import type { Migration } from "./migration.ts";

/** What a verified answer stands on. `checked_share` is of older verdicts: nothing writes or reads it any more. */
export const BASIS: Migration = {
  title: "the basis of verdicts",
  up: (db) => db.exec("ALTER TABLE attempts ADD COLUMN basis INTEGER"),
};
