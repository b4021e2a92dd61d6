import { ReportOutcomeInput, ReportOutcomeOutput } from "../../core/contract-reports.ts";
import { defineTool, showAll } from "../define-tool.ts";

export const reportOutcome = defineTool({
  name: "report_outcome",
  title: "Report an outcome",
  description:
    "Say whether an answer of route_task really worked, by its route_id. " +
    "Improves the statistics per model; the last report counts. Free.",
  input: ReportOutcomeInput,
  output: ReportOutcomeOutput,
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  handle: (service, input) => service.reportOutcome(input),
  show: showAll,
});
