import { at, listAt, readable, type ModelStep, type ModelWire, type StreamEvent } from "./wire.ts";

const named = (data: { readonly type: string } & Record<string, unknown>): StreamEvent => ({ event: data.type, data });

/** OpenAI's Responses, streamed. Codex puts the tools of a server into one tool of type `namespace`. */
export const openai: ModelWire = {
  answers: (path) => path.endsWith("/responses"),
  read(body) {
    const results = listAt(body, "input").filter((item) => at(item, "type") === "function_call_output");
    return {
      tools: listAt(body, "tools").flatMap((tool) => {
        const name = String(at(tool, "name") ?? at(tool, "type"));
        if (at(tool, "type") !== "namespace") return [name];
        return listAt(tool, "tools").map((each) => `${name}${SEPARATOR}${String(at(each, "name"))}`);
      }),
      deferred: [],
      results: new Map(results.map((item) => [String(at(item, "call_id")), readable(at(item, "output"))])),
    };
  },
  write(step) {
    const item = itemOf(step);
    const response = { id: "resp_1", object: "response", model: "scripted", output: [] };
    const usage = {
      input_tokens: 1,
      input_tokens_details: null,
      output_tokens: 1,
      output_tokens_details: null,
      total_tokens: 2,
    };
    return [
      named({ type: "response.created", response: { ...response, status: "in_progress" } }),
      named({ type: "response.output_item.added", output_index: 0, item }),
      named({ type: "response.output_item.done", output_index: 0, item }),
      named({ type: "response.completed", response: { ...response, status: "completed", output: [item], usage } }),
    ];
  },
};

/** Between a namespace and the name of a tool in it; no name holds it. */
const SEPARATOR = "\u0000";

function itemOf(step: ModelStep): unknown {
  if (step.kind === "say") {
    const content = [{ type: "output_text", text: step.text, annotations: [] }];
    return { type: "message", id: "item_1", role: "assistant", status: "completed", content };
  }
  const [first = "", second] = step.tool.split(SEPARATOR);
  const name = second === undefined ? { name: first } : { namespace: first, name: second };
  return { type: "function_call", id: "item_1", call_id: step.id, ...name, arguments: JSON.stringify(step.args) };
}
