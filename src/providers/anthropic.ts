import type { Anthropic } from "@anthropic-ai/sdk";
import type { FinishReason, ModelCall, StreamEvent } from "../core/ports.ts";
import { UNKNOWN_USAGE, type Usage } from "../core/usage.ts";
import { configuredParams, once, type Adapter, type ChunkReader, type ProviderKindRow } from "./adapter.ts";
import { NEVER_MS, type Endpoint } from "./endpoint.ts";
import { StreamedError } from "./errors.ts";
import { asFields, asText, asTokens, disjoint, fieldsIn, type Fields } from "./shape.ts";

type AnthropicParams = Anthropic.MessageCreateParamsStreaming;

/** Anthropic's Messages API, by its own SDK. */
export const anthropic: ProviderKindRow = {
  keyHeader: "authorization",
  listPath: "/v1/models",
  connect: (endpoint, fetch) => {
    const sdk = once(async () => {
      const [{ Anthropic }, { Stream }] = await Promise.all([
        import("@anthropic-ai/sdk"),
        import("@anthropic-ai/sdk/core/streaming"),
      ]);
      // With the key given, the SDK leaves ANTHROPIC_AUTH_TOKEN, profiles and credential files alone.
      const client = new Anthropic({
        baseURL: endpoint.baseUrl,
        // The transport sends the real one.
        apiKey: "none",
        webhookKey: null,
        openTelemetry: false,
        fetch,
        maxRetries: 0,
        timeout: NEVER_MS,
        logLevel: "off",
      });
      return { client, Stream };
    });
    return messagesAdapter(sdk, endpoint);
  },
};

/** What the Messages API needs of an SDK, whoever serves it. */
interface MessagesSdk {
  readonly client: { readonly messages: Pick<Anthropic["messages"], "create"> };
  readonly Stream: { rawEvents(response: Response): AsyncIterable<{ event: string | null; data: string }> };
}

/** Claude by a client of the Messages API: Anthropic's own, or that of a cloud. */
export function messagesAdapter(sdk: () => Promise<MessagesSdk>, endpoint: Endpoint): Adapter {
  return {
    async open(call, signal) {
      const { client, Stream } = await sdk();
      const params: AnthropicParams = {
        ...effort(call),
        ...configuredParams(call, endpoint),
        model: call.model.wireId,
        ...(call.system === null ? {} : { system: call.system }),
        messages: [{ role: "user", content: call.user }],
        max_tokens: call.outputLimitTokens,
        stream: true,
      };
      const response = await client.messages.create(params, { signal }).asResponse();
      return messages(Stream.rawEvents(response));
    },
    reader,
  };
}

/** The SDK's raw events, not its messages: it keeps pings to itself, which may be all that comes for minutes of thinking. */
async function* messages(events: AsyncIterable<{ event: string | null; data: string }>): AsyncGenerator {
  for await (const { event, data } of events) {
    if (data === "") continue;
    const message = JSON.parse(data) as unknown;
    if (event === "error" || asFields(message)?.["type"] === "error") throw new StreamedError(message);
    yield message;
  }
}

/** The older line (which takes sampling parameters) thinks only when it is given a budget: without one it does not. */
function effort({ effort, model }: ModelCall): Partial<AnthropicParams> {
  if (model.thinking.mode === "none" || model.sampling === "accepted" || effort === "normal") return {};
  const off = effort === "none" && model.thinking.mode === "optional";
  return off ? { thinking: { type: "disabled" } } : { output_config: { effort: "low" } };
}

function reader(): ChunkReader {
  let usage = UNKNOWN_USAGE;
  return (message) => {
    const fields = asFields(message);
    switch (fields?.["type"]) {
      case "message_start":
        usage = inputUsage(fieldsIn(fieldsIn(fields, "message"), "usage"), usage);
        return [{ type: "usage", usage }];
      case "content_block_delta":
        return deltaEvents(fieldsIn(fields, "delta"));
      case "message_delta": {
        const counted = asFields(fields["usage"]);
        if (counted !== null) usage = { ...inputUsage(counted, usage), ...outputUsage(counted) };
        const raw = asText(fieldsIn(fields, "delta")["stop_reason"]);
        return [{ type: "usage", usage }, ...(raw === "" ? [] : [finishEvent(raw)])];
      }
      case "content_block_start":
        // A block may open with text already in it.
        return deltaEvents(fieldsIn(fields, "content_block"));
      case "content_block_stop":
      case "message_stop":
      case "ping":
        return [];
      default:
        return null;
    }
  };
}

function deltaEvents(delta: Fields): readonly StreamEvent[] {
  const text = asText(delta["text"]);
  const thinking = asText(delta["thinking"]);
  if (text !== "") return [{ type: "text", text }];
  return thinking === "" ? [] : [{ type: "reasoning", text: thinking }];
}

/** `input_tokens` excludes both cache classes. What a later count leaves out stays as it was. */
function inputUsage(counted: Fields, before: Usage): Usage {
  return {
    ...before,
    inputTokens: asTokens(counted["input_tokens"]) ?? before.inputTokens,
    cacheReadTokens: asTokens(counted["cache_read_input_tokens"]) ?? before.cacheReadTokens,
    cacheWriteTokens: asTokens(counted["cache_creation_input_tokens"]) ?? before.cacheWriteTokens,
  };
}

/** Only `message_delta` has it: the `output_tokens` of `message_start` are those of its first moment. Thinking is counted in. */
function outputUsage(counted: Fields): Pick<Usage, "outputTokens" | "reasoningTokens"> {
  const thinking = asTokens(fieldsIn(counted, "output_tokens_details")["thinking_tokens"]);
  const { rest, parts } = disjoint(asTokens(counted["output_tokens"]), thinking);
  return { outputTokens: rest, reasoningTokens: parts[0] ?? null };
}

const FINISHES: ReadonlyMap<string, FinishReason> = new Map([
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["max_tokens", "length"],
  ["model_context_window_exceeded", "length"],
  ["refusal", "refusal"],
]);

function finishEvent(raw: string): StreamEvent {
  return { type: "finish", reason: FINISHES.get(raw) ?? "other", raw };
}
