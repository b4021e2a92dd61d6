import { VENDORS } from "../core/vendors.ts";
import type { GenerateContentConfig, ThinkingLevel } from "@google/genai";
import type { ModelCall, StreamEvent } from "../core/ports.ts";
import { once, type ChunkReader, type ProviderKindRow } from "./adapter.ts";
import { finishEvent, finishIn } from "./finish.ts";
import { asFields, asList, asText, fieldsIn, type Fields } from "./shape.ts";
import { usageEvents } from "./usage.ts";

/** Gemini's generateContent, by Google's own SDK. */
export const google: ProviderKindRow = {
  defaultBaseUrl: VENDORS.google.baseUrl,
  needsKey: true,
  keyHeader: "x-goog-api-key",
  connect: (endpoint, fetch) => {
    const sdk = once(async () => {
      const { GoogleGenAI, ThinkingLevel } = await import("@google/genai");
      // Given, so that GOOGLE_GENAI_USE_VERTEXAI, GOOGLE_GENAI_API_VERSION and the key variables count for nothing. `v1` is the
      // SDK's default. Without `timeout` and `retryOptions` it has neither.
      const client = new GoogleGenAI({
        apiKey: endpoint.apiKey ?? "",
        vertexai: false,
        apiVersion: "v1",
        httpOptions: { baseUrl: endpoint.baseUrl, fetch },
      });
      return { client, ThinkingLevel };
    });
    return {
      async open(call, signal) {
        const { client, ThinkingLevel: levels } = await sdk();
        const level = thinkingLevel(call, levels);
        const config: GenerateContentConfig = {
          ...(call.system === null ? {} : { systemInstruction: call.system }),
          maxOutputTokens: call.outputLimitTokens,
          ...(level === null ? {} : { thinkingConfig: { thinkingLevel: level } }),
          // Or the SDK asks again, and is billed again, when a stream breaks off or reaches the limit of one request.
          automaticContinuation: false,
          abortSignal: signal,
        };
        return client.models.generateContentStream({ model: call.model.wireId, contents: call.user, config });
      },
      reader,
    };
  },
};

/** `minimal` all but turns thinking off; models that always think cannot go under `low`. */
function thinkingLevel({ effort, model }: ModelCall, levels: typeof ThinkingLevel): ThinkingLevel | null {
  if (model.thinking.mode === "none" || effort === "normal") return null;
  return effort === "none" && model.thinking.mode === "optional" ? levels.MINIMAL : levels.LOW;
}

/** `promptTokenCount` includes cached tokens; `thoughtsTokenCount` is not inside of `candidatesTokenCount`. Chunks carry running totals. */
const FORM = { inputHasCache: true, outputHasReasoning: false };

function reader(): ChunkReader {
  let finished = false;
  return (chunk) => {
    const fields = asFields(chunk);
    const counted = asFields(fields?.["usageMetadata"]);
    if (fields === null || !(Array.isArray(fields["candidates"]) || fields["promptFeedback"] || counted)) return null;
    const candidate = asFields(asList(fields["candidates"])[0]);
    const finish = finishOf(candidate, fieldsIn(fields, "promptFeedback"));
    finished ||= finish !== null;
    return [
      ...asList(fieldsIn(candidate ?? {}, "content")["parts"]).flatMap(partEvents),
      ...(counted === null ? [] : usageEvents(counted, FORM, finished)),
      ...(finish === null ? [] : [finish]),
    ];
  };
}

function partEvents(part: unknown): readonly StreamEvent[] {
  const text = asText(asFields(part)?.["text"]);
  if (text === "") return [];
  return [{ type: asFields(part)?.["thought"] === true ? "reasoning" : "text", text }];
}

function finishOf(candidate: Fields | null, feedback: Fields): StreamEvent | null {
  const raw = finishIn(candidate ?? {});
  if (raw !== "") return finishEvent(raw);
  const blocked = asText(feedback["blockReason"]);
  return candidate === null && blocked !== "" ? { type: "finish", reason: "content_filter", raw: blocked } : null;
}
