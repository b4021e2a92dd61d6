import type { ProviderError } from "../core/errors.ts";
import { bounded } from "./bounded.ts";
import { trouble, type Endpoint } from "./endpoint.ts";
import { TransportFailure, vendorError } from "./errors.ts";
import { sender, start, type Refused, type Way } from "./send.ts";
import { asFields, asJson } from "./shape.ts";

/**
 * The `fetch` that every SDK is given. What the SDKs treat differently, or let pass, is decided here once: HTTP errors with all of
 * their headers, pages that are no stream, and streams that do not end.
 * Rejects with a `TransportFailure`, or with the abort.
 */
export function transport(way: Way): typeof fetch {
  const { endpoint } = way;
  const send = sender(way);
  return async (input, init) => {
    const sent = await send(input, init);
    if (!sent.ok) throw new TransportFailure(refusal(endpoint, sent.refused));
    const { response } = sent;
    if (response.body !== null && isStream(response)) {
      const fail = (reason: string): Error =>
        new TransportFailure(trouble(endpoint, "invalid_response", `sent ${reason}`, { status: response.status }));
      return new Response(bounded(response.body, fail), response);
    }
    throw new TransportFailure(await noStream(endpoint, response));
  };
}

/** Proxies mislabel streams, so only what is surely none is turned away: pages and plain JSON. */
function isStream(response: Response): boolean {
  const type = response.headers.get("content-type") ?? "";
  return response.ok && !/\b(?:html|json|xml)\b/i.test(type);
}

/** What an answer with a status that is no success comes to. */
export function refusal(endpoint: Endpoint, refused: Refused): ProviderError {
  const { status, headers, body, url } = refused;
  if (status >= 400) return vendorError(endpoint, status, body, headers, url);
  const place = headers.get("location") ?? "elsewhere";
  return trouble(endpoint, "invalid_response", `answered ${status}: redirects to ${place}`, { status });
}

async function noStream(endpoint: Endpoint, response: Response): Promise<ProviderError> {
  const { status, headers } = response;
  const body = await start(response);
  // An error that goes by 200, as some proxies send it.
  if (asFields(asFields(asJson(body))?.["error"]) !== null) return vendorError(endpoint, null, body, headers);
  const what = body === "" ? "an empty body" : (headers.get("content-type") ?? "a body without a type");
  return trouble(endpoint, "invalid_response", `answered ${status} with ${what} where a stream was due`, { status });
}
