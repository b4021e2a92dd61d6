import { once } from "node:events";
import type { Receipt } from "../core/contract-resources.ts";
import { legibleLine, legibleValue } from "../core/legible.ts";
import type { Command, ExitCode, Output } from "./command.ts";
import { present, withService } from "./opened.ts";
import { dayOfWord } from "./quantities.ts";

export interface ExportFlags {
  readonly format?: "csv" | "jsonl";
  readonly since?: string;
  readonly until?: string;
}

const DAY_MS = 86_400_000;

/** `signalbox export`: requests that have ended, the oldest first: as lines of receipts, or as a table of the figures that a sheet adds up. */
export const exportRequests: Command<ExportFlags> = {
  flags: [
    {
      flags: "--format <what>",
      about: "csv (the default): a row a request; jsonl: its whole receipt",
      choices: ["csv", "jsonl"],
    },
    { flags: "--since <day>", about: "first day, UTC: 2026-11-30, yesterday, 30d; default: all" },
    { flags: "--until <day>", about: "last day, likewise" },
  ],
  examples: ["export --since 30d > requests.csv", "export --format jsonl | jq .cost_usd"],
  async run({ format = "csv", since, until }, world) {
    const startOf = (word: string): number => Date.parse(dayOfWord(word, world.nowMs()));
    const days = {
      fromMs: since === undefined ? 0 : startOf(since),
      untilMs: until === undefined ? world.nowMs() + DAY_MS : startOf(until) + DAY_MS,
    };
    return withService(world, async (service): Promise<ExitCode> => {
      if (format === "csv") await write(world.out, `${COLUMNS.map(([name]) => name).join(",")}\r\n`);
      for (let after: string | null = null; !world.signal.aborted;) {
        const page = await service.ledger.receipts({ ...days, after });
        if (!page.ok) return present(page, false, world, async () => {});
        const last = page.value.at(-1);
        if (last === undefined) return 0;
        after = last.route_id;
        await write(world.out, page.value.map(format === "csv" ? rowOf : lineOf).join(""));
      }
      return 1;
    });
  },
};

/** Waits while the reader is behind, so that a large ledger does not fill the memory. */
async function write(out: Output, text: string): Promise<void> {
  if (!out.write(text)) await Promise.race([once(out, "drain"), once(out, "close")]);
}

function lineOf(receipt: Receipt): string {
  return `${JSON.stringify(legibleValue(receipt))}\n`;
}

type Cell = string | number | null | undefined;

const COLUMNS: readonly (readonly [name: string, of: (receipt: Receipt) => Cell])[] = [
  ["route_id", ({ route_id: id }) => id],
  ["started_at", ({ started_at: at }) => at],
  ["principal", ({ principal }) => principal],
  ["task", ({ task }) => task],
  ["status", ({ status }) => status],
  ["error_code", ({ error_code: code }) => code],
  ["verdict", (receipt) => returnedOf(receipt)?.verdict?.status],
  ["basis", (receipt) => returnedOf(receipt)?.verdict?.basis],
  ["model", (receipt) => returnedOf(receipt)?.model],
  ["provider", (receipt) => returnedOf(receipt)?.provider],
  ["first_model", ({ attempts }) => attempts[0]?.model],
  ["attempts", ({ attempts }) => attempts.length],
  ["cost_usd", ({ cost_usd: usd }) => usd],
  ["baseline_model", ({ baseline }) => baseline?.model],
  ["baseline_usd", ({ baseline }) => baseline?.cost_usd],
  ["saved_usd", ({ baseline }) => baseline?.saved_usd],
  ["latency_ms", ({ latency_ms: ms }) => ms],
  ["deadline_ms", ({ deadline_ms: ms }) => ms],
  ["budget_usd", ({ budget_usd: usd }) => usd],
  ["prompt_chars", ({ prompt }) => prompt.chars],
  ["reported", ({ reported_outcome: outcome }) => (outcome === null ? null : outcome.success ? "right" : "wrong")],
];

function returnedOf({ attempts }: Receipt): Receipt["attempts"][number] | undefined {
  return attempts.find(({ returned }) => returned);
}

function rowOf(receipt: Receipt): string {
  return `${COLUMNS.map(([, of]) => cellOf(of(receipt))).join(",")}\r\n`;
}

/** As RFC 4180 has it. A text that a sheet would take for a formula is one no more. */
function cellOf(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  const text = legibleLine(cell);
  const plain = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
