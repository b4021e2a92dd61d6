import type { SpendReportOutput } from "../core/contract-reports.ts";
import { given, JSON_FLAG } from "./ask.ts";
import type { Command, Output } from "./command.ts";
import { present, withService } from "./opened.ts";
import { printCount, printLine, printUsd, renderTable, type Column } from "./print.ts";

const GROUPS = ["day", "model", "provider", "task", "principal"] as const;
type GroupBy = (typeof GROUPS)[number];
type Totals = SpendReportOutput["totals"];

export interface SpendFlags {
  readonly since?: string;
  readonly until?: string;
  readonly by?: GroupBy;
  readonly json?: boolean;
}

/** `signalbox spend` */
export const spend: Command<SpendFlags> = {
  flags: [
    { flags: "--since <day>", about: "first day, YYYY-MM-DD, UTC" },
    { flags: "--until <day>", about: "last day, YYYY-MM-DD, UTC" },
    { flags: "--by <what>", about: "one row for each (default day)", choices: GROUPS },
    JSON_FLAG,
  ],
  examples: ["spend --since 2026-11-01 --by model"],
  async run(flags, world) {
    const input = {
      ...given("since", flags.since),
      ...given("until", flags.until),
      ...given("group_by", flags.by),
    };
    return withService(world, async (service) =>
      present(await service.spendReport(input), flags.json, world, (report) =>
        printSpend(report, flags.by ?? "day", world.out),
      ),
    );
  },
};

/** The report as a table with the totals as its last row. */
export async function printSpend({ totals, rows }: SpendReportOutput, by: GroupBy, out: Output): Promise<void> {
  const columns: readonly Column[] = [
    { head: by },
    ...["requests", "accepted", "verified", "unchecked", "cost", "baseline", "saved", "share"].map((head): Column => ({
      head,
      align: "right",
    })),
  ];
  const cells = [...rows.map((row) => cellsOf(row.key, row)), cellsOf("total", totals)];
  printLine(out, await renderTable(out, columns, cells));
}

function cellsOf(key: string, sums: Totals): readonly string[] {
  return [
    key,
    printCount(sums.requests),
    printCount(sums.accepted),
    printCount(sums.verified),
    printCount(sums.unchecked),
    printUsd(sums.cost_usd),
    printUsd(sums.baseline_usd),
    printUsd(sums.saved_usd),
    sums.saved_share === null ? "-" : `${(sums.saved_share * 100).toFixed(1)}%`,
  ];
}
