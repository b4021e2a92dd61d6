import { EstimateInput, EstimateOutput } from "../../core/contract.ts";
import { defineTool, showAll } from "../define-tool.ts";

export const estimateCost = defineTool({
  name: "estimate_cost",
  title: "Estimate a task's cost",
  description:
    "The plan of route_task for the same input, without calling any model: who would be asked in which order, what each would " +
    "cost in USD (expected, and at most), and why the others are out. Free.",
  input: EstimateInput,
  described: ["task"],
  output: EstimateOutput,
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  handle: (service, input, options) => service.estimate(input, options),
  show: showAll,
});
