import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { legibleText } from "../../core/legible.ts";
import type { RefreshOutput } from "../../core/refresh.ts";
import type { Service } from "../../core/service.ts";
import { saysYes } from "../approve.ts";
import { JSON_FLAG } from "../ask.ts";
import type { Command, ExitCode, World } from "../command.ts";
import { present, withService } from "../opened.ts";
import { printCount, printJson, printLine, renderTable, type Column } from "../print.ts";
import { isThere, replaceFile } from "../setup/config-file.ts";
import { usageError } from "../usage.ts";
import { withRows } from "./edit-config.ts";

export interface RefreshFlags {
  readonly from: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** models.dev's whole list is some 3 MB. */
const MOST_BYTES = 50_000_000;

/**
 * `signalbox models refresh`: shows what differs, asks, and keeps what was accepted as rows of the config file. Exit 1 when there are changes
 * that the user did not accept, or that the config cannot take.
 */
export const modelsRefresh: Command<RefreshFlags> = {
  flags: [
    { flags: "--from <file>", about: "JSON in the form of https://models.dev/api.json", required: true },
    { flags: "-y, --yes", about: "accept the changes without being asked" },
    JSON_FLAG,
  ],
  examples: ["models refresh --from api.json", "models refresh --from api.json --yes"],
  async run(flags, world) {
    const { data, asOf } = await readPrices(flags.from);
    return withService(world, async (service) => {
      const source = `models.dev format, ${basename(flags.from)}`;
      const outcome = await service.refreshModels({ data, source, asOf });
      if (!outcome.ok) return present(outcome, flags.json, world, async () => undefined);
      const { value } = outcome;
      if (flags.json !== true) await printChanges(value, world);
      if (value.changes.length === 0) return ended(value, false, 0, flags, world);
      const accepted = flags.yes === true || (await isAccepted(world));
      const written = accepted && (await keep(value, service, world));
      return ended(value, written, written ? 0 : 1, flags, world);
    });
  },
};

function ended(
  value: RefreshOutput,
  written: boolean,
  exitCode: ExitCode,
  flags: RefreshFlags,
  world: World,
): ExitCode {
  if (flags.json === true) printJson(world.out, { ...value, written });
  return exitCode;
}

/** The data and its day: that of the file. */
async function readPrices(path: string): Promise<{ readonly data: unknown; readonly asOf: string }> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true) throw usageError(`${path} is no file that can be read`);
  if (found.size > MOST_BYTES) throw usageError(`${path} has more than ${printCount(MOST_BYTES)} bytes`);
  try {
    const data: unknown = JSON.parse(await readFile(path, "utf8"));
    return { data, asOf: found.mtime.toISOString().slice(0, 10) };
  } catch (error) {
    throw usageError(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const COLUMNS: readonly Column[] = [
  { head: "model" },
  { head: "price" },
  { head: "now $/M", align: "right" },
  { head: "there $/M", align: "right" },
];

async function printChanges({ changes, notes, compared }: RefreshOutput, { out }: World): Promise<void> {
  const rows = changes.map(({ model, price, from, to }) => [
    model,
    price,
    from === null ? "-" : String(from),
    String(to),
  ]);
  if (rows.length > 0) printLine(out, await renderTable(out, COLUMNS, rows));
  else printLine(out, `the prices of ${printCount(compared)} models are as they are there; nothing to change`);
  for (const note of notes) printLine(out, `note: ${legibleText(note)}`);
}

async function isAccepted(world: World): Promise<boolean> {
  if (world.in.isTTY === true && world.err.isTTY === true) {
    if (await saysYes(world, "Keep these prices in the config?")) return true;
    printLine(world.err, "signalbox: nothing was changed.");
    return false;
  }
  printLine(world.err, "signalbox: nothing was changed: there is no terminal to ask on; --yes accepts the changes.");
  return false;
}

/** Writes the rows into the config file, if they make a config that can be used. */
async function keep({ rows }: RefreshOutput, service: Service, world: World): Promise<boolean> {
  const { path } = world.config;
  if (path === null || !(await isThere(path))) {
    printLine(
      world.err,
      "signalbox: nothing was changed: there is no config file to keep the rows in; signalbox config init makes one.",
    );
    return false;
  }
  try {
    const before = await readFile(path, "utf8");
    const text = withRows(before, rows);
    const problems = await service.configProblems(before, text);
    for (const problem of problems) printLine(world.err, `signalbox: nothing was changed: ${legibleText(problem)}`);
    if (problems.length > 0) return false;
    const backup = await replaceFile(path, before, text);
    printLine(world.err, `signalbox: ${rows.length} rows are kept in ${path}; the old file is ${backup}.`);
    return true;
  } catch (error) {
    printLine(world.err, `signalbox: ${path}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
