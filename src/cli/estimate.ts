import type { EstimateOutput } from "../core/contract.ts";
import { ASK_FLAGS, askOf, PROMPT_ARGUMENT, type AskFlags } from "./ask.ts";
import type { Command, Output } from "./command.ts";
import { present, withService } from "./opened.ts";
import { printCount, printLine, printUsd, printUsdColumn, renderTable, WIDE_FLAG, type Column } from "./print.ts";

const CANDIDATES: readonly Column[] = [
  { head: "candidate" },
  { head: "input", align: "right" },
  { head: "output", align: "right" },
  { head: "limit", align: "right" },
  { head: "expected", align: "right" },
  { head: "at most", align: "right" },
  { head: "" },
];

/** `signalbox estimate`: the plan of the same request, without calling anyone. */
export const estimate: Command<AskFlags & { readonly wide?: boolean }> = {
  argument: PROMPT_ARGUMENT,
  flags: [...ASK_FLAGS, WIDE_FLAG],
  examples: ['estimate --task ui_design --prompt "A sign-up page" --budget 0.02'],
  async run(flags, world, ...words) {
    const input = await askOf(flags, world, words);
    return withService(world, async (service) =>
      present(await service.estimate(input), flags.json, world, (plan) => printPlan(plan, world.out, flags.wide)),
    );
  },
};

async function printPlan(plan: EstimateOutput, out: Output, wide = false): Promise<void> {
  const places = new Map(plan.order.map((model, index) => [model, index + 1]));
  const expected = printUsdColumn(plan.candidates.map((candidate) => candidate.cost_usd_expected));
  const most = printUsdColumn(plan.candidates.map((candidate) => candidate.cost_usd_max));
  const rows = plan.candidates.map((candidate, index) => [
    `${places.get(candidate.model) ?? "-"} ${candidate.model}`,
    printCount(candidate.input_tokens),
    printCount(candidate.output_tokens_expected),
    printCount(candidate.output_tokens_max),
    expected[index] ?? "",
    most[index] ?? "",
    candidate.within_budget ? "" : "over budget",
  ]);
  printLine(out, `task ${plan.task}`);
  printLine(out, rows.length === 0 ? "no candidate" : await renderTable(out, CANDIDATES, rows, wide));
  printLine(out, `all of it, when everything goes wrong: at most ${printUsd(plan.worst_case_usd)}`);
  if (plan.baseline !== null) {
    printLine(out, `baseline ${plan.baseline.model} alone: ${printUsd(plan.baseline.cost_usd)}`);
  }
  if (plan.rejected.length > 0) {
    const rejections = plan.rejected.map(({ model, reason }) => [model, reason]);
    printLine(out);
    printLine(out, await renderTable(out, [{ head: "not asked" }, { head: "because" }], rejections, wide));
  }
  for (const note of plan.notes) printLine(out, `note: ${note}`);
}
