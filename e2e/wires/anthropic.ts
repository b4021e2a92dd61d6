import { at, listAt, readable, type ModelStep, type ModelWire, type StreamEvent } from "./wire.ts";

const named = (data: { readonly type: string } & Record<string, unknown>): StreamEvent => ({ event: data.type, data });

/** Anthropic's Messages, streamed. */
export const anthropic: ModelWire = {
  answers: (path) => path.endsWith("/v1/messages"),
  read(body) {
    const blocks = listAt(body, "messages").flatMap((message) => listAt(message, "content"));
    const results = blocks.filter((block) => at(block, "type") === "tool_result");
    return {
      tools: listAt(body, "tools").map((tool) => String(at(tool, "name"))),
      // Claude Code lists them in a message, one a line.
      deferred: blocks.flatMap((block) => String(at(block, "text")).match(/^mcp__\w+$/gm) ?? []),
      results: new Map(results.map((block) => [String(at(block, "tool_use_id")), readable(at(block, "content"))])),
    };
  },
  write(step) {
    const usage = { input_tokens: 1, output_tokens: 1 };
    const message = { id: "msg_1", type: "message", role: "assistant", model: "scripted", content: [], usage };
    return [
      named({ type: "message_start", message: { ...message, stop_reason: null, stop_sequence: null } }),
      named({ type: "content_block_start", index: 0, content_block: blockOf(step) }),
      named({ type: "content_block_delta", index: 0, delta: deltaOf(step) }),
      named({ type: "content_block_stop", index: 0 }),
      named({
        type: "message_delta",
        delta: { stop_reason: step.kind === "say" ? "end_turn" : "tool_use", stop_sequence: null },
        usage,
      }),
      named({ type: "message_stop" }),
    ];
  },
};

function blockOf(step: ModelStep): unknown {
  return step.kind === "say"
    ? { type: "text", text: "" }
    : { type: "tool_use", id: step.id, name: step.tool, input: {} };
}

function deltaOf(step: ModelStep): unknown {
  return step.kind === "say"
    ? { type: "text_delta", text: step.text }
    : { type: "input_json_delta", partial_json: JSON.stringify(step.args) };
}
