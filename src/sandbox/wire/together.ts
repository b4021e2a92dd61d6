import type { Ending, ReadCall, Reply, CallProblem } from "../call.ts";
import { chatUsage, chunk, DONE, readChat } from "./chat.ts";
import { togetherFormatProblem } from "./schema-rules.ts";
import { asRecord, bearer, sse, type ErrorResponse, type RawRequest, type Wire, SSE } from "./wire.ts";

/** Together's chat completions: OpenAI's shape, usage always told (in a stream with the last choice), reasoning in a field of its own. */
export const together: Wire = {
  provider: "together",
  prefix: "/together",
  framing: SSE,
  modelsPath: /^\/v1\/models$/,
  // Open-weights models decline in plain text, with an ordinary finish.
  refusalText: "I'm sorry, but I can't help with that. (sandbox)",
  answers: (path) => path === "/v1/chat/completions",
  keyOf: bearer,
  read,
  body,
  opening: (reply) =>
    one(reply, { role: "assistant", content: "" }, null) +
    (reply.reasoningText === ""
      ? ""
      : one(reply, { role: "assistant", content: "", reasoning: reply.reasoningText }, null)),
  delta: (reply, text) => one(reply, { role: "assistant", content: text }, null),
  closing: (reply) =>
    one(reply, { role: "assistant", content: "" }, FINISH_REASON[reply.ending], chatUsage(reply)) + DONE,
  errorEvent: () => sse({ error: { message: "Internal server error", type: "server_error", param: null, code: null } }),
  error,
  models: (wireIds) => wireIds.map((id) => ({ id, object: "model", created: 1_767_225_600, type: "chat" })),
};

const ID = "sandbox-";

const FINISH_REASON = {
  stop: "stop",
  length: "length",
  refusal: "stop",
  filter: "content_filter",
} as const satisfies Record<Ending, string>;

function read({ body }: RawRequest): ReadCall {
  const call = readChat(body);
  return {
    ...call,
    wantsFlex: false,
    thinking: thinkingOf(body),
    invalid: call.invalid ?? togetherFormatProblem(body),
  };
}

/** Three ways to say it: `reasoning.enabled`, `reasoning_effort`, and the model's own chat template. */
function thinkingOf(body: Readonly<Record<string, unknown>>): ReadCall["thinking"] {
  const template = asRecord(body["chat_template_kwargs"]);
  const said = new Set([asRecord(body["reasoning"])["enabled"], template["enable_thinking"], template["thinking"]]);
  if (said.has(false) || body["reasoning_effort"] === "none") return "off";
  return said.has(true) || typeof body["reasoning_effort"] === "string" ? "on" : "default";
}

function body(reply: Reply): unknown {
  const reasoning = reply.reasoningText === "" ? {} : { reasoning: reply.reasoningText };
  const message = { role: "assistant", content: reply.text, tool_calls: [], ...reasoning };
  return {
    id: `${ID}${reply.serial}`,
    object: "chat.completion",
    created: reply.createdS,
    model: reply.wireId,
    prompt: [],
    choices: [{ index: 0, message, logprobs: null, finish_reason: FINISH_REASON[reply.ending], seed: null }],
    usage: chatUsage(reply),
  };
}

function one(reply: Reply, delta: object, finishReason: string | null, usage: object | null = null): string {
  return sse(chunk(reply, ID, [{ index: 0, delta, logprobs: null, finish_reason: finishReason }], { usage }));
}

function error(trouble: CallProblem, serial: string): ErrorResponse {
  const respond = (
    status: number,
    type: string,
    message: string,
    rest: {
      readonly code?: string | null;
      readonly param?: string | null;
      readonly headers?: Record<string, string>;
    } = {},
  ): ErrorResponse => ({
    status,
    headers: { "x-request-id": `sandbox-${serial}`, ...rest.headers },
    body: {
      id: `sandbox-${serial}`,
      error: { message, type, param: rest.param ?? null, code: rest.code ?? null },
    },
  });
  const invalid = "invalid_request_error";
  switch (trouble.kind) {
    case "rate_limit":
      return respond(429, "model_rate_limit", "You have reached the rate limit specific to this model.", {
        headers: { "retry-after": String(trouble.retryAfterS) },
      });
    case "quota":
      return respond(402, "credit_limit", "Credit limit exceeded. Please add credit or upgrade your plan.");
    case "server_error":
      return respond(500, "server_error", "Internal server error");
    case "unavailable":
    case "overloaded":
      return respond(503, "service_unavailable", "The server is overloaded or not ready yet.");
    case "unauthorized":
      return respond(401, invalid, "Invalid API key provided.", { code: "invalid_api_key" });
    case "missing_key":
      return respond(401, invalid, "Missing API key.", { code: "invalid_api_key" });
    case "context_length":
      return respond(
        400,
        invalid,
        `This model's maximum context length is ${trouble.maxTokens} tokens. However, you requested ${trouble.promptTokens} tokens. Please reduce the length of the messages or completion.`,
      );
    case "unknown_model":
      return respond(404, invalid, `Unable to access model ${trouble.wireId}.`, { code: "model_not_available" });
    case "bad_request":
      return respond(400, invalid, trouble.message, { param: trouble.param, code: trouble.code });
  }
}
