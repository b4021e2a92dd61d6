import { didYouMean } from "../../checks/kit/suggest.ts";
import type { Command, ExitCode, World } from "../command.ts";
import { paint, printLine } from "../print.ts";
import { usageError } from "../usage.ts";
import type { ServerStart, SetupClient } from "./client.ts";
import { CLIENTS } from "./clients.ts";
import { isThere, readIfThere, replaceFile } from "./config-file.ts";
import { putEntry, removeEntry, type ConfigEdit } from "./edit.ts";
import { settingsFolders } from "./folders.ts";
import { loadFormat } from "./formats/index.ts";
import { printKeys } from "./keys.ts";
import { snippetOf } from "./snippet.ts";
import { planVariables, seenVariables, type PlannedVariables } from "./variables.ts";

export interface SetupFlags {
  readonly print?: boolean;
  readonly remove?: boolean;
  readonly withKeys?: boolean;
  readonly sandbox?: boolean;
}

/** `signalbox setup`: exit 1 when a config could not be written, or when no client is found. */
export const setup: Command<SetupFlags> = {
  argument: {
    name: "[client...]",
    about: `${CLIENTS.map(({ id }) => id).join(", ")}; without one: those that are installed`,
  },
  flags: [
    { flags: "--print", about: "print what would be written, and write nothing" },
    { flags: "--remove", about: "take Signalbox out again, and nothing else" },
    { flags: "--with-keys", about: "write the values of your keys into the configs; without it they stay out" },
    { flags: "--sandbox", about: "without keys: the server answers from its sandbox" },
  ],
  examples: ["setup", "setup codex --print", "setup claude-desktop --with-keys", "setup cursor --sandbox"],
  async run(flags, world, ...names) {
    if (flags.remove && (flags.print || flags.withKeys || flags.sandbox)) {
      throw usageError("--remove stands alone");
    }
    if (flags.sandbox && flags.withKeys) throw usageError("--sandbox needs no keys: leave --with-keys out");
    const chosen = names.length > 0 ? named(names) : await installed(world);
    if (chosen.length === 0) {
      printLine(world.err, `signalbox: found none of ${CLIENTS.map(({ title }) => title).join(", ")}.`);
      printLine(world.err, "Name a client to set it up all the same: signalbox setup codex");
      return 1;
    }
    if (flags.print) return print(chosen, flags, world);
    let exitCode: ExitCode = 0;
    for (const client of chosen) if (!(await change(client, flags, world))) exitCode = 1;
    if (flags.remove) return exitCode;
    if (flags.sandbox) printLine(world.out, "Sandbox: scripted answers, no key, no money. `signalbox setup` ends it.");
    else await printKeys(world);
    return exitCode;
  },
};

function named(names: readonly string[]): readonly SetupClient[] {
  const ids = CLIENTS.map(({ id }) => id);
  return [...new Set(names)].map((name) => {
    const client = CLIENTS.find(({ id, title }) => id === name || title.toLowerCase() === name.toLowerCase());
    if (client === undefined) {
      throw usageError(`unknown client "${name}"${didYouMean(name, ids)} (known: ${ids.join(", ")})`);
    }
    return client;
  });
}

async function installed(world: World): Promise<readonly SetupClient[]> {
  const found = await Promise.all(
    CLIENTS.map(async (client) => (await Promise.all(client.signs(foldersOf(world)).map(isThere))).some(Boolean)),
  );
  return CLIENTS.filter((_, index) => found[index]);
}

/** Writes or removes the entry and says so; `false` when it could not. */
async function change(client: SetupClient, flags: SetupFlags, world: World): Promise<boolean> {
  const file = await configFileOf(client, world);
  const { start, left } = await startFor(client, flags, world);
  try {
    const format = await loadFormat(client.format);
    const before = await readIfThere(file);
    const edit: ConfigEdit = flags.remove
      ? removeEntry(format, before, client)
      : putEntry(format, before, client, client.entry(start), flags.withKeys ?? false);
    if (edit.kind === "refused") return failed(client, file, edit.problem, world);
    if (edit.kind === "unchanged") {
      told(client, flags.remove ? `nothing to remove from ${file}` : `${file} is right already`, world);
      return true;
    } else {
      const backup = await replaceFile(file, before, edit.text);
      const kept = backup === null ? "" : `; the old one is ${backup}`;
      told(client, `${flags.remove ? "removed from" : "written to"} ${file}${kept}`, world);
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return failed(client, file, error.message, world);
  }
  if (!flags.remove) for (const line of adviceFor(client, left, world)) printLine(world.out, `  ${line}`);
  return true;
}

function told(client: SetupClient, what: string, { out }: World): void {
  printLine(out, `${paint(out, "bold", client.title)}: ${what}`);
}

function failed(client: SetupClient, file: string, problem: string, { err }: World): false {
  printLine(err, `${paint(err, "red", client.title)}: ${file} is left as it is: ${problem}`);
  return false;
}

function adviceFor(client: SetupClient, left: readonly string[], { self }: World): readonly string[] {
  return [
    client.next,
    ...(client.notes ?? []),
    ...(left.length === 0
      ? []
      : [
          `${client.title} hands on no variables and its config has no way to name one: ${left.join(", ")} ${left.length === 1 ? "is" : "are"} not there yet. --with-keys writes the ${left.length === 1 ? "value" : "values"} into the file.`,
        ]),
    ...(self.args.some((arg) => /[\\/]_npx[\\/]/.test(arg))
      ? [
          "This Signalbox runs from npx's cache, which npm may clear: `npm install --global signalbox`, then set up again.",
        ]
      : []),
  ];
}

async function print(chosen: readonly SetupClient[], flags: SetupFlags, world: World): Promise<ExitCode> {
  for (const client of chosen) {
    const { start, left } = await startFor(client, flags, world);
    printLine(world.err, `${client.title}, ${await configFileOf(client, world)}:`);
    printLine(world.out, snippetOf(await loadFormat(client.format), client, start));
    for (const line of adviceFor(client, left, world)) printLine(world.err, `  ${line}`);
  }
  return 0;
}

async function startFor(
  client: SetupClient,
  { sandbox, withKeys }: SetupFlags,
  { self, machine, variablesRead }: World,
): Promise<{ readonly start: ServerStart; readonly left: PlannedVariables["left"] }> {
  if (sandbox) return { start: { ...self, args: [...self.args, "--sandbox"], env: {}, handedOn: [] }, left: [] };
  const { left, ...variables } = planVariables(
    client,
    seenVariables(machine.env, await variablesRead()),
    withKeys ?? false,
  );
  return { start: { ...self, ...variables }, left };
}

async function configFileOf(client: SetupClient, world: World): Promise<string> {
  const files = client.files(foldersOf(world));
  for (const file of files) if (await isThere(file)) return file;
  return files[0] ?? "";
}

function foldersOf({ machine }: World) {
  return settingsFolders(machine.platform, machine.home, machine.env);
}
