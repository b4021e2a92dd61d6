import { isPostgresUrl } from "../core/ledger-address.ts";
import { Database } from "./postgres/db/database.ts";
import { MIGRATIONS as POSTGRES_STEPS } from "./postgres/migrations/index.ts";
import { LedgerFile } from "./sqlite/db/file.ts";
import { MIGRATIONS as FILE_STEPS } from "./sqlite/migrations/index.ts";

/** Others may take the same steps, and this waits for them. */
const WAIT_MS = 120_000;

export interface MigratedLedger {
  /** Without secrets. */
  readonly shown: string;
  /** How many steps its schema has seen. */
  readonly schemaVersion: number;
}

/** Creates the ledger at an address, or brings it to the newest schema. Throws `ledger_unavailable` when that cannot be done. */
export async function migrateLedger(address: string): Promise<MigratedLedger> {
  if (isPostgresUrl(address)) {
    const database = new Database(address);
    try {
      await database.write(async () => undefined, WAIT_MS);
      return { shown: await database.shown(), schemaVersion: POSTGRES_STEPS.length };
    } finally {
      database.close();
    }
  }
  const file = new LedgerFile(address, WAIT_MS, () => undefined);
  try {
    await file.write(() => undefined);
    return { shown: file.path, schemaVersion: FILE_STEPS.length };
  } finally {
    file.close();
  }
}
