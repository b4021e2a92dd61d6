import { badRequest, type Ending, type ReadCall, type Reply, type CallProblem, type SentMedia } from "../call.ts";
import { anthropicFormatProblem } from "./schema-rules.ts";
import {
  asLimit,
  asList,
  asRecord,
  asText,
  bearer,
  keysIn,
  sse,
  textOf,
  type ErrorResponse,
  type RawRequest,
  type Wire,
  SSE,
} from "./wire.ts";

/** Anthropic's Messages API, as its SDK 1.x types it. Cached tokens are outside of `input_tokens`, thinking inside of `output_tokens`. */
export const anthropic: Wire = {
  provider: "anthropic",
  prefix: "/anthropic",
  framing: SSE,
  modelsPath: /^\/v1\/models$/,
  refusalText: "",
  answers: (path) => path === "/v1/messages",
  keyOf: (headers) => headerText(headers["x-api-key"]) || bearer(headers),
  read,
  body: (reply) => ({ ...message(reply), content: content(reply), ...stop(reply), usage: usage(reply) }),
  opening,
  delta: (reply, text) =>
    event({ type: "content_block_delta", index: textIndex(reply), delta: { type: "text_delta", text } }),
  closing,
  errorEvent: (serial) => event(errorBody("overloaded_error", "Overloaded", serial)),
  error,
  models: (wireIds) => ({
    data: wireIds.map((id) => ({ type: "model", id, display_name: id, created_at: "2026-01-01T00:00:00Z" })),
    has_more: false,
    first_id: wireIds[0] ?? null,
    last_id: wireIds.at(-1) ?? null,
  }),
};

function read({ body }: RawRequest): ReadCall {
  const thinking = asRecord(body["thinking"])["type"];
  return {
    wireId: asText(body["model"]),
    stream: body["stream"] === true,
    system: body["system"] === undefined ? null : textOf(body["system"]),
    user: asList(body["messages"])
      .map((message) => textOf(asRecord(message)["content"]))
      .join("\n"),
    marked: markedIn([body["system"], ...asList(body["messages"]).map((message) => asRecord(message)["content"])]),
    media: asList(body["messages"]).flatMap((message) => asList(asRecord(message)["content"]).flatMap(mediaIn)),
    wantsFlex: false,
    schema: asRecord(asRecord(body["output_config"])["format"])["schema"] ?? null,
    limitTokens: asLimit(body["max_tokens"]),
    thinking: thinking === undefined ? "default" : thinking === "disabled" ? "off" : "on",
    sampling: keysIn(body, ["temperature", "top_p", "top_k"]),
    includeUsage: true,
    parameters: body,
    invalid: invalid(body),
  };
}

/** An image or document block with its bytes. */
function mediaIn(block: unknown): readonly SentMedia[] {
  const source = asRecord(asRecord(block)["source"]);
  if (source["type"] !== "base64") return [];
  return [{ type: asText(source["media_type"]), base64: asText(source["data"]), isWhole: false }];
}

/** What stands before the last block that is marked for the cache, and in it. */
function markedIn(contents: readonly unknown[]): string | null {
  const blocks = contents.flatMap((content) => (typeof content === "string" ? [{ text: content }] : asList(content)));
  const last = blocks.findLastIndex((block) => asRecord(asRecord(block)["cache_control"])["type"] === "ephemeral");
  return last === -1 ? null : textOf(blocks.slice(0, last + 1));
}

function invalid(body: Readonly<Record<string, unknown>>): CallProblem | null {
  if (typeof body["model"] !== "string") return badRequest("model: Field required", "model");
  if (body["max_tokens"] === undefined) return badRequest("max_tokens: Field required", "max_tokens");
  const limitTokens = asLimit(body["max_tokens"]);
  if (limitTokens === null) {
    return badRequest("max_tokens: Input should be an integer greater than or equal to 1", "max_tokens");
  }
  if (asList(body["messages"]).length === 0) {
    return badRequest("messages: at least one message is required", "messages");
  }
  const budget = asRecord(body["thinking"])["budget_tokens"];
  if (typeof budget === "number" && budget >= limitTokens) {
    return badRequest("`max_tokens` must be greater than `thinking.budget_tokens`.", "max_tokens");
  }
  return anthropicFormatProblem(body);
}

const STOP_REASON = {
  stop: "end_turn",
  length: "max_tokens",
  refusal: "refusal",
  filter: "refusal",
} as const satisfies Record<Ending, string>;

function stop({ ending }: Reply): object {
  const refused = ending === "refusal" || ending === "filter";
  const details = { type: "refusal", category: null, explanation: "Declined by the sandbox, as it was told to." };
  return { stop_reason: STOP_REASON[ending], stop_sequence: null, stop_details: refused ? details : null };
}

