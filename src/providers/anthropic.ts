import type { Anthropic } from "@anthropic-ai/sdk";
import type { MediaFile } from "../core/media.ts";
import type { ModelCall, StreamEvent } from "../core/ports.ts";
import { configuredParams, once, type Adapter, type ChunkReader, type ProviderKindRow } from "./adapter.ts";
import { NEVER_MS, type Endpoint } from "./endpoint.ts";
import { StreamedError } from "./errors.ts";
import { finishEvent, finishIn } from "./finish.ts";
import { asFields, asList, asText, asTokens, fieldsIn, type Fields } from "./shape.ts";
import { usageEvents } from "./usage.ts";

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
        ...ownedByUs(fetch),
      });
      return { client, Stream };
    });
    return messagesAdapter(sdk, endpoint);
  },
};

/** What Signalbox does itself, and the SDK's classes must not: retries, time-outs, logs, traces. */
export function ownedByUs(fetch: typeof globalThis.fetch) {
  const off = { webhookKey: null, openTelemetry: false, maxRetries: 0, logLevel: "off" } as const;
  return { ...off, fetch, timeout: NEVER_MS };
}

/** What the Messages API needs of an SDK, at Anthropic and in the clouds. */
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
        ...outputOf(call),
        ...configuredParams(call, endpoint),
        model: call.model.wireId,
        ...promptOf(call),
        max_tokens: call.outputLimitTokens,
        stream: true,
      };
      const response = await client.messages.create(params, { signal }).asResponse();
      return messages(Stream.rawEvents(response));
    },
    reader,
  };
}

/** The prompt, with a mark behind what is to be kept: without one nothing is, and nothing is charged for it. */
function promptOf({ system, user, prefix, media = [] }: ModelCall): Pick<AnthropicParams, "system" | "messages"> {
  const mark = prefix?.isShared === true ? { cache_control: { type: "ephemeral" } as const } : null;
  const inSystem = mark !== null && prefix?.chars === 0;
  const keptChars = mark === null ? 0 : (prefix?.chars ?? 0);
  const kept = keptChars === 0 ? [] : [{ type: "text" as const, text: user.slice(0, keptChars), ...mark }];
  return {
    ...(system === null ? {} : { system: inSystem ? [{ type: "text", text: system, ...mark }] : system }),
    messages: [
      {
        role: "user",
        content:
          kept.length === 0 && media.length === 0
            ? user
            : [...media.map(mediaBlock), ...kept, { type: "text", text: user.slice(keptChars) }],
      },
    ],
  };
}

function mediaBlock(file: MediaFile): Anthropic.ImageBlockParam | Anthropic.DocumentBlockParam {
  const { base64: data } = file;
  return file.kind === "image"
    ? { type: "image", source: { type: "base64", media_type: file.type, data } }
    : { type: "document", source: { type: "base64", media_type: file.type, data }, title: file.name };
}

/** The SDK's raw events: its own messages leave out every event without a name. */
async function* messages(events: AsyncIterable<{ event: string | null; data: string }>): AsyncGenerator {
  for await (const { event, data } of events) {
    if (data === "" || data === "[DONE]") continue;
    const message = JSON.parse(data) as unknown;
    // The transport finds errors in text; what comes framed in binary, only the SDK can read.
    if (event === "error" || asFields(message)?.["type"] === "error") throw new StreamedError(message);
    yield message;
  }
}

/** How hard to think, and the schema of the answer: they share a field. */
function outputOf(call: ModelCall): Partial<AnthropicParams> {
  const { output_config: effortOf, ...rest } = effort(call);
  const schema = call.answerSchema?.schema;
  const format = schema === undefined ? {} : { format: { type: "json_schema" as const, schema: { ...schema } } };
  const config = { ...effortOf, ...format };
  return Object.keys(config).length === 0 ? rest : { ...rest, output_config: config };
}

/** The older line (which takes sampling parameters) thinks only when it is given a budget: without one it does not. */
function effort({ effort, model }: ModelCall): Partial<AnthropicParams> {
  if (model.thinking.mode === "none" || model.sampling === "accepted" || effort === "normal") return {};
  const off = effort === "none" && model.thinking.mode === "optional";
  return off ? { thinking: { type: "disabled" } } : { output_config: { effort: "low" } };
}

/** `input_tokens` excludes both cache classes; thinking is inside of `output_tokens`. */
const FORM = { inputHasCache: false, outputHasReasoning: true };

function reader(): ChunkReader {
  let counted: Fields = {};
  let finished = false;
  const end = (raw: string): readonly StreamEvent[] => {
    if (raw === "") return [];
    finished = true;
    return [finishEvent(raw)];
  };
  return (message) => {
    const fields = asFields(message);
    switch (fields?.["type"]) {
      case "message_start": {
        // The `output_tokens` of the start are those of its first moment.
        const { output_tokens: _, ...input } = fieldsIn(fieldsIn(fields, "message"), "usage");
        counted = merged(counted, input);
        return usageEvents(counted, FORM, false);
      }
      case "content_block_start":
        // A block may open with text already in it.
        return blockEvents(fieldsIn(fields, "content_block"));
      case "content_block_delta":
        return blockEvents(fieldsIn(fields, "delta"));
      case "message_delta": {
        counted = merged(counted, fieldsIn(fields, "usage"));
        return [...usageEvents(counted, FORM, true), ...end(finishIn(fieldsIn(fields, "delta")))];
      }
      case "message_stop":
        return finished ? [] : end("message_stop");
      case "message":
        // The whole answer of a proxy that does not stream.
        return [
          ...asList(fields["content"]).flatMap((block) => blockEvents(asFields(block) ?? {})),
          ...usageEvents(fieldsIn(fields, "usage"), FORM, true),
          ...end(finishIn(fields)),
        ];
      case "content_block_stop":
      case "ping":
        return [];
      default:
        return null;
    }
  };
}

function blockEvents(block: Fields): readonly StreamEvent[] {
  const text = asText(block["text"]);
  const thinking = asText(block["thinking"]);
  if (text !== "") return [{ type: "text", text }];
  return thinking === "" ? [] : [{ type: "reasoning", text: thinking }];
}

/** What a later count leaves out, or has as a zero that the earlier one refutes, stays as it was. */
function merged(before: Fields, counted: Fields): Fields {
  const said = Object.entries(counted).filter(
    ([key, value]) => value !== null && !(value === 0 && (asTokens(before[key]) ?? 0) > 0),
  );
  return { ...before, ...Object.fromEntries(said) };
}
