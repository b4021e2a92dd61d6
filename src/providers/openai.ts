import { VENDORS } from "../core/vendors.ts";
import type { OpenAI } from "openai";
import type { ModelCall } from "../core/ports.ts";
import { once, type Adapter, type ProviderKindRow } from "./adapter.ts";
import { chatMessages, chatReader } from "./chat.ts";
import { NEVER_MS, type Endpoint } from "./endpoint.ts";

type OpenAiParams = OpenAI.ChatCompletionCreateParamsStreaming;

/** OpenAI's chat completions, by its own SDK. */
export const openai: ProviderKindRow = {
  defaultBaseUrl: VENDORS.openai.baseUrl,
  needsKey: true,
  keyHeader: "authorization",
  // GPT-6.x rejects `max_tokens`.
  connect: (endpoint, fetch) => adapter(endpoint, fetch, (limit) => ({ max_completion_tokens: limit })),
};

/** Servers that speak OpenAI's chat completions: Ollama, llama.cpp, vLLM. They know the limit by its old name, and no keys. */
export const openaiCompatible: ProviderKindRow = {
  defaultBaseUrl: null,
  needsKey: false,
  keyHeader: "authorization",
  connect: (endpoint, fetch) => adapter(endpoint, fetch, (limit) => ({ max_tokens: limit })),
};

function adapter(
  endpoint: Endpoint,
  fetch: typeof globalThis.fetch,
  limit: (tokens: number) => Partial<OpenAiParams>,
): Adapter {
  const client = once(async () => {
    const { OpenAI } = await import("openai");
    // Everything that the SDK would else take from the environment is given.
    return new OpenAI({
      baseURL: endpoint.baseUrl,
      // The SDK wants one even where the endpoint does not; the transport sends the real one, or none.
      apiKey: endpoint.apiKey ?? "none",
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      fetch,
      maxRetries: 0,
      timeout: NEVER_MS,
      logLevel: "off",
    });
  });
  return {
    async open(call, signal) {
      const params: OpenAiParams = {
        model: call.model.wireId,
        messages: chatMessages(call),
        stream: true,
        stream_options: { include_usage: true },
        ...limit(call.outputLimitTokens),
        ...effort(call),
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
