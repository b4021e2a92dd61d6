import type { ErrorKind, ProviderError } from "../core/errors.ts";
import { trouble, type Endpoint } from "./endpoint.ts";
import { networkError } from "./network.ts";
import { retryAfterOf } from "./retry-after.ts";
import { asFields, asJson, asList, asText, fieldsIn, type Fields } from "./shape.ts";

/** Codes that say more than the status does. Lower case; which vendor sends them stands beside them. */
const TELLING_CODES: ReadonlyMap<string, ErrorKind> = new Map([
  ["insufficient_quota", "quota"], // OpenAI, 429
  ["billing_hard_limit_reached", "quota"], // OpenAI, 400
  ["billing_not_active", "quota"], // OpenAI, 429
  ["billing_error", "quota"], // Anthropic, 402
  ["contract_spend_limit_reached", "quota"], // Anthropic, 429
  ["enforced_spend_limit_reached", "quota"], // Anthropic, 429
  ["linked_organization_spend_limit_reached", "quota"], // Anthropic, 402
  ["credit_limit", "quota"], // Together, 402
  ["context_length_exceeded", "context_length"], // OpenAI, 400
  ["exceed_context_size_error", "context_length"], // llama.cpp, 400
  ["request_too_large", "context_length"], // Anthropic, 413
  ["content_policy_violation", "content_filter"], // OpenAI, 400
  ["content_filter", "content_filter"], // OpenAI on Azure, 400
  ["invalid_prompt", "content_filter"], // OpenAI, 400: the prompt was flagged
  ["invalid_api_key", "auth"], // OpenAI and Together, 401
  ["api_key_invalid", "auth"], // Gemini, 400
  ["model_not_found", "bad_request"], // OpenAI, 404, and 403 where a project may not use the model
  ["deploymentnotfound", "bad_request"], // Azure, 404
]);

/** Codes and texts of a model that is not there; which vendor sends them stands beside them. */
const MISSING_CODES: ReadonlySet<string> = new Set([
  "model_not_found", // OpenAI
  "model_not_available", // Together
  "deploymentnotfound", // Azure
]);
const MISSING_TEXTS: readonly RegExp[] = [
  // Ollama, vLLM, Gemini, Vertex, LM Studio: "model "x" not found", "The model `x` does not exist", "models/x is not found for API …"
  /\bmodels?\b.{0,200}(?:not found|not exist|not be found|no longer available)/i,
  /not a valid model|model identifier is invalid|no such model|unknown model/i, // OpenRouter, Bedrock
  /^model: \S+$/i, // Anthropic
];

/** Codes for errors within a stream, which carry no status. */
const PLAIN_CODES: ReadonlyMap<string, ErrorKind> = new Map([
  ["authentication_error", "auth"],
  ["permission_error", "auth"],
  ["unauthenticated", "auth"],
  ["permission_denied", "auth"],
  ["rate_limit_error", "rate_limit"],
  ["rate_limit_exceeded", "rate_limit"],
  ["model_rate_limit", "rate_limit"],
  ["resource_exhausted", "rate_limit"],
  ["overloaded_error", "overloaded"],
  ["api_error", "overloaded"],
  ["timeout_error", "overloaded"],
  ["server_error", "overloaded"],
  ["internal_error", "overloaded"],
  ["internal", "overloaded"],
  ["unavailable", "overloaded"],
  ["service_unavailable", "overloaded"],
  ["deadline_exceeded", "overloaded"],
  ["invalid_request_error", "bad_request"],
  ["not_found_error", "bad_request"],
  ["invalid_argument", "bad_request"],
  ["failed_precondition", "bad_request"],
  ["not_found", "bad_request"],
  // Bedrock, in its event stream
  ["throttlingexception", "rate_limit"],
  ["accessdeniedexception", "auth"],
  ["validationexception", "bad_request"],
  ["internalserverexception", "overloaded"],
  ["serviceunavailableexception", "overloaded"],
  ["modelstreamerrorexception", "overloaded"],
  ["modeltimeoutexception", "overloaded"],
]);

const STATUSES: ReadonlyMap<number, ErrorKind> = new Map([
  [401, "auth"],
  [402, "quota"],
  [403, "auth"],
  [408, "timeout"],
  [413, "context_length"],
  [429, "rate_limit"],
]);