function message(reply: Reply): object {
  const { serial, wireId: model } = reply;
  return { id: `msg_sandbox_${serial}`, type: "message", role: "assistant", model, container: null, diagnostics: null };
}

/** Current models keep their thinking to themselves: the block is there, its text is empty. */
function content(reply: Reply): readonly object[] {
  const thinking = reply.usage.reasoningTokens > 0 ? [{ type: "thinking", thinking: "", signature: "sandbox" }] : [];
  const text = reply.text === "" ? [] : [{ type: "text", text: reply.text, citations: null }];
  return [...thinking, ...text];
}

function inputUsage({ usage }: Reply): object {
  return {
    input_tokens: usage.inputTokens,
    cache_creation_input_tokens: usage.cacheWriteTokens,
    cache_read_input_tokens: usage.cacheReadTokens,
  };
}

function outputUsage({ usage }: Reply): object {
  return {
    output_tokens: usage.outputTokens + usage.reasoningTokens,
    output_tokens_details: { thinking_tokens: usage.reasoningTokens },
    server_tool_use: null,
  };
}

function usage(reply: Reply): object {
  const cacheCreation = { ephemeral_5m_input_tokens: reply.usage.cacheWriteTokens, ephemeral_1h_input_tokens: 0 };
  return {
    ...inputUsage(reply),
    cache_creation: cacheCreation,
    ...outputUsage(reply),
    inference_geo: null,
    service_tier: "standard",
    speed: null,
  };
}

function textIndex(reply: Reply): number {
  return reply.usage.reasoningTokens > 0 ? 1 : 0;
}

/** `message_start` already carries the input and a first, meaningless count of output tokens, as the real API does. */
function opening(reply: Reply): string {
  const started = { stop_reason: null, stop_sequence: null, stop_details: null };
  const first = { ...usage(reply), output_tokens: 1, output_tokens_details: null };
  const start = event({ type: "message_start", message: { ...message(reply), content: [], ...started, usage: first } });
  const thinking =
    reply.usage.reasoningTokens === 0
      ? ""
      : block(0, { type: "thinking", thinking: "", signature: "" }) +
        event({ type: "content_block_delta", index: 0, delta: { type: "signature_delta", signature: "sandbox" } }) +
        event({ type: "content_block_stop", index: 0 });
  const text = reply.text === "" ? "" : block(textIndex(reply), { type: "text", text: "", citations: null });
  return start + event({ type: "ping" }) + thinking + text;
}

function block(index: number, contentBlock: object): string {
  return event({ type: "content_block_start", index, content_block: contentBlock });
}

function closing(reply: Reply): string {
  const textEnd = reply.text === "" ? "" : event({ type: "content_block_stop", index: textIndex(reply) });
  const usage = { ...inputUsage(reply), ...outputUsage(reply) };
  const end = event({ type: "message_delta", delta: { ...stop(reply), container: null }, usage });
  return textEnd + end + event({ type: "message_stop" });
}

function event(data: { readonly type: string; readonly [key: string]: unknown }): string {
  return sse(data, data.type);
}

function errorBody(type: string, message: string, serial: string): { type: "error"; [key: string]: unknown } {
  return { type: "error", error: { type, message }, request_id: `req_sandbox_${serial}` };
}

function error(trouble: CallProblem, serial: string): ErrorResponse {
  const respond = (
    status: number,
    type: string,
    message: string,
    headers: Record<string, string> = {},
  ): ErrorResponse => ({
    status,
    headers: { "request-id": `req_sandbox_${serial}`, ...headers },
    body: errorBody(type, message, serial),
  });
  switch (trouble.kind) {
    case "rate_limit":
      return respond(429, "rate_limit_error", "This request would exceed your organization's rate limit.", {
        "retry-after": String(trouble.retryAfterS),
      });
    case "quota":
      return respond(
        400,
        "invalid_request_error",
        "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.",
      );
    case "server_error":
      return respond(500, "api_error", "Internal server error");
    case "unavailable":
      return respond(503, "api_error", "Service unavailable");
    case "overloaded":
      return respond(529, "overloaded_error", "Overloaded");
    case "unauthorized":
      return respond(401, "authentication_error", "invalid x-api-key");
    case "missing_key":
      return respond(401, "authentication_error", "x-api-key header is required");
    case "context_length": {
      const figures = `${trouble.promptTokens} tokens > ${trouble.maxTokens} maximum`;
      return respond(400, "invalid_request_error", `prompt is too long: ${figures}`);
    }
    case "unknown_model":
      return respond(404, "not_found_error", `model: ${trouble.wireId}`);
    case "bad_request":
      return respond(400, "invalid_request_error", trouble.message);
  }
}

function headerText(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value.trim() : "";
}
