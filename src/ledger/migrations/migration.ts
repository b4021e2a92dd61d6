import type Database from "better-sqlite3";

/** One step of the schema. Once released it is never changed: what it should have done differently is the next step. */
export interface Migration {
  /** What it brings, for people. */
  readonly title: string;
  /** Runs inside the transaction that all pending steps share. */
  readonly up: (db: Database.Database) => void;
}
