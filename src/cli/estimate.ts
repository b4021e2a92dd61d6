import type { EstimateOutput } from "../core/contract.ts";
import { ASK_FLAGS, askOf, PROMPT_ARGUMENT, type AskFlags } from "./ask.ts";
import type { Command, Output } from "./command.ts";
import { present, withService } from "./opened.ts";
import { printCount, printLine, printUsd, renderTable, type Column } from "./print.ts";

const CANDIDATES: readonly Column[] = [
  { head: "candidate" },
  { head: "provider" },
  { head: "input", align: "right" },
  { head: "output", align: "right" },
  { head: "limit", align: "right" },
  { head: "expected", align: "right" },
  { head: "at most", align: "right" },
  { head: "within budget" },
];

/** `signalbox estimate`: the plan of the same request, without calling anyone. */
export const estimate: Command<AskFlags> = {
  argument: PROMPT_ARGUMENT,
  flags: ASK_FLAGS,
  examples: ['estimate --task ui_design --prompt "A sign-up page" --budget 0.02'],
  async run(flags, world, ...words) {
    const input = await askOf(flags, world, words);
    return withService(world, async (service) =>
      present(await service.estimate(input), flags.json, world, (plan) => printPlan(plan, world.out)),
    );
  },
};

async function printPlan(plan: EstimateOutput, out: Output): Promise<void> {
  const places = new Map(plan.order.map((model, index) => [model, index + 1]));
  const rows = plan.candidates.map((candidate) => [
    `${places.get(candidate.model) ?? "-"} ${candidate.model}`,
    candidate.provider,
    printCount(candidate.input_tokens),
    printCount(candidate.output_tokens_expected),
    printCount(candidate.output_tokens_max),
    printUsd(candidate.cost_usd_expected),
    printUsd(candidate.cost_usd_max),
    candidate.within_budget ? "yes" : "no",
  ]);
  printLine(out, `task ${plan.task}`);
  printLine(out, rows.length === 0 ? "no candidate" : await renderTable(out, CANDIDATES, rows));
  if (plan.baseline !== null) {
    printLine(out, `baseline ${plan.baseline.model} alone: ${printUsd(plan.baseline.cost_usd)}`);
  }
  if (plan.rejected.length > 0) {
    const rejections = plan.rejected.map(({ model, reason }) => [model, reason]);
    printLine(out);
    printLine(out, await renderTable(out, [{ head: "not asked" }, { head: "because" }], rejections));
  }
  for (const note of plan.notes) printLine(out, `note: ${note}`);
}
