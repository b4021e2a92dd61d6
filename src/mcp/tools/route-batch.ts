import { BatchInput, BatchOutput, type BatchResult } from "../../core/contract.ts";
import { usd } from "../receipt.ts";
import { defineTool } from "../tool.ts";

export const routeBatch = defineTool({
  name: "route_batch",
  title: "Route a batch",
  description:
    "route_task for many independent subtasks on one budget and deadline, several at a time. Reserves the worst case of all before " +
    "the first, or refuses. Results in order; a task that fails leaves the others alone. Costs real money.",
  input: BatchInput,
  output: BatchOutput,
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  deadlineMs: (service, input) => service.deadlineMs(input),
  handle: (service, input, options) => service.routeBatch(input, options),
  // A heading for each task and its bare answer: an agent that reads the text pays for the answers once.
  content: ({ results, totals }) => [
    ...results.map((result, index) => ({
      type: "text" as const,
      text: `${heading(result, index)}\n${bodyOf(result)}`,
    })),
    {
      type: "text",
      text: `[signalbox] ${totals.tasks} tasks: ${totals.accepted} accepted, ${totals.below_quality} below quality, ${totals.failed} failed · ${usd(totals.cost_usd)}`,
    },
  ],
});

function heading({ status, model, verdict, cost_usd: costUsd, route_id: routeId }: BatchResult, index: number): string {
  const parts = [
    `task ${index + 1}`,
    status === "below_quality" ? "below quality" : status,
    ...(model === undefined ? [] : [model]),
    ...(verdict === undefined
      ? []
      : [verdict.score === null ? verdict.status : `${verdict.status} ${verdict.score.toFixed(2)}`]),
    usd(costUsd),
    ...(routeId === undefined ? [] : [`signalbox://routes/${encodeURIComponent(routeId)}`]),
  ];
  return `[signalbox] ${parts.join(" · ")}`;
}

function bodyOf({ text, error }: BatchResult): string {
  return text ?? (error === undefined ? "" : `${error.code}: ${error.message}`);
}
