import type { Together } from "together-ai";
import type { MediaFile } from "../core/media.ts";
import type { ModelCall } from "../core/ports.ts";
import { configuredParams, once, type ProviderKindRow } from "./adapter.ts";
import { chatMessages, chatReader, dataUrl, responseFormat } from "./chat.ts";
import { NEVER_MS } from "./endpoint.ts";

/** Its models take no PDF, and its SDK knows no `detail`. */
function imagePart(file: MediaFile) {
  return { type: "image_url" as const, image_url: { url: dataUrl(file) } };
}

type TogetherParams = Together.Chat.CompletionCreateParamsStreaming;

/** Together's chat completions, by its own SDK. Its streams carry usage without being asked. */
export const together: ProviderKindRow = {
  keyHeader: "authorization",
  listPath: "/models",
  connect: (endpoint, fetch) => {
    const client = once(async () => {
      const { Together } = await import("together-ai");
      // Everything that the SDK would else take from the environment is given.
      return new Together({
        baseURL: endpoint.baseUrl,
        // The transport sends the real one.
        apiKey: "none",
        projectID: null,
        fetch,
        maxRetries: 0,
        timeout: NEVER_MS,
        logLevel: "off",
      });
    });
    return {
      async open(call, signal) {
        const params: TogetherParams = {
          ...effort(call),
          ...responseFormat(call),
          ...configuredParams(call, endpoint),
          model: call.model.wireId,
          messages: chatMessages(call, imagePart),
          stream: true,
          max_tokens: call.outputLimitTokens,
        };
        return (await client()).chat.completions.create(params, { signal });
      },
      reader: chatReader,
    };
  },
};

/**
 * Models that think or not have a toggle, and where they have an effort its lowest is "high": `low` is their default.
 * Models that always think (gpt-oss) have an effort from low on, and no toggle. As of 2026-11, docs.together.ai.
 */
function effort({ effort, model }: ModelCall): Partial<TogetherParams> {
  const { mode } = model.thinking;
  if (mode === "optional" && effort === "none") return { reasoning: { enabled: false } };
  if (mode === "always" && effort !== "normal") return { reasoning_effort: "low" };
  return {};
}
