import type { GenerateContentConfig, GoogleGenAI, Part, ServiceTier, ThinkingLevel } from "@google/genai";
import type { ModelCall, StreamEvent } from "../core/ports.ts";
import { configuredParams, once, type Adapter, type ChunkReader, type ProviderKindRow } from "./adapter.ts";
import type { Endpoint } from "./endpoint.ts";
import { tierEvents } from "./chat.ts";
import { finishEvent, finishIn } from "./finish.ts";
import { asFields, asList, asText, fieldsIn, type Fields } from "./shape.ts";
import { usageEvents } from "./usage.ts";

/** Gemini's generateContent, by Google's own SDK. */
export const google: ProviderKindRow = {
  keyHeader: "x-goog-api-key",
  listPath: "/v1/models?pageSize=1000",
  connect: (endpoint, fetch) =>
    contentAdapter(
      once(async () => {
        const { GoogleGenAI, ThinkingLevel, ServiceTier } = await import("@google/genai");
        // Given, so that GOOGLE_GENAI_USE_VERTEXAI, GOOGLE_GENAI_API_VERSION and the key variables count for nothing. `v1` is the
        // SDK's default. Without `timeout` and `retryOptions` it has neither.
        const client = new GoogleGenAI({
          // The transport sends the real one.
          apiKey: "none",
          vertexai: false,
          apiVersion: endpoint.apiVersion ?? "v1",
          httpOptions: { baseUrl: endpoint.baseUrl, fetch },
        });
        return { client, ThinkingLevel, ServiceTier };
      }),
      endpoint,
      true,
    ),
};

interface ContentSdk {
  readonly client: GoogleGenAI;
  readonly ThinkingLevel: typeof ThinkingLevel;
  readonly ServiceTier: typeof ServiceTier;
}

/** Gemini by a client of Google's SDK, for its own API or for Vertex. `hasFlex`: it takes a tier by name, which Vertex does not. */
export function contentAdapter(sdk: () => Promise<ContentSdk>, endpoint: Endpoint, hasFlex = false): Adapter {
  return {
    async open(call, signal) {
      const { client, ThinkingLevel: levels, ServiceTier: tiers } = await sdk();
      const level = thinkingLevel(call, levels);
      const extraBody = configuredParams(call, endpoint);
      const config: GenerateContentConfig = {
        ...(call.system === null ? {} : { systemInstruction: call.system }),
        maxOutputTokens: call.outputLimitTokens,
        ...(call.answerSchema === undefined
          ? {}
          : { responseMimeType: "application/json", responseJsonSchema: call.answerSchema.schema }),
        ...(level === null ? {} : { thinkingConfig: { thinkingLevel: level } }),
        ...(call.tier === undefined || !hasFlex ? {} : { serviceTier: tiers.FLEX }),
        ...(Object.keys(extraBody).length === 0 ? {} : { httpOptions: { extraBody } }),
        // Or the SDK asks again, and is billed again, when a stream breaks off or reaches the limit of one request.
        automaticContinuation: false,
        abortSignal: signal,
      };
      return client.models.generateContentStream({ model: call.model.wireId, contents: contentsOf(call), config });
    },
    reader,
  };
}

function contentsOf({ user, media = [] }: ModelCall): string | Part[] {
  if (media.length === 0) return user;
  return [...media.map(({ type, base64 }) => ({ inlineData: { mimeType: type, data: base64 } })), { text: user }];
}

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
      ...tierEvents(counted?.["serviceTier"]),
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
