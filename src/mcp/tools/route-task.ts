import { RouteInput, RouteOutput } from "../../core/contract.ts";
import { MOST_ANSWER_TEXT_CHARS, truncate } from "../long-answers/truncate.ts";
import { answerBlock, ownBlock } from "../own-lines.ts";
import { receiptLine, trimmed } from "../receipt.ts";
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
  output: RouteOutput,
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  deadlineMs: (service, input) => service.deadlineMs(input),
  handle: (service, input, options) => service.route(input, options),
  // The bare answer and our lines, each a block of its own: an agent that reads the text pays for the answer once.
  show: (output, house) => {
    const { text, mark, notice, links } = truncate(output.route_id, output.text, MOST_ANSWER_TEXT_CHARS, house);
    return {
      structured: { ...trimmed(output), text, ...mark },
      content: [
        answerBlock(text),
        ...(notice === null ? [] : [ownBlock(notice)]),
        ownBlock(receiptLine(output)),
        ...links,
      ],
    };
  },
});