/**
 * Only where the vendor sends nothing but "invalid request" is the text read: no code exists for these.
 * Anthropic: "prompt is too long: …", "input length and `max_tokens` exceed context limit", "Your credit balance is too low …",
 * "Output blocked by content filtering policy". Gemini: "The input token count (…) exceeds the maximum …". Together and vLLM:
 * "This model's maximum context length is …", "`inputs` tokens + `max_new_tokens` must be <= …". LM Studio: "Trying to keep the first 4689
 * tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens".
 */
const TEXTS: readonly (readonly [RegExp, ErrorKind])[] = [
  [/prompt is too long|exceeds? (?:the )?context (?:limit|length|window|size)/i, "context_length"],
  [/input token count.{0,60}exceeds|maximum context length|`max_new_tokens` must be <=/i, "context_length"],
  // LM Studio, which loads a model with a window of its own.
  [/context (?:length|the overflows)|n_ctx\b|exceeds the available context/i, "context_length"],
  [/credit balance is too low|specified API usage limits/i, "quota"],
  [/blocked by content filtering policy/i, "content_filter"],
];

/** An endpoint's text is read so far for what it means. */
const MOST_READ_CHARS = 4000;

/**
 * An error that the vendor sent, with its HTTP status or, within a stream, without. `body`: text or parsed JSON. `url`: the address
 * that was asked, which is told where nothing was found there.
 */
export function vendorError(
  endpoint: Endpoint,
  status: number | null,
  body: unknown,
  headers: Headers | null = null,
  url: string | null = null,
): ProviderError {
  const error = errorIn(body);
  const statusOrCode = status ?? statusIn(error);
  const message = messageIn(error, body);
  const details = statusOrCode === null ? {} : { status: statusOrCode };
  const page = typeof body === "string" && body.trimStart().startsWith("<");
  if (status === 403 && page) {
    // Not the vendor: it answers in JSON. What stands before it let nothing through.
    const about = `answered 403 with a web page${titleOf(body)}, not as an API: a firewall or a proxy stands between`;
    return trouble(endpoint, "network", about, { ...details, unsent: true });
  }
  const kind = kindOf(error, statusOrCode, message);
  const retryAfterMs = retryAfterOf(headers, asList(error["details"]));
  const missing = kind === "bad_request" && isMissing(error, statusOrCode, message);
  const where = status === 404 && url !== null ? ` (asked ${url})` : "";
  const reason = missing
    ? "has no such model: "
    : status === 403 && REGION.test(message.slice(0, MOST_READ_CHARS))
      ? "does not serve this region: "
      : "";
  return trouble(
    endpoint,
    kind,
    `${status === null ? "broke off" : `answered ${status}${where}`}: ${reason}${message}`,
    {
      ...details,
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
      ...(missing ? { modelMissing: true } : {}),
    },
  );
}

const REGION =
  /unsupported_country|\b(?:country|region|territory|location)\b.{0,80}not (?:supported|available|allowed)/i;

/** Whether an answer says that the model is not there, and not that its address is wrong. */
export function isModelMissing({ status, body }: { readonly status: number; readonly body: string }): boolean {
  const error = errorIn(body);
  return isMissing(error, status, messageIn(error, body));
}

function isMissing(error: Fields, status: number | null, message: string): boolean {
  if (codesIn(error).some((code) => MISSING_CODES.has(code))) return true;
  if (status !== 404 && status !== 400) return false;
  return MISSING_TEXTS.some((text) => text.test(message.slice(0, MOST_READ_CHARS)));
}

/** The title of a web page, as it says best who sent it. */
function titleOf(page: string): string {
  const start = page.slice(0, MOST_READ_CHARS);
  const from = start.search(/<title>/i);
  if (from === -1) return "";
  const title =
    start
      .slice(from + "<title>".length)
      .split("<", 1)[0]
      ?.trim() ?? "";
  return title === "" ? "" : ` ("${title.slice(0, 80)}")`;
}

function kindOf(error: Fields, status: number | null, message: string): ErrorKind {
  const codes = codesIn(error);
  const telling = firstKnown(TELLING_CODES, codes) ?? (isDailyQuota(error) ? "quota" : undefined);
  const kind = telling ?? ofStatus(status) ?? firstKnown(PLAIN_CODES, codes) ?? "invalid_response";
  if (kind !== "bad_request") return kind;
  return TEXTS.find(([text]) => text.test(message.slice(0, MOST_READ_CHARS)))?.[1] ?? kind;
}

function ofStatus(status: number | null): ErrorKind | undefined {
  if (status === null) return undefined;
  const kind = STATUSES.get(status);
  if (kind !== undefined) return kind;
  if (status >= 500) return "overloaded";
  return status >= 400 ? "bad_request" : undefined;
}

