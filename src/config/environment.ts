import { didYouMean } from "../checks/kit/suggest.ts";
import type { Problems } from "./problem.ts";
import { LOG_LEVELS, type LogLevel } from "./types.ts";
import { urlProblem } from "./url.ts";

/** The variables that Signalbox reads. A blank variable counts as not set. */
export interface Environment {
  read(name: string): string | null;
  /** `null` when not set; a value that is no URL is told to `problems`. */
  readUrl(name: string, problems: Problems): string | null;
}

export function environmentOf(variables: Readonly<Record<string, string | undefined>>): Environment {
  const read = (name: string): string | null => {
    const value = (Object.hasOwn(variables, name) ? variables[name] : undefined)?.trim();
    return value === undefined || value === "" ? null : value;
  };
  return {
    read,
    readUrl(name, problems) {
      const value = read(name);
      const problem = value === null ? null : urlProblem(value);
      if (problem === null) return value;
      problems.add([name], problem.message, problem.expected);
      return null;
    },
  };
}

/** `SIGNALBOX_DB`: a file, or `null` for the default place. */
export function readDbPath(env: Environment, problems: Problems): string | null {
  const value = env.read("SIGNALBOX_DB");
  // A single letter before the colon is a Windows drive.
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(value ?? "")?.[1]?.toLowerCase();
  if (scheme === undefined) return value;
  const isPostgres = scheme === "postgres" || scheme === "postgresql";
  const message = isPostgres
    ? "names a PostgreSQL database, which is not supported yet: the ledger is a SQLite file"
    : `begins with "${scheme.slice(0, 20)}:", but the ledger is a SQLite file`;
  problems.add(["SIGNALBOX_DB"], message, "the path of a file, or nothing for the default place");
  return null;
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
