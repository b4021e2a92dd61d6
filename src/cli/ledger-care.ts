import { saysYes, YES_FLAG } from "./approve.ts";
import type { Command } from "./command.ts";
import { present, withService } from "./opened.ts";
import { printBytes, printLine } from "./print.ts";
import { startSpinner } from "./spinner.ts";

/** `signalbox ledger path`: where the ledger is, without its password. */
export const ledgerPath: Command<object> = {
  flags: [],
  examples: ["ledger path"],
  run: async (_flags, world) =>
    withService(world, async ({ ledger }) =>
      present(await ledger.path(), false, world, async ({ path }) => printLine(world.out, path)),
    ),
};

/** `signalbox ledger backup <file>`: a copy, while others go on writing. */
export const ledgerBackup: Command<object> = {
  argument: { name: "<file>", about: "the new file" },
  flags: [],
  examples: ["ledger backup ledger-2026-11-30.db"],
  run: async (_flags, world, file = "") =>
    withService(world, async ({ ledger }) => {
      const spinner = await startSpinner(world.err, "copying");
      const copied = await ledger.backup(file).finally(() => spinner.stop());
      return present(copied, false, world, async ({ path, bytes }) =>
        printLine(world.out, `${path}: ${printBytes(bytes)}`),
      );
    }),
};

/** `signalbox ledger reset`: deletes the ledger, when the user says yes. */
export const ledgerReset: Command<{ readonly yes?: boolean }> = {
  flags: [{ ...YES_FLAG, about: "delete it without being asked" }],
  examples: ["ledger reset", "ledger reset --yes"],
  run: async ({ yes }, world) =>
    withService(world, async ({ ledger }) => {
      const place = await ledger.path();
      if (!place.ok) return present(place, false, world, async () => {});
      const { path } = place.value;
      if (yes !== true) {
        if (world.in.isTTY !== true || world.err.isTTY !== true) {
          printLine(world.err, "signalbox: nothing was deleted: there is no terminal to ask on; --yes deletes it.");
          return 2;
        }
        printLine(
          world.err,
          `Every receipt, every sum and what was learned in ${path} would be gone; ledger backup keeps a copy.`,
        );
        if (!(await saysYes(world, "Delete it?"))) {
          printLine(world.err, "signalbox: nothing was deleted.");
          return 1;
        }
      }
      return present(await ledger.reset(), false, world, async () => printLine(world.out, `deleted ${path}`));
    }),
};
