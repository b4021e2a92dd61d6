import type { SpendReportOutput } from "../core/contract-reports.ts";
import { given, JSON_FLAG } from "./ask.ts";
import type { Command, Output, World } from "./command.ts";
import { dayOfWord } from "./quantities.ts";
import { present, withService } from "./opened.ts";
import { usageError } from "./usage.ts";
import {
  printCount,
  printLine,
  printShare,
  printUsd,
  printUsdColumn,
  renderTable,
  WIDE_FLAG,
  type Column,
} from "./print.ts";

const GROUPS = ["day", "week", "model", "provider", "task", "principal"] as const;
type GroupBy = (typeof GROUPS)[number];
type Totals = SpendReportOutput["totals"];

export interface SpendFlags {
  readonly since?: string;
  readonly until?: string;
  readonly by?: GroupBy;
  readonly wide?: boolean;
  readonly json?: boolean;
  readonly open?: boolean;
}

/** `signalbox spend` */
export const spend: Command<SpendFlags> = {
  flags: [
    { flags: "--since <day>", about: "first day, UTC: 2026-11-30, today, yesterday, week, month, 7d" },
    { flags: "--until <day>", about: "last day, likewise" },
    { flags: "--by <what>", about: "one row for each (default day)", choices: GROUPS },
    WIDE_FLAG,
    JSON_FLAG,
    { flags: "--open", about: "as charts in the browser, until Ctrl-C" },
  ],
  examples: ["spend --since 2026-11-01 --by model", "spend --open"],
  async run(flags, world) {
    if (flags.open === true) {
      if (Object.keys(flags).length > 1) throw usageError("--open goes alone: the page has the days and the groups");
      return world.serve({ over: "view" });
    }
    const input = {
      ...given("since", dayIn(flags.since, world)),
      ...given("until", dayIn(flags.until, world)),
      ...given("group_by", flags.by),
    };
    return withService(world, async (service) =>
      present(await service.spendReport(input), flags.json, world, (report) =>
        printSpend(report, flags.by ?? "day", world.out, flags.wide),
      ),
    );
  },
};

function dayIn(word: string | undefined, world: World): string | undefined {
  return word === undefined ? undefined : dayOfWord(word, world.nowMs());
}

/** The report as a table with the totals as its last row, and what they mean. */
export async function printSpend(
  { totals, rows }: SpendReportOutput,
  by: GroupBy,
  out: Output,
  wide = false,
): Promise<void> {
  const columns: readonly Column[] = [
    { head: by },
    ...["requests", "accepted", "verified", "cost", "baseline", "saved"].map((head): Column => ({
      head,
      align: "right",
    })),
  ];
  printLine(out, await renderTable(out, columns, cellsOf([...rows, { ...totals, key: "total" }]), wide));
  printLine(out);
  for (const line of savingsLines(totals)) printLine(out, line);
}

function savingsLines(totals: Totals): readonly string[] {
  const { measured, target, usd_per_verified: perVerified, caller_usd: callerUsd } = totals;
  const share = printShare(totals.saved_share);
  return [
    `saved, modelled: ${printUsd(totals.saved_usd)} (${share}), on the tokens of accepted answers`,
    `saved, measured: ${measuredText(measured)}`,
    `target: ${printShare(target.saved_share)} less than one model: ${target.mark}, as ${target.by}`,
    `a verified answer cost ${perVerified === null ? "-" : printUsd(perVerified)}; ` +
      `${printShare(totals.unchecked_share)} of requests are unchecked`,
    `callers wrote about ${printCount(totals.caller_tokens)} tokens of prompts themselves: ` +
      (callerUsd === null ? "-" : printUsd(callerUsd)),
    "(at caller_model's output price, else the baseline's; not in the cost above)",
    ...sparedLines(totals),
  ];
}

function sparedLines({
  caller_unwritten_tokens: unwritten,
  caller_unread_tokens: unread,
  caller_saved_usd: savedUsd,
}: Totals): readonly string[] {
  if (unwritten === 0 && unread === 0) return [];
  return [
    `callers were spared about ${printCount(unwritten)} tokens to write, ${printCount(unread)} to read: ` +
      (savedUsd === null ? "-" : printUsd(savedUsd)),
    ...(savedUsd === null ? ["(caller_model in the config tells what they are worth)"] : []),
  ];
}

function measuredText(measured: Totals["measured"]): string {
  if (measured === null) return "nothing yet (baseline_share in the config)";
  const { saved_share: share, low, high } = measured;
  const cost = `${printCount(measured.runs)} runs that cost ${printUsd(measured.cost_usd)}`;
  if (share === null) return `too few to tell (${cost})`;
  return `${printShare(share)} (${printShare(low)} to ${printShare(high)}; ${cost})`;
}

function cellsOf(rows: SpendReportOutput["rows"]): readonly (readonly string[])[] {
  const costs = printUsdColumn(rows.map((row) => row.cost_usd));
  const baselines = printUsdColumn(rows.map((row) => row.baseline_usd));
  return rows.map((row, index) => [
    row.key,
    printCount(row.requests),
    printCount(row.accepted),
    printCount(row.verified),
    costs[index] ?? "",
    baselines[index] ?? "",
    printShare(row.saved_share),
  ]);
}
