import { SignalboxError } from "../core/errors.ts";
import { JSON_FLAG } from "./ask.ts";
import type { Command } from "./command.ts";
import { present } from "./opened.ts";
import { printLine } from "./print.ts";
import { usageError } from "./usage.ts";

export interface LedgerMigrateFlags {
  readonly json?: boolean;
}

/** `signalbox ledger migrate`: for a user of the database that may change the schema, before instances start that may not. */
export const ledgerMigrate: Command<LedgerMigrateFlags> = {
  flags: [JSON_FLAG],
  examples: ["SIGNALBOX_DB=postgres://signalbox_owner@db.example/team signalbox ledger migrate"],
  async run({ json }, world) {
    const address = world.machine.env["SIGNALBOX_DB"]?.trim() ?? "";
    if (address === "")
      throw usageError("SIGNALBOX_DB names no ledger; a file is brought up to date whenever it is opened");
    const outcome = await world.migrateLedger(address).then(
      ({ shown, schemaVersion }) => ({ ok: true, value: { ledger: shown, schema_version: schemaVersion } }) as const,
      (error: unknown) => {
        if (!(error instanceof SignalboxError)) throw error;
        return {
          ok: false,
          error: { code: "ledger_unavailable", message: error.message, attempts: [], cost_usd: 0 },
        } as const;
      },
    );
    return present(outcome, json, world, async ({ ledger, schema_version: version }) =>
      printLine(world.out, `the ledger ${ledger} has the schema ${version}, the newest that this Signalbox knows`),
    );
  },
};
