import { readFile } from "node:fs/promises";
import type { BacktestTask, Interval, PolicyOutcome } from "../../core/backtest.ts";
import { JSON_FLAG } from "../ask.ts";
import type { Command, Output } from "../command.ts";
import { present, withService } from "../opened.ts";
import { printCount, printLine, printUsd, renderTable, type Column } from "../print.ts";
import { json } from "../setup/formats/json.ts";
import { usageError } from "../usage.ts";
import { readOutcomes } from "./history.ts";

export interface BacktestFlags {
  readonly policy: string;
  readonly history?: string;
  readonly json?: boolean;
}

/** `signalbox backtest`. Exit 1 when the history does not say what the new policy comes to. */
export const backtest: Command<BacktestFlags> = {
  flags: [
    { flags: "--policy <file>", about: 'JSON: {"tasks": [{"id", "candidates", "min_quality", …}]}', required: true },
    { flags: "--history <what>", about: '"ledger" (default), or a folder or .jsonl of recorded outcomes' },
    JSON_FLAG,
  ],
  examples: ["backtest --policy new.json", "backtest --policy new.json --history outcomes/mbpp.jsonl --json"],
  async run({ policy: path, history = "ledger", json: asJson }, world) {
    const policy = await readPolicyFile(path);
    const recorded = history === "ledger" ? history : await readOutcomes(history, idsIn(policy));
    return withService(world, async (service) => {
      const outcome = await service.backtest({ policy, history: recorded });
      const exitCode = await present(outcome, asJson, world, async ({ tasks }) => {
        for (const task of tasks) await printTask(task, world.out);
      });
      return outcome.ok && outcome.value.tasks.some((task) => !task.new.estimated) ? 1 : exitCode;
    });
  },
};

async function readPolicyFile(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch(() => {
    throw usageError(`the policy ${path} cannot be read`);
  });
  const read = json.read(text);
  if (!read.ok) throw usageError(`the policy ${path}: ${read.problem}`);
  return read.value;
}

/** The tasks that a policy names, as far as it has the form; the service says what is wrong with it. */
function idsIn(policy: unknown): readonly string[] {
  const { tasks } = policy as { readonly tasks?: unknown };
  return Array.isArray(tasks) ? tasks.map((task: { readonly id?: unknown } | null) => String(task?.id)) : [];
}

const COLUMNS: readonly Column[] = [
  { head: "policy" },
  { head: "quality", align: "right" },
  { head: "95%", align: "right" },
  { head: "cost", align: "right" },
  { head: "95%", align: "right" },
];

async function printTask(task: BacktestTask, out: Output): Promise<void> {
  printLine(out, `${task.task}: ${printCount(task.requests)} requests`);
  const outcomes = [
    ["new", task.new],
    ["today", task.today],
    ["single model", task.single],
  ] as const;
  const rows = outcomes.flatMap(([name, outcome]) =>
    outcome?.estimated === true ? [[name, ...figuresOf(outcome)]] : [],
  );
  if (rows.length > 0) printLine(out, await renderTable(out, COLUMNS, rows));
  const details = outcomes.flatMap(([name, outcome]) => (outcome === null ? [] : [`${name}: ${detailOf(outcome)}`]));
  for (const line of [...details, ...task.says]) printLine(out, folded(line));
  printLine(out);
}

function figuresOf({ quality, cost_usd: cost }: Extract<PolicyOutcome, { estimated: true }>): readonly string[] {
  return [
    quality.value.toFixed(3),
    range(quality, (value) => value.toFixed(3)),
    printUsd(cost.value),
    range(cost, printUsd),
  ];
}

/** A line folded at blanks for a terminal of 80 columns; what follows is indented. */
function folded(line: string): string {
  const lines = [""];
  for (const word of line.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && last.length + 1 + word.length > 80) lines.push(`  ${word}`);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.join("\n");
}

function range({ low, high }: Interval, print: (value: number) => string): string {
  return `${print(low)} to ${print(high)}`;
}

function detailOf(outcome: PolicyOutcome): string {
  const order = outcome.order.join(" > ");
  if (!outcome.estimated) return `${order}: refused: ${outcome.refused}`;
  const { method, effective_requests: effective } = outcome;
  return method === "replay"
    ? `${order}: replayed`
    : `${order}: estimated (doubly robust) on a log worth ${printCount(Math.round(effective))} requests`;
}
