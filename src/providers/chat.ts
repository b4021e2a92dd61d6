import type { FinishReason, ModelCall, StreamEvent } from "../core/ports.ts";
import type { Usage } from "../core/usage.ts";
import type { ChunkReader } from "./adapter.ts";
import { asFields, asList, asText, asTokens, disjoint, fieldsIn, type Fields } from "./shape.ts";

/** The chunks of chat completions, as OpenAI, Together and the local servers send them. */
export function chatReader(): ChunkReader {
  let refused = false;
  let finished = false;
  return (chunk) => {
    const fields = asFields(chunk);
    if (fields === null || !(Array.isArray(fields["choices"]) || asFields(fields["usage"]) !== null)) return null;
    const choice = asFields(asList(fields["choices"])[0]) ?? {};
    const delta = fieldsIn(choice, "delta");
    // OpenAI declines in a field of its own and then finishes with "stop".
    refused ||= asText(delta["refusal"]) !== "";
    const raw = asText(choice["finish_reason"]);
    finished ||= raw !== "";
    return [
      ...textEvents(delta),
      ...usageEvents(asFields(fields["usage"]), finished),
      ...(raw === "" ? [] : [finishEvent(raw, refused)]),
    ];
  };
}

function textEvents(delta: Fields): readonly StreamEvent[] {
  // `reasoning` at Together, Ollama and newer vLLM; `reasoning_content` at DeepSeek, llama.cpp and older vLLM.
  const reasoning = asText(delta["reasoning"]) || asText(delta["reasoning_content"]);
  const text = asText(delta["content"]);
  return [
    ...(reasoning === "" ? [] : [{ type: "reasoning", text: reasoning } as const]),
    ...(text === "" ? [] : [{ type: "text", text } as const]),
  ];
}

function usageEvents(usage: Fields | null, finished: boolean): readonly StreamEvent[] {
  return usage === null ? [] : [{ type: "usage", usage: chatUsage(usage, finished) }];
}

/**
 * `prompt_tokens` includes cached and cache-written tokens, `completion_tokens` includes reasoning. Before the finish the
 * output is a running count (vLLM can send one with every chunk): not yet what will be billed, so it is not told.
 */
function chatUsage(usage: Fields, finished: boolean): Usage {
  const promptDetails = fieldsIn(usage, "prompt_tokens_details");
  const completionDetails = fieldsIn(usage, "completion_tokens_details");
  const { rest: inputTokens, parts } = disjoint(
    asTokens(usage["prompt_tokens"]),
    asTokens(promptDetails["cached_tokens"] ?? usage["cached_tokens"]),
    asTokens(promptDetails["cache_write_tokens"]),
  );
  const output = disjoint(
    finished ? asTokens(usage["completion_tokens"]) : null,
    finished ? asTokens(completionDetails["reasoning_tokens"]) : null,
  );
  return {
    inputTokens,
    cacheReadTokens: parts[0] ?? null,
    cacheWriteTokens: parts[1] ?? null,
    outputTokens: output.rest,
    reasoningTokens: output.parts[0] ?? null,
  };
}

const FINISHES: ReadonlyMap<string, FinishReason> = new Map([
  ["stop", "stop"],
  ["eos", "stop"], // Together
  ["length", "length"],
  ["content_filter", "content_filter"],
  ["refusal", "refusal"],
]);

function finishEvent(raw: string, refused: boolean): StreamEvent {
  const reason = FINISHES.get(raw) ?? "other";
  return refused && reason === "stop"
    ? { type: "finish", reason: "refusal", raw: "refusal" }
    : { type: "finish", reason, raw };
}

/** System text in the vendor's system message, everything else in one user message. */
export function chatMessages(
  call: ModelCall,
): ({ role: "system"; content: string } | { role: "user"; content: string })[] {
  const system = call.system === null ? [] : [{ role: "system" as const, content: call.system }];
  return [...system, { role: "user", content: call.user }];
}
