import { isPostgresUrl } from "../core/ledger-address.ts";
import { isAbsolute, join, win32 } from "node:path";
import { didYouMean } from "../checks/kit/suggest.ts";
import type { Problems } from "./problem.ts";
import { LOG_LEVELS, type LogLevel } from "./types.ts";
import { urlProblem } from "./url.ts";

/** The variables that Signalbox reads. A blank variable counts as not set. */
export interface Environment {
  read(name: string): string | null;
  /** `null` when not set; a value that is no URL is told to `problems`. */
  readUrl(name: string, problems: Problems): string | null;
  /** The names of all variables that are set. */
  readonly names: readonly string[];
  /** Whether this variable was asked for. */
  wasRead(name: string): boolean;
}

export function environmentOf(variables: Readonly<Record<string, string | undefined>>): Environment {
  const asked = new Set<string>();
  const read = (name: string): string | null => {
    asked.add(name);
    const value = (Object.hasOwn(variables, name) ? variables[name] : undefined)?.trim();
    return value === undefined || value === "" ? null : value;
  };
  return {
    read,
    names: Object.keys(variables),
    wasRead: (name) => asked.has(name),
    readUrl(name, problems) {
      const value = read(name);
      const problem = value === null ? null : urlProblem(value);
      if (problem === null) return value;
      problems.add([name], problem.message, problem.expected);
      return null;
    },
  };
}

/**
 * `SIGNALBOX_DB`: a file, or `null` for the default place. Clients start Signalbox without a shell: a leading `~` is the home folder here
 * as well, and what else a shell would have replaced is refused. A path that depends on the folder it is started in is told to `warnings`.
 */
export function readDbPath(env: Environment, problems: Problems, warnings: string[]): string | null {
  const value = env.read("SIGNALBOX_DB");
  if (value === null || value === IN_MEMORY) return value;
  if (isPostgresUrl(value)) return readPostgresUrl(value, problems);
  const problem = schemeProblem(value) ?? variableProblem(value);
  if (problem !== null) {
    problems.add(["SIGNALBOX_DB"], problem, "the path of a file, postgres://…, or nothing for the default place");
    return null;
  }
  const path = atHome(value, env);
  if (path === null) {
    problems.add(["SIGNALBOX_DB"], 'begins with "~", and no home folder is known by it', "the whole path of a file");
    return null;
  }
  if (!isAbsolute(path) && !win32.isAbsolute(path)) {
    warnings.push(
      `SIGNALBOX_DB is the relative path ${JSON.stringify(path)}: in each folder that Signalbox is started in there is another ledger, ` +
        "with budgets of its own. Write the whole path.",
    );
  }
  return path;
}

const IN_MEMORY = ":memory:";

/** `SIGNALBOX_DB_LISTEN`: an address in Postgres, beside a ledger that is there. */
export function readDbListen(env: Environment, dbPath: string | null, problems: Problems): string | null {
  const value = env.read("SIGNALBOX_DB_LISTEN");
  if (value === null) return null;
  if (!isPostgresUrl(value) || !URL.canParse(value)) {
    problems.add(["SIGNALBOX_DB_LISTEN"], "is no address of a database", "postgres://user:password@host:5432/database");
    return null;
  }
  if (dbPath !== null && isPostgresUrl(dbPath)) return value;
  problems.add(["SIGNALBOX_DB_LISTEN"], "is set, but SIGNALBOX_DB is no database in Postgres", "both, or neither");
  return null;
}

function schemeProblem(value: string): string | null {
  // A single letter before the colon is a Windows drive.
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(value)?.[1]?.toLowerCase();
  if (scheme === undefined) return null;
  return `begins with "${scheme.slice(0, 20)}:", but the ledger is a SQLite file or a database at postgres://`;
}

/** The address as it is. What it says is not repeated in a problem: it may hold a password. */
function readPostgresUrl(value: string, problems: Problems): string | null {
  if (URL.canParse(value) && new URL(value).pathname.length > 1) return value;
  problems.add(["SIGNALBOX_DB"], "is no address of a database", "postgres://user:password@host:5432/database");
  return null;
}

/** `${HOME}/x`, `$HOME/x` and `%USERPROFILE%\x`: no shell has put the variable's value in its place. */
function variableProblem(value: string): string | null {
  const found = /\$\{|^\$[A-Za-z_]|%[A-Za-z_]+%/.exec(value)?.[0];
  return found === undefined ? null : `holds "${found}", where no shell has put in the value of the variable`;
}

/** `~` and `~/x` below the home folder; `null` for another user's home, or when no home is known. */
function atHome(value: string, env: Environment): string | null {
  if (!value.startsWith("~")) return value;
  const home = env.read("HOME") ?? env.read("USERPROFILE");
  return home === null || !/^~(?:[/\\]|$)/.test(value) ? null : join(home, value.slice(1));
}

/** `SIGNALBOX_LOG`: a level; `warn` when not set. */
export function readLogLevel(env: Environment, problems: Problems): LogLevel {
  const value = env.read("SIGNALBOX_LOG")?.toLowerCase() ?? "warn";
  const level = LOG_LEVELS.find((each) => each === value);
  if (level !== undefined) return level;
  problems.add(
    ["SIGNALBOX_LOG"],
    `is not a log level${didYouMean(value, LOG_LEVELS)}`,
    `one of ${LOG_LEVELS.join(", ")}`,
  );
  return "warn";
}
