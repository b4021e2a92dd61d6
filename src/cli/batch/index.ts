import type { BatchInput, BatchOutput, BatchResult } from "../../core/contract.ts";
import { legibleValue } from "../../core/legible.ts";
import type { Progress } from "../../core/service.ts";
import { given, JSON_FLAG, readInput } from "../ask.ts";
import { withApproval, YES_FLAG } from "../approve.ts";
import type { Command, World } from "../command.ts";
import { present, withService } from "../opened.ts";
import { printLine, printMs, printUsd } from "../print.ts";
import { parseDurationMs, parseUsd } from "../quantities.ts";
import { isGoodEnough, REQUIRE_FLAG, type Requirement } from "../require.ts";
import { SILENT, startSpinner } from "../spinner.ts";
import { parseNumber } from "../usage.ts";
import { openResults, type ResultsFile } from "./results-file.ts";
import { keyOf, readTasks, type TaskLine } from "./task-lines.ts";

export interface BatchFlags {
  readonly budget?: number;
  readonly deadline?: number;
  readonly parallelism?: number;
  readonly resume?: string;
  readonly require?: Requirement;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/**
 * `signalbox batch FILE.jsonl`: a task a line in; a result a line out, as soon as its task ends, with the task's line and its own `id`.
 * Exit 1 when a task failed, 3 when an answer is not good enough.
 */
export const batch: Command<BatchFlags> = {
  argument: {
    name: "[file]",
    about: 'JSON lines, each as for route_task: {"id": …, "task": …, "prompt": …}; "-" or nothing: stdin',
  },
  flags: [
    { flags: "--budget <usd>", about: "hard ceiling over all tasks together, as 0.50 or 50c", parse: parseUsd },
    { flags: "--deadline <time>", about: "time for everything, as 5m", parse: parseDurationMs },
    { flags: "--parallelism <count>", about: "how many tasks at a time (default 4, at most 16)", parse: parseNumber },
    {
      flags: "--resume <file>",
      about: "add the results to this file; tasks that it has an answer of are not asked again",
    },
    REQUIRE_FLAG,
    YES_FLAG,
    JSON_FLAG,
  ],
  examples: ["batch tasks.jsonl --budget 0.50 > results.jsonl", "batch tasks.jsonl --resume results.jsonl"],
  async run(flags, world, file) {
    const all = readTasks(await readInput(file, world));
    const results = flags.resume === undefined ? null : openResults(flags.resume);
    const tasks = all.filter((task) => results?.answered.has(keyOf(task)) !== true);
    if (results !== null) tellResumed(all.length - tasks.length, results, world);
    if (tasks.length === 0) return 0;
    const input: BatchInput = {
      tasks: tasks.map(({ task }) => task),
      ...given("budget_usd", flags.budget),
      ...given("deadline_ms", flags.deadline),
      ...given("parallelism", flags.parallelism),
    };
    const write = writerOf(tasks, results, flags.json === true, world);
    return withService(world, async (service) => {
      const outcome = await withApproval("This batch", flags.yes, world, async (approved) => {
        // Where the lines go to the terminal, they tell how far it is.
        const linesAreShown = results === null && flags.json !== true && world.out.isTTY === true;
        const spinner = linesAreShown ? SILENT : await startSpinner(world.err, "planning");
        const onProgress = ({ message }: Progress): void => spinner.say(message);
        return service
          .routeBatch(input, { signal: world.signal, ...approved, onProgress, onResult: write })
          .finally(() => spinner.stop());
      });
      const code = await present(outcome, flags.json, world, (output) => printTotals(output, world));
      if (!outcome.ok) return code;
      if (outcome.value.totals.failed > 0) return 1;
      return outcome.value.results.every((result) => isGoodEnough(result, flags.require)) ? code : 3;
    });
  },
};

/** Writes the line of a result. With `--json` alone all of them come at the end, as one value. */
function writerOf(
  tasks: readonly TaskLine[],
  results: ResultsFile | null,
  isJson: boolean,
  { out, err }: World,
): (index: number, result: BatchResult) => void {
  return (index, result) => {
    const { id, line } = tasks[index] ?? {};
    const text = JSON.stringify(legibleValue({ ...(id === undefined ? {} : { id }), line, ...result }));
    if (results === null) {
      if (!isJson) printLine(out, text);
      return;
    }
    try {
      results.append(text);
    } catch (error) {
      // It is paid: where the disk is full it goes to stdout.
      printLine(out, text);
      printLine(err, `signalbox: the result of line ${line} is on stdout alone: ${(error as Error).message}`);
    }
  };
}

function tellResumed(skipped: number, { broken }: ResultsFile, { err }: World): void {
  if (broken > 0)
    printLine(
      err,
      `signalbox: ${broken === 1 ? "a broken line" : `${broken} broken lines`} of the results ${broken === 1 ? "is" : "are"} passed over`,
    );
  if (skipped > 0)
    printLine(err, `signalbox: ${skipped === 1 ? "1 task is" : `${skipped} tasks are`} answered already`);
}

async function printTotals({ totals }: BatchOutput, { err }: World): Promise<void> {
  const { tasks, accepted, below_quality: below, failed, cost_usd: costUsd, latency_ms: latencyMs } = totals;
  printLine(
    err,
    `${tasks} tasks: ${accepted} accepted, ${below} below quality, ${failed} failed; ${printUsd(costUsd)}; ${printMs(latencyMs)}`,
  );
}
