import { SpendReportInput, SpendReportOutput } from "../../core/contract-reports.ts";
import { defineTool, showAll } from "../define-tool.ts";

export const spendReport = defineTool({
  name: "spend_report",
  title: "Spend report",
  description:
    "Spend in USD. saved_usd: baseline_usd (accepted answers' tokens on the baseline model) minus cost_usd; measured: by " +
    "shadow runs; caller_usd: your own prompts; caller_saved_usd: those that paths and files spared you. Free.",
  input: SpendReportInput,
  output: SpendReportOutput,
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  view: "ui://signalbox/spend",
  handle: (service, input) => service.spendReport(input),
  show: showAll,
});
