import { badRequest, type Ending, type ReadCall, type Reply, type CallProblem } from "../call.ts";
import { chatUsage, chunk, DONE, readChat } from "./chat.ts";
import { openaiFormatProblem } from "./schema-rules.ts";
import { asRecord, bearer, sse, type ErrorResponse, type RawRequest, type Wire, SSE } from "./wire.ts";

/** OpenAI's chat completions. In a stream usage comes only when `stream_options.include_usage` asks for it, in a last chunk without choices. */
export const openai: Wire = {
  provider: "openai",
  prefix: "/openai",
  framing: SSE,
  modelsPath: /^\/v1\/models$/,
  refusalText: "I'm sorry, but I can't help with that. (sandbox)",
  answers: (path) => path === "/v1/chat/completions",
  keyOf: bearer,
  read,
  body,
  opening: (reply) => one(reply, { role: "assistant", content: "", refusal: null }, null),
  delta: (reply, text) => one(reply, reply.ending === "refusal" ? { refusal: text } : { content: text }, null),
  closing: (reply) => {
    const usage = reply.includeUsage ? sse(chunk(reply, ID, [], { ...extras(reply), usage: chatUsage(reply) })) : "";
    return one(reply, {}, FINISH_REASON[reply.ending]) + usage + DONE;
  },
  errorEvent: () => sse(errorBody(SERVER_ERROR, "server_error", null, null)),
  error,
  models: (wireIds) => ({
    object: "list",
    data: wireIds.map((id) => ({
      id,
      object: "model",
      created: 1_767_225_600,
      owned_by: "openai",
      shutdown_date: null,
    })),
  }),
};

const ID = "chatcmpl-sandbox";
const extras = ({ tier }: Reply): object => ({
  service_tier: tier === "flex" ? "flex" : "default",
  system_fingerprint: "fp_sandbox",
});
const SERVER_ERROR = "The server had an error while processing your request. Sorry about that!";

const FINISH_REASON = {
  stop: "stop",
  length: "length",
  refusal: "stop",
  filter: "content_filter",
} as const satisfies Record<Ending, string>;

/** The values of `reasoning_effort`; a model may take fewer. */
const EFFORTS: ReadonlySet<unknown> = new Set(["none", "minimal", "low", "medium", "high", "xhigh", "max"]);

function read({ body }: RawRequest): ReadCall {
  const call = readChat(body);
  const effort = body["reasoning_effort"] ?? null;
  return {
    ...call,
    thinking: effort === null ? "default" : effort === "none" ? "off" : "on",
    // Models that reject sampling accept it when they do not reason.
    sampling: effort === "none" ? [] : call.sampling,
    includeUsage: !call.stream || asRecord(body["stream_options"])["include_usage"] === true,
    invalid: call.invalid ?? invalid(call.wireId, body, effort),
  };
}

function invalid(wireId: string, body: Readonly<Record<string, unknown>>, effort: unknown): CallProblem | null {
  if (wireId.startsWith("gpt-6") && (body["max_tokens"] ?? null) !== null) {
    return badRequest(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      "max_tokens",
      "unsupported_parameter",
    );
  }
  if (effort !== null && !takesEffort(wireId, effort)) {
    const message = `Unsupported value: 'reasoning_effort' does not support ${JSON.stringify(effort)} with this model.`;
    return badRequest(message, "reasoning_effort", "unsupported_value");
  }
  return openaiFormatProblem(body);
}

function takesEffort(wireId: string, effort: unknown): boolean {
  if (!EFFORTS.has(effort)) return false;
  return !(wireId.startsWith("gpt-6.2") && (effort === "none" || effort === "minimal"));
}

function body(reply: Reply): unknown {
  const refused = reply.ending === "refusal";
  const message = {
    role: "assistant",
    content: refused ? null : reply.text,
    refusal: refused ? reply.text : null,
    annotations: [],
  };
  return {
    id: `${ID}${reply.serial}`,
    object: "chat.completion",
    created: reply.createdS,
    model: reply.wireId,
    choices: [{ index: 0, message, logprobs: null, finish_reason: FINISH_REASON[reply.ending] }],
    usage: chatUsage(reply),
    ...extras(reply),
  };
}

/** Once usage is asked for, every other chunk says `usage: null`. */
function one(reply: Reply, delta: object, finishReason: string | null): string {
  const rest = reply.includeUsage ? { ...extras(reply), usage: null } : extras(reply);
  return sse(chunk(reply, ID, [{ index: 0, delta, logprobs: null, finish_reason: finishReason }], rest));
}

function errorBody(message: string, type: string, param: string | null, code: string | null): object {
  return { error: { message, type, param, code } };
}

function error(trouble: CallProblem, serial: string): ErrorResponse {
  const respond = (
    status: number,
    [type, param, code]: readonly [string, string | null, string | null],
    message: string,
    headers: Record<string, string> = {},
  ): ErrorResponse => ({
    status,
    headers: { "x-request-id": `req_sandbox_${serial}`, ...headers },
    body: errorBody(message, type, param, code),
  });
  const invalid = "invalid_request_error";
  switch (trouble.kind) {
    case "rate_limit": {
      const seconds = trouble.retryAfterS;
      return respond(
        429,
        ["requests", null, "rate_limit_exceeded"],
        `Rate limit reached on requests per min (RPM). Please try again in ${seconds}s.`,
        { "retry-after": String(seconds), "retry-after-ms": String(Math.round(seconds * 1000)) },
      );
    }
    case "quota":
      return respond(
        429,
        ["insufficient_quota", null, "insufficient_quota"],
        "You exceeded your current quota, please check your plan and billing details.",
      );
    case "server_error":
      return respond(500, ["server_error", null, null], SERVER_ERROR);
    case "unavailable":
      return respond(503, ["server_error", null, null], "The server is temporarily unable to handle the request.");
    case "overloaded":
      return respond(503, ["server_error", null, null], "The engine is currently overloaded, please try again later.");
    case "unauthorized":
      return respond(401, [invalid, null, "invalid_api_key"], "Incorrect API key provided.");
    case "missing_key":
      return respond(401, [invalid, null, null], "You didn't provide an API key.");
    case "context_length":
      return respond(
        400,
        [invalid, "messages", "context_length_exceeded"],
        `This model's maximum context length is ${trouble.maxTokens} tokens. However, your messages resulted in ${trouble.promptTokens} tokens.`,
      );
    case "unknown_model": {
      const message = `The model \`${trouble.wireId}\` does not exist or you do not have access to it.`;
      return respond(404, [invalid, null, "model_not_found"], message);
    }
    case "bad_request":
      return respond(400, [invalid, trouble.param, trouble.code], trouble.message);
  }
}
