import type { ListModelsOutput, ModelOut } from "../core/contract-reports.ts";
import { given, JSON_FLAG } from "./ask.ts";
import type { Command, Output } from "./command.ts";
import { present, withService } from "./opened.ts";
import { paint, printLine, printScore, renderTable, screenWidth, WIDE_FLAG, wrapped, type Column } from "./print.ts";

export interface ModelsFlags {
  readonly task?: string;
  readonly provider?: string;
  readonly available?: boolean;
  readonly wide?: boolean;
  readonly json?: boolean;
}

const COLUMNS: readonly Column[] = [
  { head: "model" },
  { head: "provider" },
  { head: "$/M in, out", align: "right" },
  { head: "context", align: "right" },
  { head: "quality", align: "right" },
  { head: "state" },
];

/** `signalbox models` */
export const models: Command<ModelsFlags> = {
  flags: [
    { flags: "--task <id>", about: "only the candidates of a task" },
    { flags: "--provider <id>", about: "only one provider" },
    { flags: "--available", about: "only what can be asked right now" },
    WIDE_FLAG,
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
      present(await service.listModels(input), flags.json, world, (listed) =>
        printModels(listed, world.out, flags.wide),
      ),
    );
  },
};

/** Models whose provider is off are a line a provider: the notes say what turns it on. */
async function printModels({ models: rows, notes }: ListModelsOutput, out: Output, wide = false): Promise<void> {
  const isOff = ({ available, unavailable_reason: reason }: ModelOut): boolean =>
    !available && reason !== undefined && notes.includes(reason);
  const off = Map.groupBy(rows.filter(isOff), ({ provider }) => provider);
  const shown = rows.filter((model) => !isOff(model));
  const cells = shown.map((model) => [
    model.id,
    model.provider,
    pricesOf(model),
    COMPACT.format(model.context_tokens),
    printScore(model.quality),
    stateOf(model, out),
  ]);
  if (rows.length === 0) printLine(out, "no model");
  if (cells.length > 0) printLine(out, await renderTable(out, COLUMNS, cells, wide));
  for (const [provider, models] of off) {
    const names = `${provider}: ${models.map(({ id }) => id).join(", ")}`;
    const line = `${paint(out, "yellow", "off")} ${names}`;
    for (const part of wide ? [line] : wrapped(line, screenWidth(out))) printLine(out, part);
  }
  for (const note of notes) printLine(out, `note: ${note}`);
}

/** "200K", "1M": what the window of a model is called. */
const COMPACT = new Intl.NumberFormat("en-US", { notation: "compact" });

function pricesOf({ input_usd_per_mtok: input, output_usd_per_mtok: output }: ModelOut): string {
  return input === null || output === null ? "unpriced" : `${input}, ${output}`;
}

function stateOf({ available, unavailable_reason: reason, health, lifecycle }: ModelOut, out: Output): string {
  if (!available) return paint(out, "yellow", reason ?? "unavailable");
  if (health === "ok" && lifecycle !== "current") return paint(out, "yellow", lifecycle);
  return health === "ok" ? paint(out, "green", "ok") : paint(out, "red", health);
}
