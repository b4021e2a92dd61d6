import { setTimeout as delay } from "node:timers/promises";
import type { BudgetsOut } from "../core/contract-resources.ts";
import { legibleLine } from "../core/legible.ts";
import type { NowOut } from "../core/ledger-care.ts";
import type { Outcome } from "../core/outcome.ts";
import type { Service } from "../core/service.ts";
import { JSON_FLAG } from "./ask.ts";
import { printBudgets } from "./budget.ts";
import type { Command, Output } from "./command.ts";
import { present, withService } from "./opened.ts";
import { paint, printLine, printMs, printUsd, printUsdColumn, renderTable, WIDE_FLAG, type Column } from "./print.ts";

export interface TopFlags {
  readonly wide?: boolean;
  readonly json?: boolean;
}

const REFRESH_MS = 1000;
/** Moves to the first line, and clears the rest: what stays the same does not flicker. */
const HOME_AND_CLEAR = "\u001B[H\u001B[J";

/** `signalbox top`: what runs now, the money that it holds, who is out. On a terminal it goes on until Ctrl-C; else it is one snapshot. */
export const top: Command<TopFlags> = {
  flags: [WIDE_FLAG, JSON_FLAG],
  examples: ["top", "top --json"],
  run: async ({ wide, json }, world) =>
    withService(world, async (service) => {
      const isLive = world.out.isTTY === true && json !== true;
      for (;;) {
        const seen = await look(service);
        if (isLive) world.out.write(HOME_AND_CLEAR);
        const code = await present(seen, json, world, (value) => printNow(value, world.out, wide));
        if (!isLive || !seen.ok) return code;
        printLine(world.out, paint(world.out, "dim", "Ctrl-C ends this"));
        await delay(REFRESH_MS, undefined, { signal: world.signal }).catch(() => undefined);
        if (world.signal.aborted) return 0;
      }
    }),
};

type Seen = NowOut & BudgetsOut;

async function look(service: Service): Promise<Outcome<Seen>> {
  const [now, budgets] = await Promise.all([service.ledger.now(), service.budget()]);
  if (!now.ok) return now;
  return budgets.ok ? { ok: true, value: { ...now.value, ...budgets.value } } : budgets;
}

const RUNNING: readonly Column[] = [
  { head: "running" },
  { head: "model" },
  { head: "for", align: "right" },
  { head: "holds", align: "right" },
];

async function printNow(
  { at, running, held_usd: heldUsd, outages, budgets }: Seen,
  out: Output,
  wide = false,
): Promise<void> {
  const calls = running.length === 1 ? "1 call" : `${running.length} calls`;
  printLine(out, `${at.slice(11, 19)} UTC · ${calls} running · ${printUsd(heldUsd)} held`);
  if (running.length > 0) {
    const held = printUsdColumn(running.map((call) => call.held_usd));
    const rows = running.map((call, index) => [
      call.role === "answer" ? call.task : `${call.task} (${call.role})`,
      call.model,
      printMs(call.running_ms),
      held[index] ?? "",
    ]);
    printLine(out, await renderTable(out, RUNNING, rows, wide));
  }
  printLine(out);
  for (const { what, kind, message, left_ms: leftMs } of outages) {
    printLine(
      out,
      `${paint(out, "red", "✗")} ${what}: ${kind}, for another ${printMs(leftMs)}: ${legibleLine(message)}`,
    );
  }
  if (outages.length === 0) printLine(out, `${paint(out, "green", "✓")} no vendor is out`);
  printLine(out);
  await printBudgets({ budgets }, out);
}
