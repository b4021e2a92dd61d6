import type Database from "better-sqlite3";
import { SignalboxError } from "../core/errors.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import type { Migration } from "./migrations/migration.ts";

/** Marks a SQLite file as a ledger ("SigB"), so that the database of another program is never written to. */
const APPLICATION_ID = 0x53_69_67_42;

/** What a file says of itself. */
interface Schema {
  readonly version: number;
  readonly owner: number;
  readonly tables: number;
}

/**
 * How many migrations the file has seen; 0 for an empty one. Writes nothing. Throws `ledger_unavailable` when the file belongs
 * to another program or to a newer Signalbox.
 */
export function schemaVersion(
  db: Database.Database,
  path: string,
  migrations: readonly Migration[] = MIGRATIONS,
): number {
  // One read transaction: another process may be creating the schema right now.
  const schema = db.transaction((): Schema => ({
    version: Number(db.pragma("user_version", { simple: true })),
    owner: Number(db.pragma("application_id", { simple: true })),
    tables: Number(db.prepare("SELECT count(*) FROM sqlite_master").pluck().get()),
  }))();
  checkSchema(path, schema, migrations);
  return schema.version;
}

/** Throws `ledger_unavailable` when this is not the schema of a ledger, or one that only a newer Signalbox knows. */
export function checkSchema(
  path: string,
  { version, owner, tables }: Schema,
  migrations: readonly Migration[] = MIGRATIONS,
): void {
  if (owner !== APPLICATION_ID && (owner !== 0 || version !== 0 || tables > 0)) {
    throw new SignalboxError(
      "ledger_unavailable",
      `${path} is the SQLite database of another program, not a Signalbox ledger; set SIGNALBOX_DB to another file. Nothing was changed.`,
    );
  }
  if (version > migrations.length) {
    throw new SignalboxError(
      "ledger_unavailable",
      `The ledger ${path} was written by a newer Signalbox (its schema is ${version}, this one knows ${migrations.length}); ` +
        "update Signalbox, or set SIGNALBOX_DB to another file. Nothing was changed.",
    );
  }
}

/** Brings the file to the newest schema: all pending steps in one transaction, so that a crash leaves the old schema whole. */
export function migrate(db: Database.Database, path: string, migrations: readonly Migration[] = MIGRATIONS): void {
  if (schemaVersion(db, path, migrations) === migrations.length) return;
  db.transaction(() => {
    // Whoever waited for the lock finds the work done.
    const seen = schemaVersion(db, path, migrations);
    for (const migration of migrations.slice(seen)) migration.up(db);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${migrations.length}`);
  }).immediate();
  // Into the file's own header, where an older program sees it without opening the database.
  db.pragma("wal_checkpoint(PASSIVE)");
}
