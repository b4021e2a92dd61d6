import { SpendReportInput, SpendReportOutput } from "../../core/contract-reports.ts";
import { defineTool, showAll } from "../define-tool.ts";

export const spendReport = defineTool({
  name: "spend_report",
  title: "Spend report",
  description:
    "Spend in USD. saved_usd: baseline_usd (accepted answers' tokens on the baseline model) minus cost_usd, signed; measured: by shadow " +
    "runs; caller_usd: your own prompts, not in cost_usd; caller_saved_usd: spared by paths and files; report: promises with mark. Free.",
  input: SpendReportInput,
  output: SpendReportOutput,
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  view: "ui://signalbox/spend",
  handle: (service, input) => service.spendReport(input),
  show: showAll,
});
