import { isProviderError } from "../core/errors.ts";
import type { KeyHeader } from "./adapter.ts";
import { withVersion } from "./base-url.ts";
import { exchangeThrough, proxyOf } from "./dispatcher.ts";
import { trouble, type Endpoint } from "./endpoint.ts";
import { causes, isModelMissing, TransportFailure } from "./errors.ts";
import { networkError } from "./network.ts";
import { refusedParameter, wholeBody, wholeUrl, withoutParameter } from "./parameters.ts";
import { asFields, asJson, asText, type Fields } from "./shape.ts";
import type { WireAnswer, WireBody } from "./wire-answer.ts";

/** Of an error's body. More says nothing that fits into a message. */
const MOST_ERROR_BYTES = 64 * 1024;

/** What may leave. `ANTHROPIC_CUSTOM_HEADERS` and its like, which the SDKs read by themselves, stay here. */
const HEADERS_SENT =
  /^(?:accept|content-type|user-agent|anthropic-version|anthropic-beta|x-goog-api-client|x-stainless-.+)$/;
/** And of a request that its SDK has signed. */
const HEADERS_SIGNED = /^(?:authorization|x-amz-.+|x-amzn-.+)$/;

/** How often one call goes out at most: once more for each thing of ours that the endpoint does not know. Such an answer costs nothing. */
const MOST_SENDS = 4;

/** An answer that is none: its status, with the start of its body. */
export interface RefusedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** The address that was asked, without its query. */
  readonly url: string;
}

export type Sent =
  | { readonly ok: true; readonly response: WireAnswer }
  | { readonly ok: false; readonly refused: RefusedAnswer };

type Send = (input: string | URL | Request, init?: RequestInit) => Promise<Sent>;

/** How requests to one endpoint go out. */
export interface Way {
  readonly endpoint: Endpoint;
  readonly keyHeader: KeyHeader;
  /** Its SDK signs requests where there is no key. */
  readonly signs: boolean;
}

/**
 * Sends a request with the key, the headers and the parameters of the endpoint, through its proxy, and never follows a redirect: the
 * key would go along. An endpoint that does not know a parameter of ours is asked again without it, within the same call; what helped
 * is remembered for the process. Rejects with a `TransportFailure`, or with the abort.
 */
export function sender(way: Way): Send {
  const { endpoint } = way;
  const learned = new Map<string, readonly ((body: Fields) => Fields)[]>();
  let versioned = false;
  return async (input, init) => {
    let url = new URL(input instanceof Request ? input.url : input);
    const key = await readKey(endpoint, init?.signal);
    const signed = way.signs && key === null;
    let body = signed ? null : asFields(asJson(asText(init?.body)));
    if (body !== null && !endpoint.stream) {
      body = wholeBody(body);
      url = wholeUrl(url);
    }
    const about = `${url.href} ${asText(body?.["model"])}`;
    if (body !== null) body = (learned.get(about) ?? []).reduce((left, change) => change(left), body);
    if (versioned) url = withVersion(url, endpoint.baseUrl) ?? url;
    const changes: ((body: Fields) => Fields)[] = [];
    let first: RefusedAnswer | null = null;
    for (let sends = 1; ; sends += 1) {
      const text = body === null ? init?.body : JSON.stringify(body);
      const response = await sendOnce(
        url,
        { ...init, ...(text === undefined ? {} : { body: text }) },
        key,
        signed,
        way,
      );
      if (response.status < 400) {
        if (changes.length > 0) learned.set(about, [...(learned.get(about) ?? []), ...changes]);
        if (first !== null) versioned = true;
        return response.status < 300 ? { ok: true, response } : { ok: false, refused: await refusedBy(response, url) };
      }
      const refused = await refusedBy(response, url);
      if (refused.status === 401 || refused.status === 403) endpoint.key.refused();
      if (sends === MOST_SENDS) return { ok: false, refused };
      const other =
        refused.status === 404 && first === null && !isModelMissing(refused)
          ? withVersion(url, endpoint.baseUrl)
          : null;
      if (other !== null) {
        first = refused;
        url = other;
        continue;
      }
      const parameter =
        body === null ? null : refusedParameter(refused.status, refused.body, body, endpoint.configured);
      if (body === null || parameter === null) {
        // Of two addresses that are not there the one that was given is told.
        const wasGiven = first !== null && refused.status === 404 && !isModelMissing(refused);
        return { ok: false, refused: wasGiven && first !== null ? first : refused };
      }
      const change = (left: Fields): Fields => withoutParameter(left, parameter);
      changes.push(change);
      body = change(body);
    }
  };
}

async function readKey(endpoint: Endpoint, signal: AbortSignal | null | undefined): Promise<string | null> {
  try {
    return await endpoint.key.read(signal);
  } catch (error) {
    throw isProviderError(error) ? new TransportFailure(error) : error;
  }
}

async function sendOnce(
  url: URL,
  init: RequestInit,
  key: string | null,
  signed: boolean,
  { endpoint, keyHeader }: Way,
): Promise<WireAnswer> {
  const headers = new Headers();
  for (const [name, value] of new Headers(init.headers)) {
    if (HEADERS_SENT.test(name) || (signed && HEADERS_SIGNED.test(name))) headers.set(name, value);
  }
  // A token of Microsoft Entra goes where tokens go.
  const isToken = keyHeader === "authorization" || (keyHeader === "api-key" && key?.startsWith("eyJ") === true);
  if (key !== null) headers.set(isToken ? "authorization" : keyHeader, isToken ? `Bearer ${key}` : key);
  for (const [name, value] of Object.entries(endpoint.headers)) headers.set(name, value);
  try {
    const { method = "GET", body = null, signal = null } = init;
    return await exchangeThrough(endpoint.proxy)(url, { method, headers, body: bytesOf(body), signal });
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    const proxy = proxyOf(url, endpoint.proxy);
    const network = networkError(endpoint, [...causes(error)], proxy);
    // Not known to be harmless, so the request may have left.
    throw new TransportFailure(network ?? trouble(endpoint, "network", `failed on the connection: ${String(error)}`));
  }
}

/** What the SDKs send: text, or bytes. */
function bytesOf(body: RequestInit["body"]): string | Uint8Array | null {
  if (body === null || typeof body === "string" || body instanceof Uint8Array) return body ?? null;
  throw new TypeError("the body of a request is neither text nor bytes");
}

/** An answer without success, as far as it is told and judged by. */
async function refusedBy({ status, headers, body }: WireAnswer, url: URL): Promise<RefusedAnswer> {
  return { status, headers, body: await startOf(body), url: `${url.origin}${url.pathname}` };
}

/** The start of a body; what came of it when it breaks off. */
async function startOf(body: WireBody): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for await (const piece of body) {
      bytes += piece.byteLength;
      text += decoder.decode(piece, { stream: true });
      if (bytes >= MOST_ERROR_BYTES) break;
    }
  } catch {
    // The status is what counts; the text is only for the message.
  }
  return text;
}
