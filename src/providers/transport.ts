import type { ProviderError } from "../core/errors.ts";
import { bounded } from "./bounded.ts";
import { trouble, type Endpoint } from "./endpoint.ts";
import { TransportFailure, vendorError } from "./errors.ts";
import { eventStream, readable } from "./event-stream.ts";
import { sender, type RefusedAnswer, type Way } from "./send.ts";
import { callWire, openingCall, type CallWire } from "./wire.ts";
import type { WireAnswer } from "./wire-answer.ts";

/**
 * The `fetch` that every SDK is given. What the SDKs treat differently, or let pass, is decided here once: HTTP errors with all of
 * their headers, bodies that are no stream, and streams that do not end.
 * Rejects with a `TransportFailure`, or with the abort.
 */
export function transport(way: Way): typeof fetch {
  const { endpoint } = way;
  const send = sender(way);
  return async (input, init) => {
    const sent = await send(input, init);
    if (!sent.ok) throw new TransportFailure(refusal(endpoint, sent.refused));
    return answerOf(endpoint, sent.response, openingCall.getStore());
  };
}

/** By HTTP they have no body, and `Response` takes none with them. */
const EMPTY_STATUSES: ReadonlySet<number> = new Set([204, 205]);
const BINARY_STREAM = "application/vnd.amazon.eventstream";

/** The answer with its body as every SDK can read it, within the bounds of its call. */
function answerOf(
  endpoint: Endpoint,
  { status, headers, body }: WireAnswer,
  wire: CallWire = callWire(Number.POSITIVE_INFINITY, () => {}),
): Response {
  const fail = (message: string): Error =>
    new TransportFailure(trouble(endpoint, "invalid_response", message, { status }));
  if (EMPTY_STATUSES.has(status)) {
    body.destroy();
    throw fail(`answered ${status} with an empty body where a stream was due`);
  }
  const contentType = headers.get("content-type") ?? "a body without a type";
  const bytes = bounded(body, { ...wire, fail: (reason) => fail(`sent ${reason}`) });
  // AWS frames its streams in binary; its SDK reads them.
  if (contentType.startsWith(BINARY_STREAM)) return new Response(readable(bytes, bytes), { status, headers });
  const events = eventStream(bytes, {
    contentType,
    onTerminator: () => {
      wire.isTerminated = true;
    },
    unreadable: (what) => fail(`answered ${status} with ${what} where a stream was due`),
    sentError: (error) => new TransportFailure(vendorError(endpoint, null, error, headers)),
  });
  return new Response(events, { status, headers });
}

/** What an answer with a status that is no success comes to. */
export function refusal(endpoint: Endpoint, refused: RefusedAnswer): ProviderError {
  const { status, headers, body, url } = refused;
  if (status >= 400) return vendorError(endpoint, status, body, headers, url);
  const place = headers.get("location") ?? "elsewhere";
  return trouble(endpoint, "invalid_response", `answered ${status}: redirects to ${place}`, { status });
}
