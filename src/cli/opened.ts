import type { ErrorOutput } from "../core/contract.ts";
import { legibleLine, legibleValue } from "../core/legible.ts";
import type { Outcome } from "../core/outcome.ts";
import type { Service } from "../core/service.ts";
import type { ExitCode, World } from "./command.ts";
import { paint, printJson, printLine } from "./print.ts";
import { withFlagNames } from "./flag-names.ts";
import { usageError } from "./usage.ts";

/** Opens the service and lets `use` work with it. A config that cannot be used is told problem by problem: exit 2. */
export async function withService(world: World, use: (service: Service) => Promise<ExitCode>): Promise<ExitCode> {
  const opened = await world.open();
  if (opened.ok) return use(opened.service);
  for (const problem of opened.problems) printLine(world.err, `signalbox: config: ${legibleLine(problem)}`);
  printLine(world.err, "signalbox: `signalbox doctor` checks everything else.");
  return 2;
}

/** Prints an outcome, with nothing in it that steers a terminal: as JSON, as it stands in the contract, or by `human`. Failures go to stderr unless JSON is asked for. */
export async function present<T>(
  raw: Outcome<T>,
  json: boolean | undefined,
  world: World,
  human: (value: T) => Promise<void>,
): Promise<ExitCode> {
  const outcome = legibleValue(raw);
  if (json) printJson(world.out, outcome.ok ? outcome.value : { error: outcome.error });
  else if (outcome.ok) await human(outcome.value);
  else printLine(world.err, `${paint(world.err, "red", outcome.error.code)}: ${withFlagNames(outcome.error.message)}`);
  return outcome.ok ? 0 : exitCodeOf(outcome.error);
}

/** What the caller wrote wrongly is wrong usage; everything else is a failed task. */
function exitCodeOf({ code }: ErrorOutput): ExitCode {
  return code === "unknown_task" || code === "invalid_request" ? 2 : 1;
}

/** The id that a word of the command line means: "last" is the latest request. Throws a usage error when there is none. */
export async function routeIdOf(word: string, service: Service): Promise<string> {
  if (word !== "last") return word;
  const [latest] = await service.recentRouteIds("");
  if (latest === undefined) throw usageError("there is no request in the ledger yet: signalbox route makes one");
  return latest;
}
