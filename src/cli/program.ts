import { Command as Program, CommanderError, InvalidArgumentError, Option } from "commander";
import { SignalboxError } from "../core/errors.ts";
import { legibleText } from "../core/legible.ts";
import type { Command, ExitCode, Flag, World } from "./command.ts";
import { COMMANDS, GROUPS, type CommandEntry } from "./index.ts";

const ABOUT = `Hands a task to the models chosen for it, in order; verifies the answer; repairs it or falls back when it fails.

Without a command it serves MCP over stdio: what an MCP client starts. --tools, --read-only and --sandbox work without "serve".`;

const VARIABLES = `
Environment:
  ANTHROPIC_API_KEY, OPENAI_API_KEY, TOGETHER_API_KEY, GEMINI_API_KEY   each turns its provider on
  SIGNALBOX_CONFIG   config file (JSON with comments), as --config FILE; signalbox config path names the usual one
  SIGNALBOX_DB       ledger file, or postgres://… for one that many machines share
  SIGNALBOX_DB_LISTEN   postgres://… of a connection that hears of other instances
  SIGNALBOX_LOG      log level on stderr (default warn)
  SIGNALBOX_HTTP_TOKEN   bearer token that serve --http asks for

Exit codes: 0 done, 1 the task failed, 2 wrong usage, 3 the answer is not good enough, 130 interrupted.`;

/** What may stand in place of a command: `signalbox --read-only` is `signalbox serve --read-only`. */
const SERVE_FLAG = /^--(?:tools|read-only|sandbox)(?:=|$)/u;

/** Parses a command line (without node and script) and runs the command it names. Usage problems are told on `err` and come back as 2. */
export async function runCommandLine(line: readonly string[], world: World, version: string): Promise<ExitCode> {
  const argv = SERVE_FLAG.test(line[0] ?? "") ? ["serve", ...line] : line;
  let exitCode: ExitCode = 0;
  const program = prepared(new Program("signalbox"), world)
    .description(ABOUT)
    .version(version, "-v, --version")
    .addHelpText("after", VARIABLES);
  const completions: CommandEntry = {
    name: "completions",
    summary: "print completions for bash, zsh or fish",
    load: async () => (await import("./completions.ts")).completionsOf(COMMANDS),
  };
  for (const entry of [...COMMANDS, completions]) {
    const words = entry.name.split(" ");
    const sub = commandAt(program, words, world).description(entry.summary).allowExcessArguments(false);
    // Flags are loaded with their command, and only those that this command line can mean.
    if (!words.every((word) => argv.includes(word))) continue;
    const command = await entry.load();
    declare(sub, command);
    sub.action(async () => {
      exitCode = await command.run(sub.opts<never>(), world, ...sub.args);
      if (exitCode === 1 && world.signal.aborted) exitCode = 130;
    });
  }
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof SignalboxError) || error.kind !== "invalid_request") throw error;
    world.err.write(`signalbox: ${legibleText(error.message)}\n`);
    return 2;
  }
}

/** The command of that name, in its group: the words before its last one. */
function commandAt(program: Program, words: readonly string[], world: World): Program {
  return words.reduce((parent, word, index) => {
    const known = parent.commands.find((command) => command.name() === word);
    if (known !== undefined) return known;
    const made = prepared(parent.command(word), world);
    return index < words.length - 1 ? made.description(GROUPS[word] ?? "") : made;
  }, program);
}

function prepared(program: Program, world: World): Program {
  return program
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError("(--help shows what is possible)")
    .configureOutput({
      writeOut: (text) => void world.out.write(text),
      // It quotes what it was given.
      writeErr: (text) => void world.err.write(legibleText(text)),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
}

function declare(program: Program, command: Command<never>): void {
  const names = command.argument?.name.split(" ") ?? [];
  for (const [index, name] of names.entries()) program.argument(name, index === 0 ? command.argument?.about : "");
  for (const flag of command.flags) program.addOption(optionOf(flag));
  const examples = command.examples.map((example) =>
    // An example that sets a variable names the program itself.
    /^[A-Z_]+=/.test(example) ? `  $ ${example}` : `  $ signalbox ${example}`,
  );
  program.addHelpText("after", `\nExamples:\n${examples.join("\n")}`);
}

function optionOf({ flags, about, required, choices, repeats, parse }: Flag): Option {
  const option = new Option(flags, about);
  if (required) option.makeOptionMandatory();
  if (choices !== undefined) option.choices(choices);
  if (repeats) option.argParser((text: string, before: string[] | undefined) => [...(before ?? []), text]);
  if (parse !== undefined) option.argParser((text: string) => parsed(text, parse));
  return option;
}

function parsed(text: string, parse: (text: string) => unknown): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof SignalboxError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
