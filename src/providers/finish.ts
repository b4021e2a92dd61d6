import type { FinishReason, StreamEvent } from "../core/ports.ts";
import { asText, type Fields } from "./shape.ts";

/**
 * The words for an end, of every vendor and of the proxies that mix them, in lower case with underscores. One table: a proxy that
 * speaks one vendor's format passes on the words of another.
 */
const REASONS: Readonly<Record<FinishReason, readonly string[]>> = {
  stop: [
    "stop", // OpenAI, Gemini, Ollama
    "end_turn", // Anthropic
    "stop_sequence", // Anthropic
    "eos", // Together
    "eos_token", // Text Generation Inference
    "end",
    "complete", // Cohere
    "completed",
    "finished",
    "finish",
    "done",
    "message_stop",
  ],
  length: [
    "length",
    "max_tokens", // Anthropic, Gemini
    "max_output_tokens",
    "max_completion_tokens",
    "max_length",
    "model_length", // Mistral
    "model_context_window_exceeded", // Anthropic
    "continuation", // Gemini: the limit of one request; see automaticContinuation
    "incomplete",
    "pause_turn", // Anthropic: paused, and not complete
  ],
  content_filter: [
    "content_filter",
    "content_filtered", // Bedrock
    "guardrail_intervened", // Bedrock
    "safety", // Gemini
    "recitation", // Gemini
    "blocklist", // Gemini
    "prohibited_content", // Gemini
    "spii", // Gemini
    "model_armor", // Vertex
    "sensitive", // Zhipu
  ],
  refusal: ["refusal"],
  other: [],
};

const KNOWN: ReadonlyMap<string, FinishReason> = new Map(
  (Object.keys(REASONS) as FinishReason[]).flatMap((reason) => REASONS[reason].map((word) => [word, reason] as const)),
);

/** The event of a finish in the vendor's word for it. */
export function finishEvent(raw: string): StreamEvent & { readonly type: "finish" } {
  const word = raw
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/^finish_reason_/, "");
  return { type: "finish", reason: KNOWN.get(word) ?? "other", raw };
}

/** The finish reason of a choice, candidate or delta under any of its names; empty when there is none. */
export function finishIn(fields: Fields): string {
  for (const key of ["finish_reason", "finishReason", "stop_reason", "stopReason"]) {
    const raw = asText(fields[key]);
    if (raw !== "") return raw;
  }
  return "";
}
