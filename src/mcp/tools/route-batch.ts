import { sharesOf } from "../../core/paginate.ts";
import { BatchInput, BatchOutput, type BatchResult } from "../../core/contract.ts";
import { MOST_ANSWER_TEXT_CHARS, truncate } from "../long-answers/truncate.ts";
import { answerBlock, ownBlock } from "../own-lines.ts";
import { usd } from "../receipt.ts";
import { defineTool, type ToolContext } from "../define-tool.ts";

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
  // A heading for each task and its bare answer, each a block of its own: an agent that reads the text pays for the answers once.
  show: ({ results, totals }, house) => {
    const shares = sharesOf(
      results.map(({ text }) => text?.length ?? 0),
      MOST_ANSWER_TEXT_CHARS,
    );
    const shown = results.map((result, index) => showResult(result, index, shares[index] ?? 0, house));
    const counts = `${totals.accepted} accepted, ${totals.below_quality} below quality, ${totals.failed} failed`;
    const last = `${totals.tasks} tasks: ${counts} · ${usd(totals.cost_usd)}`;
    return {
      structured: { results: shown.map(({ result }) => result), totals },
      content: [...shown.flatMap(({ blocks }) => blocks), ownBlock(last), ...shown.flatMap(({ links }) => links)],
    };
  },
});

function showResult(result: BatchResult, index: number, mostChars: number, house: ToolContext) {
  const { route_id: routeId, text } = result;
  const head = ownBlock(heading(result, index));
  if (routeId === undefined || text === undefined)
    return { result, blocks: [head, answerBlock(failureOf(result))], links: [] };
  const answer = truncate(routeId, text, mostChars, house);
  const notice = answer.notice === null ? [] : [ownBlock(answer.notice)];
  return {
    result: { ...result, text: answer.text, ...answer.mark },
    blocks: [head, answerBlock(answer.text), ...notice],
    links: answer.links,
  };
}

function heading({ status, model, verdict, cost_usd: costUsd, route_id: routeId }: BatchResult, index: number): string {
  const parts = [
    `task ${index + 1}`,
    status === "below_quality" ? "below quality" : status,
    ...(model === undefined ? [] : [model]),
    ...(verdict === undefined
      ? []
      : [verdict.basis === null ? verdict.status : `${verdict.status} by ${verdict.basis}`]),
    usd(costUsd),
    ...(routeId === undefined ? [] : [`signalbox://routes/${encodeURIComponent(routeId)}`]),
  ];
  return parts.join(" · ");
}

function failureOf({ error }: BatchResult): string {
  return error === undefined ? "" : `${error.code}: ${error.message}`;
}
