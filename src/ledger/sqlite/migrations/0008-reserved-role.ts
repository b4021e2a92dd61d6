import type { Migration } from "./migration.ts";

/** What a reserved attempt is for (NULL: an answer), so that an abandoned repair or judge is recorded as one. */
export const RESERVED_ROLE: Migration = {
  title: "the role of reservations",
  up: (db) => db.exec("ALTER TABLE reservations ADD COLUMN role INTEGER"),
};
