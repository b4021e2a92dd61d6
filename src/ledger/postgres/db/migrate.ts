import type { ClientBase } from "pg";
import { SignalboxError } from "../../../core/errors.ts";
import { MIGRATIONS } from "../migrations/index.ts";
import type { PostgresAddress } from "./address.ts";

/** The lock of a migration, for all ledgers of the database; its transaction frees it. */
export const MIGRATION_LOCK = 1_399_416_386;

/** Stands among the versions of a ledger while `ledger move` fills it: older programs refuse it as well. */
export const MOVING_VERSION = 1_000_000;

/**
 * How many migrations the ledger has seen; 0 when there is none. Throws `ledger_unavailable` when it is of a newer Signalbox, or, unless
 * `isMove`, when a move has not filled it yet.
 */
export async function schemaVersion(
  client: ClientBase,
  { schema, shown }: PostgresAddress,
  isMove = false,
): Promise<number> {
  // Not to_regclass: while another process makes the table, it remembers that there was none.
  const { rows: found } = await client.query<{ there: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relname = 'migrations') AS there`,
    [schema],
  );
  if (found[0]?.there !== true) return 0;
  const { rows } = await client.query<{ version: number; is_moving: boolean }>(
    `SELECT coalesce(max(version) FILTER (WHERE version <> $1), 0) AS version, coalesce(bool_or(version = $1), false) AS is_moving
     FROM ${schema}.migrations`,
    [MOVING_VERSION],
  );
  const { version, is_moving: isMoving } = rows[0] ?? { version: 0, is_moving: false };
  if (isMoving && !isMove) {
    throw new SignalboxError(
      "ledger_unavailable",
      `The ledger ${shown} is not complete: a move into it has not ended; run the same \`signalbox ledger move\` again`,
    );
  }
  if (version <= MIGRATIONS.length) return version;
  throw new SignalboxError(
    "ledger_unavailable",
    `The ledger ${shown} was written by a newer Signalbox (its schema is ${version}, this one knows ${MIGRATIONS.length}); ` +
      "update Signalbox, or set SIGNALBOX_DB to another database. Nothing was changed.",
  );
}

/** Brings the ledger to the newest schema: all pending steps in one transaction, so that a step that fails leaves the old one whole. */
export async function migrate(client: ClientBase, address: PostgresAddress, isMove = false): Promise<void> {
  if ((await schemaVersion(client, address, isMove)) === MIGRATIONS.length) return;
  const { schema } = address;
  await client.query("BEGIN");
  try {
    // The steps take longer than a call; what they wait for is another process that takes the same steps.
    await client.query("SET LOCAL statement_timeout = 60000");
    await client.query(`SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    // A process that waited for the lock finds the work done.
    const seen = await schemaVersion(client, address, isMove);
    const steps = MIGRATIONS.slice(seen).map(({ sql }) => sql.replaceAll("signalbox.", `${schema}.`));
    if (seen === 0) {
      // IF NOT EXISTS asks for the right to create one even where it is there.
      const { rowCount } = await client.query("SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1", [schema]);
      if (rowCount === 0) await client.query(`CREATE SCHEMA ${schema}`);
      await client.query(
        `CREATE TABLE ${schema}.migrations (version integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())`,
      );
    }
    for (const [index, step] of steps.entries()) {
      await client.query(step);
      await client.query(`INSERT INTO ${schema}.migrations (version) VALUES ($1)`, [seen + index + 1]);
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}
