import { BatchTask, type BatchInput, type BatchOutput } from "../core/contract.ts";
import { parseArguments } from "../mcp/parse-arguments.ts";
import { given, JSON_FLAG, readInput } from "./ask.ts";
import { withApproval, YES_FLAG } from "./approve.ts";
import type { Command, World } from "./command.ts";
import { present, withService } from "./opened.ts";
import { printLine, printMs, printUsd } from "./print.ts";
import { parseDurationMs, parseUsd } from "./quantities.ts";
import { startSpinner } from "./spinner.ts";
import { parseNumber, usageError } from "./usage.ts";

export interface BatchFlags {
  readonly budget?: number;
  readonly deadline?: number;
  readonly parallelism?: number;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** `signalbox batch FILE.jsonl`: a task a line in, a result a line out, in the same order. Exit 1 when any of them failed. */
export const batch: Command<BatchFlags> = {
  argument: {
    name: "[file]",
    about: 'JSON lines, each as for route_task: {"task": …, "prompt": …}; "-" or nothing: stdin',
  },
  flags: [
    { flags: "--budget <usd>", about: "hard ceiling over all tasks together, as 0.50 or 50c", parse: parseUsd },
    { flags: "--deadline <time>", about: "time for everything, as 5m", parse: parseDurationMs },
    { flags: "--parallelism <count>", about: "how many tasks at a time (default 4, at most 16)", parse: parseNumber },
    YES_FLAG,
    JSON_FLAG,
  ],
  examples: ["batch tasks.jsonl --budget 0.50 > results.jsonl"],
  async run(flags, world, file) {
    const input: BatchInput = {
      tasks: tasksOf(await readInput(file, world)),
      ...given("budget_usd", flags.budget),
      ...given("deadline_ms", flags.deadline),
      ...given("parallelism", flags.parallelism),
    };
    return withService(world, async (service) => {
      const outcome = await withApproval("This batch", flags.yes, world, async (approved) => {
        const spinner = await startSpinner(world.err, "planning");
        return service
          .routeBatch(input, { signal: world.signal, ...approved, onProgress: ({ message }) => spinner.say(message) })
          .finally(() => spinner.stop());
      });
      const code = await present(outcome, flags.json, world, (output) => printBatch(output, world));
      return outcome.ok && outcome.value.totals.failed > 0 ? 1 : code;
    });
  },
};

/** Every line is a task; blank lines are none. All lines that are not are told at once. */
function tasksOf(text: string): BatchInput["tasks"] {
  const problems: string[] = [];
  const tasks = text.split(/\r?\n/u).flatMap((line, index) => {
    if (line.trim() === "") return [];
    const read = readLine(line);
    if (read.ok) return [read.value];
    problems.push(`line ${index + 1}: ${read.message}`);
    return [];
  });
  if (problems.length > 0) throw usageError(problems.join("\n"));
  if (tasks.length === 0) throw usageError("there is no task: every line is one, as JSON");
  return tasks;
}

function readLine(line: string) {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { ok: false as const, message: `not JSON: ${(error as Error).message}` };
  }
  return parseArguments(BatchTask, value);
}

async function printBatch({ results, totals }: BatchOutput, { out, err }: World): Promise<void> {
  for (const result of results) printLine(out, JSON.stringify(result));
  const { tasks, accepted, below_quality: below, failed, cost_usd: costUsd, latency_ms: latencyMs } = totals;
  printLine(
    err,
    `${tasks} tasks: ${accepted} accepted, ${below} below quality, ${failed} failed; ${printUsd(costUsd)}; ${printMs(latencyMs)}`,
  );
}
