import { badRequest, promptTokensOf, type ReadCall, type Reply, type CallProblem, type SentMedia } from "../call.ts";
import { asLimit, asList, asRecord, asText, keysIn, textOf } from "./wire.ts";

/** What OpenAI's chat completions and Together's have in common. */

/** Reads everything but what the vendors differ in: here thinking is left to the model, and usage is told. */
export function readChat(body: Readonly<Record<string, unknown>>): ReadCall {
  const messages = asList(body["messages"]).map(asRecord);
  const isSystem = (message: Readonly<Record<string, unknown>>): boolean =>
    message["role"] === "system" || message["role"] === "developer";
  const text = (which: boolean): string =>
    messages
      .filter((message) => isSystem(message) === which)
      .map((message) => textOf(message["content"]))
      .join("\n");
  return {
    wireId: asText(body["model"]),
    stream: body["stream"] === true,
    system: messages.some(isSystem) ? text(true) : null,
    user: text(false),
    marked: null,
    wantsFlex: body["service_tier"] === "flex",
    media: messages.flatMap((message) => asList(message["content"]).flatMap(mediaIn)),
    schema: asRecord(asRecord(body["response_format"])["json_schema"])["schema"] ?? null,
    limitTokens: asLimit(body["max_completion_tokens"] ?? body["max_tokens"]),
    thinking: "default",
    sampling: keysIn(body, ["temperature", "top_p", "top_k"]),
    includeUsage: true,
    parameters: body,
    invalid: invalid(body, messages.length),
  };
}

/** A data URL in an `image_url` or a `file`. */
function mediaIn(part: unknown): readonly SentMedia[] {
  const image = asRecord(asRecord(part)["image_url"]);
  const file = asRecord(asRecord(part)["file"]);
  const url = asText(image["url"] ?? file["file_data"]);
  const [, type = "", base64 = ""] = /^data:([^;,]{1,80});base64,([^]*)$/.exec(url) ?? [];
  return url === "" ? [] : [{ type, base64, isWhole: image["detail"] !== "high" }];
}

function invalid(body: Readonly<Record<string, unknown>>, messages: number): CallProblem | null {
  if (typeof body["model"] !== "string") return badRequest("you must provide a model parameter");
  if (messages === 0) {
    const message = "Invalid 'messages': empty array. Expected an array with minimum length 1.";
    return badRequest(message, "messages", "empty_array");
  }
  for (const limit of ["max_completion_tokens", "max_tokens"]) {
    const value = body[limit] ?? null;
    if (value !== null && asLimit(value) === null) {
      return badRequest(`Invalid '${limit}': expected a whole number of at least 1.`, limit, "invalid_value");
    }
  }
  return null;
}

/** `prompt_tokens` includes cached tokens, `completion_tokens` includes reasoning. */
export function chatUsage({ usage }: Reply): object {
  const prompt = promptTokensOf(usage);
  const completion = usage.outputTokens + usage.reasoningTokens;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: usage.cacheReadTokens, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoningTokens,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

/** A chunk of a stream with one choice. */
export function chunk(reply: Reply, idPrefix: string, choices: readonly object[], rest: object): object {
  return {
    id: `${idPrefix}${reply.serial}`,
    object: "chat.completion.chunk",
    created: reply.createdS,
    model: reply.wireId,
    choices,
    ...rest,
  };
}

export const DONE = "data: [DONE]\n\n";
