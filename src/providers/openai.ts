import type { OpenAI } from "openai";
import type { ModelCall } from "../core/ports.ts";
import { configuredParams, once, type Adapter, type ProviderKindRow } from "./adapter.ts";
import { chatMessages, chatReader, openaiPart, responseFormat } from "./chat.ts";
import { NEVER_MS, type Endpoint } from "./endpoint.ts";

type OpenAiParams = OpenAI.ChatCompletionCreateParamsStreaming;
type LimitParam = NonNullable<Endpoint["limitParam"]>;
/** Parameters of a call that not every server of this form knows. */
type OwnParams = (call: ModelCall) => Partial<OpenAiParams>;
const nothing: OwnParams = () => ({});

/** OpenAI's chat completions, by its own SDK. GPT-6.x rejects `max_tokens`. */
export const openai: ProviderKindRow = chatKind("max_completion_tokens", (call) => ({
  ...cacheKey(call),
  ...(call.tier === undefined ? {} : { service_tier: call.tier }),
}));

/** Servers that speak OpenAI's chat completions: Ollama, llama.cpp, vLLM. They know the limit by its old name. */
export const openaiCompatible: ProviderKindRow = chatKind("max_tokens");

/** OpenRouter. Its usage carries what the call has cost without being asked for it. */
export const openrouter: ProviderKindRow = {
  ...chatKind("max_tokens"),
  // The list of its models is open to all.
  listPath: "/key",
};

/** OpenAI keeps prefixes by itself, and finds them again more often when calls that share one say so. */
export function cacheKey({ prefix }: ModelCall): Partial<OpenAiParams> {
  return prefix === undefined ? {} : { prompt_cache_key: prefix.key };
}

function chatKind(limitParam: LimitParam, own: OwnParams = nothing): ProviderKindRow {
  return {
    keyHeader: "authorization",
    listPath: "/models",
    connect: (endpoint, fetch) =>
      chatAdapter(
        once(async () => {
          const { OpenAI } = await import("openai");
          return new OpenAI({ baseURL: endpoint.baseUrl, ...CLIENT_OPTIONS, fetch });
        }),
        endpoint,
        limitParam,
        own,
      ),
  };
}

/** Everything that the SDK would else take from the environment is given. */
export const CLIENT_OPTIONS = {
  // The SDK wants one even where the endpoint does not; the transport sends the real one, or none.
  apiKey: "none",
  adminAPIKey: null,
  organization: null,
  project: null,
  webhookSecret: null,
  maxRetries: 0,
  timeout: NEVER_MS,
  logLevel: "off",
} as const;

/** Chat completions by a client of OpenAI's SDK. */
export function chatAdapter(
  client: () => Promise<{ readonly chat: OpenAI["chat"] }>,
  endpoint: Endpoint,
  limitParam: LimitParam,
  own: OwnParams = nothing,
): Adapter {
  return {
    async open(call, signal) {
      const params: OpenAiParams = {
        ...effort(call),
        ...responseFormat(call),
        ...own(call),
        ...configuredParams(call, endpoint),
        model: call.model.wireId,
        messages: chatMessages(call, openaiPart),
        stream: true,
        stream_options: { include_usage: true },
        [endpoint.limitParam ?? limitParam]: call.outputLimitTokens,
      };
      return (await client()).chat.completions.create(params, { signal });
    },
    reader: chatReader,
  };
}

/** `none` is rejected by models that always think: `low` is the least that they take. */
function effort({ effort, model }: ModelCall): Partial<OpenAiParams> {
  if (model.thinking.mode === "none" || effort === "normal") return {};
  const off = effort === "none" && model.thinking.mode === "optional";
  return { reasoning_effort: off ? "none" : "low" };
}
