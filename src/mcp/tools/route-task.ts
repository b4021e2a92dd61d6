import { RouteInput, RouteResult } from "../../core/contract.ts";
import { truncate } from "../long-answers/truncate.ts";
import { answerBlock, ownBlock } from "../own-lines.ts";
import { receiptLine, shortResult } from "../receipt.ts";
import { defineTool } from "../define-tool.ts";

export const routeTask = defineTool({
  name: "route_task",
  title: "Route a task",
  description:
    "Hands a self-contained subtask to the models chosen for its task, in order, verifies the answer and falls back if it fails. " +
    "Put all it needs into prompt and context: the model sees nothing else. Returns the answer and a receipt line. " +
    "To get a verified answer, give accept: criteria that a real tool then runs. " +
    "verdict.status: verified (by evidence: verdict.basis), failed (a fact says so) or unchecked (nothing could tell). " +
    "Costs real money: cost_usd, USD over all attempts, never above budget_usd. On failure the error says what to change.",
  input: RouteInput,
  output: RouteResult,
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  view: "ui://signalbox/route",
  deadlineMs: (service, input) => service.deadlineMs(input),
  handle: (service, input, options) => service.route(input, options),
  // The bare answer and our lines, each a block of its own: an agent that reads the text pays for the answer once.
  show: (output, house) => {
    const cut = truncate(output.route_id, output.text, house.answerChars, house);
    return {
      structured: shortResult(output, cut),
      content: [
        answerBlock(cut.text),
        ...(cut.notice === null ? [] : [ownBlock(cut.notice)]),
        ownBlock(receiptLine(output)),
        ...cut.links,
      ],
    };
  },
});
