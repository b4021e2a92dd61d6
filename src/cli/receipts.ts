import type { Receipt } from "../core/contract-resources.ts";
import { legibleValue } from "../core/legible.ts";
import type { Service } from "../core/service.ts";
import { JSON_FLAG } from "./ask.ts";
import type { Command } from "./command.ts";
import { withService } from "./opened.ts";
import { printJson, printLine, printMs, printUsdColumn, renderTable, WIDE_FLAG, type Column } from "./print.ts";
import { usageError } from "./usage.ts";

export interface ReceiptsFlags {
  readonly last?: number;
  readonly task?: string;
  readonly model?: string;
  readonly status?: string;
  readonly wide?: boolean;
  readonly json?: boolean;
}

const STATUSES = ["accepted", "below_quality", "failed", "cancelled", "running"] as const;
/** How many of the latest requests are looked through: as many as the service names. */
const USUAL_LAST = 20;

const COLUMNS: readonly Column[] = [
  { head: "id" },
  { head: "when (UTC)" },
  { head: "task" },
  { head: "answered by" },
  { head: "verdict" },
  { head: "cost", align: "right" },
  { head: "time", align: "right" },
];

/** `signalbox receipts`: the latest requests, newest first. */
export const receipts: Command<ReceiptsFlags> = {
  flags: [
    { flags: "-n, --last <count>", about: `how many (default ${USUAL_LAST})`, parse: countOf },
    { flags: "--task <id>", about: "of this task alone" },
    { flags: "--model <id>", about: "answered by this model alone" },
    { flags: "--status <what>", about: "that ended so", choices: STATUSES },
    WIDE_FLAG,
    JSON_FLAG,
  ],
  examples: ["receipts", "receipts --status failed --last 5"],
  async run(flags, world) {
    return withService(world, async (service) => {
      const found = await latest(service, flags);
      if (flags.json === true) printJson(world.out, { receipts: found });
      else if (found.length === 0) printLine(world.out, "No such request is in the ledger.");
      else {
        printLine(world.out, await renderTable(world.out, COLUMNS, rowsOf(legibleValue(found)), flags.wide));
        printLine(world.err, "Each in full: signalbox show <id>, or signalbox show last");
      }
      return 0;
    });
  },
};

async function latest(service: Service, flags: ReceiptsFlags): Promise<readonly Receipt[]> {
  const { last = USUAL_LAST, task, model, status } = flags;
  const found: Receipt[] = [];
  for (const id of await service.recentRouteIds("")) {
    if (found.length >= last) break;
    const receipt = await service.receipt(id);
    if (!receipt.ok) continue;
    const { value } = receipt;
    const isMeant =
      (task === undefined || value.task === task) &&
      (status === undefined || value.status === status) &&
      (model === undefined || answererOf(value) === model);
    if (isMeant) found.push(value);
  }
  return found;
}

/** The model whose answer was returned; `null`: none was. */
export function answererOf(receipt: Receipt): string | null {
  return receipt.attempts.find(({ returned }) => returned)?.model ?? null;
}

function rowsOf(found: readonly Receipt[]): readonly (readonly string[])[] {
  const costs = printUsdColumn(found.map((receipt) => receipt.cost_usd));
  return found.map((receipt, index) => rowOf(receipt, costs[index] ?? ""));
}

function rowOf(receipt: Receipt, cost: string): readonly string[] {
  const returned = receipt.attempts.find((attempt) => attempt.returned);
  const verdict = receipt.status === "accepted" ? (returned?.verdict?.status ?? "accepted") : receipt.status;
  return [
    receipt.route_id,
    receipt.started_at.slice(5, 16).replace("T", " "),
    receipt.task,
    returned?.model ?? "-",
    verdict,
    cost,
    receipt.latency_ms === null ? "-" : printMs(receipt.latency_ms),
  ];
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1)
    throw usageError(`expected a count of at least 1, got ${JSON.stringify(text)}`);
  return count;
}
