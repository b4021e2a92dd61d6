import type { ProviderError } from "../core/errors.ts";
import { trouble } from "./endpoint.ts";
import { asProviderError } from "./errors.ts";
import { sender, type Way } from "./send.ts";
import { asFields, asJson, asList, asText } from "./shape.ts";
import { refusal } from "./transport.ts";
import type { WireAnswer } from "./wire-answer.ts";

/** Of a list. The longest, of some hundred models with all that is known of them, stay below. */
const MOST_LIST_CHARS = 8 * 1024 * 1024;

/** What came of asking for a list of models: their ids, `null` where there is none to read. */
export type ListedModels =
  | { readonly ok: true; readonly models: readonly string[] | null }
  | { readonly ok: false; readonly error: ProviderError };

/**
 * Asks for the models of a key, which costs nothing. `path`: behind the base URL; `null`: this kind has no list, so that only the key
 * itself is had. An endpoint that has no list, but is there, is fine.
 */
export async function listModels(way: Way, path: string | null, signal: AbortSignal): Promise<ListedModels> {
  const { endpoint } = way;
  try {
    if (path === null) {
      await endpoint.key.read(signal);
      return { ok: true, models: null };
    }
    const headers = { accept: "application/json", "anthropic-version": "2023-06-01" };
    const sent = await sender(way)(`${endpoint.baseUrl}${path}`, { method: "GET", headers, signal });
    if (sent.ok) return { ok: true, models: idsIn(await textOf(sent.response)) };
    const error = refusal(endpoint, sent.refused);
    const hasNoList = error.kind === "bad_request" && sent.refused.status !== 400;
    return hasNoList ? { ok: true, models: null } : { ok: false, error };
  } catch (error) {
    if (signal.aborted) return { ok: false, error: trouble(endpoint, "timeout", "did not answer in time") };
    return { ok: false, error: asProviderError(endpoint, error, "opening") };
  }
}

async function textOf({ body }: WireAnswer): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const part of body) {
    text += decoder.decode(part, { stream: true });
    if (text.length > MOST_LIST_CHARS) break;
  }
  return text;
}

/** OpenAI and Anthropic: `data[].id`; Together: a list; Gemini: `models[].name`, with "models/" before it. */
function idsIn(text: string): readonly string[] | null {
  const json = asJson(text);
  const fields = asFields(json);
  const list = Array.isArray(json) ? asList(json) : asList(fields?.["data"] ?? fields?.["models"]);
  const ids = list.map(
    (row) => asText(asFields(row)?.["id"]) || asText(asFields(row)?.["name"]).replace(/^models\//, ""),
  );
  // A page that goes on says nothing about what is missing.
  const goesOn = fields?.["has_more"] === true || asText(fields?.["nextPageToken"]) !== "";
  return ids.length === 0 || goesOn ? null : ids.filter((id) => id !== "");
}
