import type { ProviderError } from "../core/errors.ts";
import { bounded } from "./bounded.ts";
import { trouble, type Endpoint } from "./endpoint.ts";
import { eventStream } from "./event-stream.ts";
import { causes, TransportFailure, vendorError } from "./errors.ts";
import { networkError } from "./network.ts";
import { callWire, openingCall, type CallWire } from "./wire.ts";

export type KeyHeader = "authorization" | "x-goog-api-key";

/** Of an error's body. More says nothing that fits into a message. */
const MOST_ERROR_BYTES = 64 * 1024;

/** What may leave. `ANTHROPIC_CUSTOM_HEADERS` and its like, which the SDKs read by themselves, stay here. */
const HEADERS_SENT =
  /^(?:accept|authorization|content-type|user-agent|anthropic-version|anthropic-beta|x-goog-api-key|x-goog-api-client|x-stainless-.+)$/;

/**
 * The `fetch` that every SDK is given. What the SDKs treat differently, or let pass, is decided here once: the key that is sent,
 * redirects (never followed: the key would go along), HTTP errors with all of their headers, bodies that are no stream, and
 * streams that do not end.
 * Rejects with a `TransportFailure`, or with the abort.
 */
export function transport(endpoint: Endpoint, keyHeader: KeyHeader): typeof fetch {
  return async (input, init) => {
    const headers = new Headers();
    for (const [name, value] of new Headers(init?.headers)) if (HEADERS_SENT.test(name)) headers.set(name, value);
    authorize(headers, keyHeader, endpoint.apiKey);
    let response: Response;
    try {
      response = await fetch(input, { ...init, headers, redirect: "manual" });
    } catch (error) {
      if (init?.signal?.aborted === true) throw error;
      throw new TransportFailure(networkError(endpoint, [...causes(error)]) ?? unknownFailure(endpoint, error));
    }
    if (response.ok && response.body !== null)
      return answerOf(endpoint, response, response.body, openingCall.getStore());
    throw new TransportFailure(await refusal(endpoint, response));
  };
}

/** Not known to be harmless, so the request may have left. */
function unknownFailure(endpoint: Endpoint, error: unknown): ProviderError {
  return trouble(endpoint, "network", `failed on the connection: ${String(error)}`);
}

function authorize(headers: Headers, keyHeader: KeyHeader, apiKey: string | null): void {
  headers.delete("authorization");
  headers.delete("x-goog-api-key");
  if (apiKey !== null) headers.set(keyHeader, keyHeader === "authorization" ? `Bearer ${apiKey}` : apiKey);
}

const BINARY_STREAM = "application/vnd.amazon.eventstream";

/** The answer with its body as every SDK can read it, within the bounds of its call. */
function answerOf(
  endpoint: Endpoint,
  response: Response,
  body: ReadableStream<Uint8Array>,
  wire: CallWire = callWire(Number.POSITIVE_INFINITY, () => {}),
): Response {
  const { status, headers } = response;
  const fail = (message: string): Error =>
    new TransportFailure(trouble(endpoint, "invalid_response", message, { status }));
  const contentType = headers.get("content-type") ?? "a body without a type";
  const bytes = bounded(body, { ...wire, fail: (reason) => fail(`sent ${reason}`) });
  // AWS frames its streams in binary; its SDK reads them.
  if (contentType.startsWith(BINARY_STREAM)) return new Response(bytes, response);
  const events = eventStream(bytes, {
    contentType,
    onTerminator: () => {
      wire.isTerminated = true;
    },
    unreadable: (what) => fail(`answered ${status} with ${what} where a stream was due`),
    sentError: (error) => new TransportFailure(vendorError(endpoint, null, error, headers)),
  });
  return new Response(events, response);
}

async function refusal(endpoint: Endpoint, response: Response): Promise<ProviderError> {
  const { status, headers } = response;
  const body = await start(response);
  if (status >= 400) return vendorError(endpoint, status, body, headers);
  if (status >= 300) {
    const place = headers.get("location") ?? "elsewhere";
    return trouble(endpoint, "invalid_response", `answered ${status}: redirects to ${place}`, { status });
  }
  return trouble(endpoint, "invalid_response", `answered ${status} with an empty body where a stream was due`, {
    status,
  });
}

/** The start of the body; what came of it when it breaks off. */
async function start(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    while (bytes < MOST_ERROR_BYTES) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.byteLength;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // The status is what counts; the text is only for the message.
  }
  reader.cancel().catch(() => {});
  return text;
}
