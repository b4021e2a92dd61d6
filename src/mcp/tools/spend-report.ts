import { SpendReportInput, SpendReportOutput } from "../../core/contract-reports.ts";
import { defineTool, showAll } from "../define-tool.ts";

export const spendReport = defineTool({
  name: "spend_report",
  title: "Spend report",
  description:
    "What was spent, in USD, by day, model, provider, task or principal, and saved_usd: baseline_usd (the same tokens on the baseline " +
    "model) minus cost_usd; negative when routing cost more. Free.",
  input: SpendReportInput,
  output: SpendReportOutput,
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  handle: (service, input) => service.spendReport(input),
  show: showAll,
});