/** OpenAI's `code` and `type`, Anthropic's `type` and `details.error_code`, Gemini's `status` and `details[].reason`. */
function codesIn(error: Fields): readonly string[] {
  const reasons = asList(error["details"]).map((detail) => asFields(detail)?.["reason"]);
  const codes = [error["code"], error["type"], error["status"], fieldsIn(error, "details")["error_code"], ...reasons];
  return codes.map((code) => asText(code).toLowerCase());
}

function firstKnown(table: ReadonlyMap<string, ErrorKind>, codes: readonly string[]): ErrorKind | undefined {
  return codes.map((code) => table.get(code)).find((kind) => kind !== undefined);
}

/** Gemini tells a used-up day from a busy minute only by the name of the quota: "GenerateRequestsPerDay…". */
function isDailyQuota(error: Fields): boolean {
  return asList(error["details"])
    .flatMap((detail) => asList(asFields(detail)?.["violations"]))
    .some((violation) => asText(asFields(violation)?.["quotaId"]).includes("PerDay"));
}

/** The error object: under `error`, or the body itself (vLLM), or the first of a list (Gemini). */
function errorIn(body: unknown): Fields {
  const parsed = typeof body === "string" ? asJson(body) : body;
  const whole = asFields(Array.isArray(parsed) ? parsed[0] : parsed) ?? {};
  // Inner objects first: Anthropic's streamed errors come as {type: "error", error: {…}}.
  return asFields(whole["error"]) ?? whole;
}

function statusIn(error: Fields): number | null {
  const code = error["code"];
  return typeof code === "number" && Number.isInteger(code) && code >= 400 && code < 600 ? code : null;
}

function messageIn(error: Fields, body: unknown): string {
  for (const key of ["message", "error", "detail"]) {
    const text = asText(error[key]).trim();
    if (text !== "") return text;
  }
  const text = typeof body === "string" ? body.trim() : (JSON.stringify(body) ?? "");
  if (text === "") return "(no message)";
  return text.startsWith("<") ? "(an HTML page)" : text;
}

/** An error event that an adapter read out of the stream itself; `error` is its JSON. The SDKs' own errors look alike. */
export class StreamedError extends Error {
  override readonly name = "StreamedError";
  readonly error: unknown;

  constructor(error: unknown) {
    super("an error event in the stream");
    this.error = error;
  }
}

/** What the transport throws through an SDK, which may wrap it. Its message is fixed: SDKs read messages to guess time-outs. */
export class TransportFailure extends Error {
  override readonly name = "TransportFailure";
  readonly failure: ProviderError;

  constructor(failure: ProviderError) {
    super("the transport failed");
    this.failure = failure;
  }
}

/**
 * Whatever an SDK threw, as a `ProviderError`. `phase`: before the response was there, or while it was read. Everything that
 * comes over HTTP or from the network passes our transport first, so the SDKs' own classes matter only within a stream:
 * `APIError.error` of the Anthropic, OpenAI and Together SDKs, `ApiError` of `@google/genai` with the JSON in its message.
 */
export function asProviderError(endpoint: Endpoint, error: unknown, phase: "opening" | "reading"): ProviderError {
  const chain = [...causes(error)];
  const passed = chain.find((each) => each instanceof TransportFailure);
  if (passed !== undefined) return passed.failure;
  const streamed = streamedIn(error);
  if (streamed !== null) return vendorError(endpoint, null, streamed);
  const network = networkError(endpoint, chain);
  if (network !== null) return network;
  const message = error instanceof Error ? error.message : String(error);
  if (phase === "opening") {
    // The SDK would not even send it: a base URL that is none, a parameter that it rejects, a package that is not there.
    return trouble(endpoint, "bad_request", `could not be called: ${message}`);
  }
  return trouble(endpoint, "invalid_response", `sent what cannot be read: ${message}`);
}

function streamedIn(error: unknown): unknown {
  if (!(error instanceof Error)) return null;
  if (error instanceof StreamedError) return error.error;
  if (error.name === "ApiError") return asJson(error.message.slice(error.message.indexOf("{"))) ?? error.message;
  return "error" in error && error.error !== undefined ? error.error : null;
}

/** The error and what caused it, outermost first. */
export function* causes(error: unknown): Generator<Error> {
  let left: unknown[] = [error];
  for (let seen = 0; left.length > 0 && seen < 20; seen += 1) {
    const next = left.shift();
    if (!(next instanceof Error)) continue;
    yield next;
    left = [...left, next.cause, ...(next instanceof AggregateError ? (next.errors as unknown[]) : [])];
  }
}
