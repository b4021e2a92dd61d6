import type { Migration } from "./migration.ts";

/** Messages that were sent, so that of all processes one sends each; a row goes when its time is over. */
export const NOTICES: Migration = {
  title: "notices that were sent",
  up: (db) => db.exec("CREATE TABLE notices (key TEXT PRIMARY KEY, until_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID"),
};
