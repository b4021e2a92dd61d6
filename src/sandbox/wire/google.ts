import {
  badRequest,
  promptTokensOf,
  type Ending,
  type ReadCall,
  type Reply,
  type CallProblem,
  type SentMedia,
} from "../call.ts";
import { geminiFormatProblem } from "./schema-rules.ts";
import {
  asLimit,
  asList,
  asRecord,
  asText,
  keysIn,
  sse,
  textOf,
  type ErrorResponse,
  type RawRequest,
  type Wire,
  SSE,
} from "./wire.ts";

// The SDK 3.x speaks v1 unless told otherwise, its elders v1beta.
const PATH = /^\/v1(?:beta)?\/models\/([^/:]+):(generateContent|streamGenerateContent)$/;

/**
 * Gemini's generateContent. `promptTokenCount` includes cached tokens, `thoughtsTokenCount` is outside of `candidatesTokenCount`.
 * In a stream every chunk carries running totals; thoughts are told with the last one.
 */
export const google: Wire = {
  provider: "google",
  prefix: "/gemini",
  framing: SSE,
  asked: (query) => (query.get("alt") === "sse" ? google : googleList),
  modelsPath: /^\/v1(?:beta)?\/models$/,
  // A declined prompt comes back with a block reason and no candidates.
  refusalText: "",
  answers: (path) => PATH.test(path),
  keyOf: (headers, query) => {
    const header = headers["x-goog-api-key"];
    return (typeof header === "string" ? header : (query.get("key") ?? "")).trim();
  },
  read,
  body: (reply) => final(reply),
  opening: () => "",
  delta: (reply, text, sentTokens) => sse(part(reply, text, sentTokens)),
  closing: (reply) => sse(final({ ...reply, text: "" })),
  errorEvent: () => sse(errorBody(503, "UNAVAILABLE", OVERLOADED)),
  error,
  models: (wireIds) => ({
    models: wireIds.map((id) => ({
      name: `models/${id}`,
      displayName: id,
      supportedGenerationMethods: ["generateContent", "countTokens"],
    })),
  }),
};

/** Without `?alt=sse` a stream is one JSON list that grows; its last message has a part without text. */
const googleList: Wire = {
  ...google,
  framing: { contentType: "application/json; charset=UTF-8", message: (json) => json },
  opening: () => "[",
  delta: (reply, text, sentTokens) => `${JSON.stringify(part(reply, text, sentTokens))}\n,\r\n`,
  closing: (reply) => `${JSON.stringify(final({ ...reply, text: "" }, [{ text: "" }]))}\n]`,
  errorEvent: () => `${JSON.stringify(errorBody(503, "UNAVAILABLE", OVERLOADED))}\n]`,
};

const OVERLOADED = "The model is overloaded. Please try again later.";

const FINISH_REASON = {
  stop: "STOP",
  length: "MAX_TOKENS",
  refusal: "PROHIBITED_CONTENT",
  filter: "SAFETY",
} as const satisfies Record<Ending, string>;

function read({ path, body }: RawRequest): ReadCall {
  const [, wireId = "", method] = PATH.exec(path) ?? [];
  const contents = asList(body["contents"]).map(asRecord);
  const stream = method === "streamGenerateContent";
  const config = asRecord(body["generationConfig"]);
  const thinking = asRecord(config["thinkingConfig"]);
  const level = thinking["thinkingLevel"];
  const off = thinking["thinkingBudget"] === 0 || (typeof level === "string" && level.toLowerCase() === "minimal");
  return {
    wireId: decoded(wireId),
    stream,
    system: body["systemInstruction"] === undefined ? null : textOf(asRecord(body["systemInstruction"])["parts"]),
    user: contents.map((content) => textOf(content["parts"])).join("\n"),
    marked: null,
    wantsFlex: asText(body["serviceTier"] ?? body["service_tier"]).toLowerCase() === "flex",
    media: contents.flatMap((content) => asList(content["parts"]).flatMap(mediaIn)),
    schema: config["responseJsonSchema"] ?? null,
    limitTokens: asLimit(config["maxOutputTokens"]),
    thinking: off ? "off" : level === undefined && thinking["thinkingBudget"] === undefined ? "default" : "on",
    sampling: keysIn(config, ["temperature", "topP", "topK"]),
    includeUsage: true,
    parameters: body,
    invalid:
      contents.length === 0
        ? badRequest("* GenerateContentRequest.contents: contents is not specified")
        : geminiFormatProblem(config),
  };
}

function mediaIn(part: unknown): readonly SentMedia[] {
  const data = asRecord(asRecord(part)["inlineData"]);
  if (data["data"] === undefined) return [];
  return [{ type: asText(data["mimeType"]), base64: asText(data["data"]), isWhole: false }];
}

