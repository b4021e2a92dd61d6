import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { legibleText, legibleValue } from "../../core/legible.ts";
import { JSON_FLAG } from "../ask.ts";
import type { Command, World } from "../command.ts";
import { paint, printJson, printLine } from "../print.ts";
import { usageError } from "../usage.ts";
import { TEMPLATE } from "./template.ts";

/** It may come to name files and addresses that are no one else's business. */
const NEW_FILE_MODE = 0o600;

/** `signalbox config init`: a first config file at its place. Never touches one that is there. Exit 1 when it cannot be written. */
export const configInit: Command<object> = {
  flags: [],
  examples: ["config init", "config init --config team.jsonc"],
  async run(_flags, world) {
    const path = placeOf(world);
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, TEMPLATE, { flag: "wx", mode: NEW_FILE_MODE });
    } catch (error) {
      const why = codeOf(error) === "EEXIST" ? "it is there already, and stays as it is" : messageOf(error);
      printLine(world.err, `signalbox: ${path}: ${why}`);
      return 1;
    }
    printLine(world.out, path);
    printLine(world.err, "signalbox: written. Edit it, then: signalbox config check");
    return 0;
  },
};

/** `signalbox config check`: every problem and warning of file and environment. Exit 2 when the config cannot be used. */
export const configCheck: Command<{ readonly json?: boolean }> = {
  flags: [JSON_FLAG],
  examples: ["config check"],
  async run(flags, world) {
    const report = legibleValue(await world.config.report());
    const warnings = report.ok ? report.warnings : [];
    const problems = report.ok ? [] : report.problems;
    if (flags.json === true) printJson(world.out, { path: world.config.path, usable: report.ok, problems, warnings });
    else {
      for (const problem of problems) printLine(world.out, `${paint(world.out, "red", "✗")} ${problem}`);
      for (const warning of warnings) printLine(world.out, `${paint(world.out, "yellow", "!")} ${warning}`);
      const text = await textOf(world);
      const what = text === null ? "there is no config file; the defaults hold" : `${world.config.path} can be used`;
      if (report.ok) printLine(world.out, `${paint(world.out, "green", "✓")} ${what}`);
    }
    return report.ok ? 0 : 2;
  },
};

/** `signalbox config show`: the file as it is, or with `--effective` what it comes to together with variables and defaults. */
export const configShow: Command<{ readonly effective?: boolean }> = {
  flags: [
    { flags: "--effective", about: "every value with variables and defaults filled in, as JSON; no key is shown" },
  ],
  examples: ["config show", "config show --effective"],
  async run({ effective }, world) {
    if (effective === true) {
      const report = legibleValue(await world.config.report());
      if (report.ok) printJson(world.out, report.effective);
      else for (const problem of report.problems) printLine(world.err, `signalbox: config: ${problem}`);
      return report.ok ? 0 : 2;
    }
    const text = await textOf(world);
    if (text === null) {
      printLine(
        world.err,
        `signalbox: there is no config file at ${world.config.path}; signalbox config init makes one.`,
      );
      return 1;
    }
    world.out.write(legibleText(text));
    return 0;
  },
};

/** `signalbox config path`: where the file is, or would be. */
export const configPath: Command<object> = {
  flags: [],
  examples: ["config path"],
  async run(_flags, world) {
    printLine(world.out, placeOf(world));
    if ((await textOf(world)) === null)
      printLine(world.err, "signalbox: there is no file yet; signalbox config init makes one.");
    return 0;
  },
};

/** `signalbox config schema`: the JSON Schema of the file, for an editor. */
export const configSchemaCommand: Command<object> = {
  flags: [],
  examples: ["config schema > signalbox.schema.json"],
  async run(_flags, world) {
    world.out.write(await world.config.schema());
    return 0;
  },
};

function placeOf({ config }: World): string {
  if (config.path === null)
    throw usageError("no home folder is known by HOME; name the file by --config or SIGNALBOX_CONFIG");
  return config.path;
}

/** `null`: there is no such file. What else keeps it from being read stands in the report. */
async function textOf({ config }: World): Promise<string | null> {
  return config.path === null ? null : readFile(config.path, "utf8").catch(() => null);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
