import type { MediaFile } from "../core/media.ts";
import type { ModelCall, StreamEvent } from "../core/ports.ts";
import type { ChunkReader } from "./adapter.ts";
import { finishEvent, finishIn } from "./finish.ts";
import { asFields, asList, asText, fieldsIn, type Fields } from "./shape.ts";
import { usageEvents } from "./usage.ts";

/** `prompt_tokens` includes cached and cache-written tokens, `completion_tokens` includes reasoning. */
const FORM = { inputHasCache: true, outputHasReasoning: true };

/**
 * The chunks of chat completions, as OpenAI, Together and the local servers send them, and the one body of those that do not stream.
 * Before the finish a count of usage may be a running one (vLLM can send one with every chunk); a chunk without choices has the last.
 */
export function chatReader(): ChunkReader {
  const firstAnswer = answerPicker();
  let refused = false;
  let finished = false;
  return (chunk) => {
    const fields = asFields(chunk);
    if (fields === null) return null;
    const choices = asList(fields["choices"]);
    const choice = firstAnswer(choices.map(asFields).filter((one) => one !== null));
    const counted =
      asFields(fields["usage"]) ?? asFields(choice["usage"]) ?? asFields(fieldsIn(fields, "x_groq")["usage"]);
    if (!Array.isArray(fields["choices"]) && counted === null) return null;
    const said = asFields(choice["delta"]) ?? fieldsIn(choice, "message");
    // OpenAI declines in a field of its own and then finishes with "stop".
    refused ||= asText(said["refusal"]) !== "";
    const raw = finishIn(choice);
    finished ||= raw !== "";
    return [
      ...tierEvents(fields["service_tier"]),
      ...textEvents(said),
      ...(counted === null ? [] : usageEvents(counted, FORM, finished || choices.length === 0)),
      ...(raw === "" ? [] : [finishOf(raw, refused)]),
    ];
  };
}

/** The tier that a call is served at, where the vendor names one: OpenAI with each chunk. */
export function tierEvents(tier: unknown): readonly StreamEvent[] {
  const name = asText(tier).toLowerCase();
  return name === "" ? [] : [{ type: "tier", tier: name === "flex" ? "flex" : "standard" }];
}

/** One answer is asked for; of an endpoint that sends several, the first one counts: their pieces do not mix. */
function answerPicker(): (choices: readonly Fields[]) => Fields {
  let picked: number | null = null;
  return (choices) => {
    const indexed = choices.find(({ index }) => typeof index === "number")?.["index"];
    if (typeof indexed === "number") picked ??= indexed;
    return choices.find(({ index }) => typeof index !== "number" || index === picked) ?? {};
  };
}

function textEvents(said: Fields): readonly StreamEvent[] {
  // `reasoning` at Together, Ollama and newer vLLM; `reasoning_content` at DeepSeek, llama.cpp and older vLLM.
  const reasoning = asText(said["reasoning"]) || asText(said["reasoning_content"]);
  return [
    ...(reasoning === "" ? [] : [{ type: "reasoning", text: reasoning } as const]),
    ...contentEvents(said["content"]),
  ];
}

/** A text, or a list of parts (Mistral), of which some are thinking. */
function contentEvents(content: unknown): readonly StreamEvent[] {
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", text: content }];
  return asList(content).flatMap((part): readonly StreamEvent[] => {
    const fields = asFields(part);
    const text = asText(fields?.["text"]);
    if (text !== "") return [{ type: "text", text }];
    return contentEvents(fields?.["thinking"]).map((event) => ({ ...event, type: "reasoning" }) as StreamEvent);
  });
}

function finishOf(raw: string, refused: boolean): StreamEvent {
  const finish = finishEvent(raw);
  return refused && finish.reason === "stop" ? { type: "finish", reason: "refusal", raw: "refusal" } : finish;
}

/** Parts of a message that stand for images and PDF. */
type MediaPart =
  | { type: "image_url"; image_url: { url: string; detail?: "high" } }
  | { type: "file"; file: { filename: string; file_data: string } };

type ChatMessage<Part> =
  | { role: "system"; content: string }
  | { role: "user"; content: string | (Part | { type: "text"; text: string })[] };

/** System text in the vendor's system message, everything else in one user message: images and PDF first, then the text. */
export function chatMessages<Part extends MediaPart>(
  { system, user, media = [] }: ModelCall,
  partOf: (file: MediaFile) => Part,
): ChatMessage<Part>[] {
  const content = media.length === 0 ? user : [...media.map(partOf), { type: "text" as const, text: user }];
  return [...(system === null ? [] : [{ role: "system" as const, content: system }]), { role: "user", content }];
}

/** An image or PDF at OpenAI. Without `detail` current models bill an image by all of its pixels. */
export function openaiPart(file: MediaFile): MediaPart {
  const url = dataUrl(file);
  return file.kind === "image"
    ? { type: "image_url", image_url: { url, detail: "high" } }
    : { type: "file", file: { filename: file.name, file_data: url } };
}

export function dataUrl({ type, base64 }: MediaFile): string {
  return `data:${type};base64,${base64}`;
}

/** The schema of the answer, as chat completions take it. */
export function responseFormat({ answerSchema }: ModelCall) {
  if (answerSchema === undefined) return {};
  const { schema, isStrict } = answerSchema;
  const format = { name: "answer", schema: { ...schema }, strict: isStrict };
  return { response_format: { type: "json_schema" as const, json_schema: format } };
}