/** A path segment that is not valid percent-encoding stands as it is: no model goes by it. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A piece of the answer. */
function part(reply: Reply, text: string, sentTokens: number): object {
  return {
    candidates: [{ content: { parts: [{ text }], role: "model" }, index: 0 }],
    usageMetadata: usageMetadata(reply, sentTokens, null),
    ...stamp(reply),
  };
}

/** The whole answer, or a stream's last chunk when the reply's text is taken out. */
function final(reply: Reply, parts: readonly object[] = reply.text === "" ? [] : [{ text: reply.text }]): object {
  const usage = usageMetadata(reply, reply.usage.outputTokens, reply.usage.reasoningTokens);
  if (reply.ending === "refusal") {
    return { promptFeedback: { blockReason: "PROHIBITED_CONTENT" }, usageMetadata: usage, ...stamp(reply) };
  }
  const finishReason = FINISH_REASON[reply.ending];
  const content = { ...(parts.length === 0 ? {} : { parts }), role: "model" };
  return { candidates: [{ content, finishReason, index: 0 }], usageMetadata: usage, ...stamp(reply) };
}

function usageMetadata({ usage, tier }: Reply, candidatesTokenCount: number, thoughts: number | null): object {
  const promptTokenCount = promptTokensOf(usage);
  return {
    promptTokenCount,
    ...(usage.cacheReadTokens > 0 ? { cachedContentTokenCount: usage.cacheReadTokens } : {}),
    ...(candidatesTokenCount > 0 ? { candidatesTokenCount } : {}),
    ...(thoughts === null || thoughts === 0 ? {} : { thoughtsTokenCount: thoughts }),
    totalTokenCount: promptTokenCount + candidatesTokenCount + (thoughts ?? 0),
    promptTokensDetails: [{ modality: "TEXT", tokenCount: promptTokenCount }],
    serviceTier: tier,
  };
}

function stamp(reply: Reply): object {
  return { modelVersion: reply.wireId, responseId: `sandbox-${reply.serial}` };
}

function errorBody(code: number, status: string, message: string, details: readonly object[] = []): object {
  return { error: { code, message, status, ...(details.length > 0 ? { details } : {}) } };
}

function error(trouble: CallProblem): ErrorResponse {
  const respond = (
    code: number,
    status: string,
    message: string,
    details: readonly object[] = [],
    headers: Record<string, string> = {},
  ): ErrorResponse => ({ status: code, headers, body: errorBody(code, status, message, details) });
  const type = (name: string): object => ({ "@type": `type.googleapis.com/google.rpc.${name}` });
  switch (trouble.kind) {
    case "rate_limit": {
      const retryDelay = `${trouble.retryAfterS}s`;
      const metric = { quotaId: "GenerateRequestsPerMinutePerProjectPerModel" };
      const details = [
        { ...type("QuotaFailure"), violations: [metric] },
        { ...type("RetryInfo"), retryDelay },
      ];
      const message = `You exceeded your current quota. Please retry in ${retryDelay}.`;
      return respond(429, "RESOURCE_EXHAUSTED", message, details, { "retry-after": String(trouble.retryAfterS) });
    }
    case "quota": {
      const details = [
        { ...type("QuotaFailure"), violations: [{ quotaId: "GenerateRequestsPerDayPerProjectPerModel" }] },
      ];
      const message = "You exceeded your current quota, please check your plan and billing details.";
      return respond(429, "RESOURCE_EXHAUSTED", message, details);
    }
    case "server_error":
      return respond(500, "INTERNAL", "An internal error has occurred. Please retry.");
    case "unavailable":
      return respond(503, "UNAVAILABLE", "The service is currently unavailable.");
    case "overloaded":
      return respond(503, "UNAVAILABLE", OVERLOADED);
    case "unauthorized": {
      const details = [{ ...type("ErrorInfo"), reason: "API_KEY_INVALID", domain: "googleapis.com" }];
      return respond(401, "UNAUTHENTICATED", "API key not valid. Please pass a valid API key.", details);
    }
    case "missing_key":
      return respond(401, "UNAUTHENTICATED", "Request is missing required authentication credential.");
    case "context_length": {
      const message = `The input token count (${trouble.promptTokens}) exceeds the maximum number of tokens allowed (${trouble.maxTokens}).`;
      return respond(400, "INVALID_ARGUMENT", message);
    }
    case "unknown_model":
      return respond(
        404,
        "NOT_FOUND",
        `models/${trouble.wireId} is not found, or is not supported for generateContent.`,
      );
    case "bad_request":
      return respond(400, "INVALID_ARGUMENT", trouble.message);
  }
}
