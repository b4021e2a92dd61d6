import type { PruneOutput } from "../core/service.ts";
import { JSON_FLAG } from "./ask.ts";
import type { Command, World } from "./command.ts";
import { present, withService } from "./opened.ts";
import { printBytes, printCount, printLine } from "./print.ts";
import { startSpinner } from "./spinner.ts";

export interface LedgerPruneFlags {
  readonly before: string;
  readonly vacuum?: boolean;
  readonly json?: boolean;
}

/** `signalbox ledger prune`. Exit 1 when it was interrupted: what was deleted by then stays deleted, and the sums are right. */
export const ledgerPrune: Command<LedgerPruneFlags> = {
  flags: [
    { flags: "--before <day>", about: "delete what ended before this day, YYYY-MM-DD, UTC", required: true },
    {
      flags: "--vacuum",
      about: "write the file anew afterwards; blocks writers meanwhile, and needs as much free disk again",
    },
    JSON_FLAG,
  ],
  examples: ["ledger prune --before 2026-01-01"],
  async run(flags, world) {
    return withService(world, async (service) => {
      const spinner = await startSpinner(world.err, "pruning");
      const outcome = await service
        .pruneLedger({ before: flags.before, vacuum: flags.vacuum ?? false }, world.signal)
        .finally(() => spinner.stop());
      const exitCode = await present(outcome, flags.json, world, async (pruned) => printPruned(pruned, flags, world));
      return outcome.ok && !outcome.value.complete ? 1 : exitCode;
    });
  },
};

function printPruned(pruned: PruneOutput, { before, vacuum }: LedgerPruneFlags, { out }: World): void {
  const requests = `${printCount(pruned.requests)} request${pruned.requests === 1 ? "" : "s"}`;
  const attempts = `${printCount(pruned.attempts)} attempt${pruned.attempts === 1 ? "" : "s"}`;
  printLine(out, `deleted ${requests} with ${attempts} that ended before ${before}; every sum is as it was`);
  if (pruned.kept > 0)
    printLine(
      out,
      `kept ${printCount(pruned.kept)} for now: they hold money, or their process died less than 30 days before that day`,
    );
  printLine(out, `the file: ${printBytes(pruned.bytes_before)} before, ${printBytes(pruned.bytes_after)} now`);
  if (pruned.bytes_free > 0)
    printLine(
      out,
      `${printBytes(pruned.bytes_free)} of it are free for new requests${vacuum === true ? "" : "; --vacuum gives them back to the disk"}`,
    );
  if (!pruned.complete) printLine(out, "interrupted: run it again for the rest");
}
