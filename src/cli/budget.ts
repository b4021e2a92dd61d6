import type { BudgetsOut } from "../core/contract-resources.ts";
import { JSON_FLAG } from "./ask.ts";
import type { Command, Output } from "./command.ts";
import { present, withService } from "./opened.ts";
import { printLine, printUsd, renderTable, type Column } from "./print.ts";

const COLUMNS: readonly Column[] = [
  { head: "budget" },
  { head: "spent", align: "right" },
  { head: "held", align: "right" },
  { head: "left", align: "right" },
  { head: "of", align: "right" },
  { head: "" },
];
const GAUGE_CELLS = 20;

/** `signalbox budget`: what is left of each budget of the config. */
export const budget: Command<{ readonly json?: boolean }> = {
  flags: [JSON_FLAG],
  examples: ["budget"],
  run: async (flags, world) =>
    withService(world, async (service) =>
      present(await service.budget(), flags.json, world, (budgets) => printBudgets(budgets, world.out)),
    ),
};

/** Each budget with a gauge of what is used. */
export async function printBudgets({ budgets }: BudgetsOut, out: Output): Promise<void> {
  if (budgets.length === 0) {
    printLine(out, 'No budget is set. In the config: "budgets": {"day_usd": 5}.');
    return;
  }
  const rows = budgets.map(
    ({ scope, limit_usd: limitUsd, spent_usd: spentUsd, held_usd: heldUsd, left_usd: leftUsd }) => [
      scope,
      printUsd(spentUsd),
      printUsd(heldUsd),
      printUsd(Math.max(0, leftUsd)),
      printUsd(limitUsd),
      gauge(limitUsd === 0 ? 1 : (spentUsd + heldUsd) / limitUsd),
    ],
  );
  printLine(out, await renderTable(out, COLUMNS, rows));
}

function gauge(used: number): string {
  const full = Math.min(GAUGE_CELLS, Math.max(0, Math.round(used * GAUGE_CELLS)));
  return `${"█".repeat(full)}${"░".repeat(GAUGE_CELLS - full)} ${Math.round(used * 100)}%`;
}
