import type { ListModelsOutput, ModelOut } from "../core/contract-reports.ts";
import { given, JSON_FLAG } from "./ask.ts";
import type { Command, Output } from "./command.ts";
import { present, withService } from "./opened.ts";
import { paint, printCount, printLine, printScore, renderTable, type Column } from "./print.ts";

export interface ModelsFlags {
  readonly task?: string;
  readonly provider?: string;
  readonly available?: boolean;
  readonly json?: boolean;
}

const COLUMNS: readonly Column[] = [
  { head: "model" },
  { head: "provider" },
  { head: "in $/M", align: "right" },
  { head: "out $/M", align: "right" },
  { head: "context", align: "right" },
  { head: "quality", align: "right" },
  { head: "lifecycle" },
  { head: "state" },
];

/** `signalbox models` */
export const models: Command<ModelsFlags> = {
  flags: [
    { flags: "--task <id>", about: "only the candidates of a task" },
    { flags: "--provider <id>", about: "only one provider" },
    { flags: "--available", about: "only what can be asked right now" },
    JSON_FLAG,
  ],
  examples: ["models --task planning --available"],
  async run(flags, world) {
    const input = {
      ...given("task", flags.task),
      ...given("provider", flags.provider),
      ...given("available_only", flags.available),
    };
    return withService(world, async (service) =>
      present(await service.listModels(input), flags.json, world, (listed) => printModels(listed, world.out)),
    );
  },
};

async function printModels({ models: rows, notes }: ListModelsOutput, out: Output): Promise<void> {
  const cells = rows.map((model) => [
    model.id,
    model.provider,
    printPrice(model.input_usd_per_mtok),
    printPrice(model.output_usd_per_mtok),
    printCount(model.context_tokens),
    printScore(model.quality),
    model.lifecycle,
    stateOf(model, out),
  ]);
  printLine(out, cells.length === 0 ? "no model" : await renderTable(out, COLUMNS, cells));
  for (const note of notes) printLine(out, `note: ${note}`);
}

function printPrice(usdPerMillionTokens: number | null): string {
  return usdPerMillionTokens === null ? "unpriced" : String(usdPerMillionTokens);
}

function stateOf({ available, unavailable_reason: reason, health }: ModelOut, out: Output): string {
  if (!available) return paint(out, "yellow", reason ?? "unavailable");
  return health === "ok" ? paint(out, "green", "ok") : paint(out, "red", health);
}
