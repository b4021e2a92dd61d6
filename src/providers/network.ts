import type { ErrorKind, ProviderError } from "../core/errors.ts";
import { trouble, type Endpoint } from "./endpoint.ts";

/** What Node's sockets, its TLS, its name resolution and its fetch (undici) can report, and whether the request can have left. */
interface NetworkErrorMeaning {
  readonly kind: ErrorKind;
  readonly unsent: boolean;
  readonly about: string;
}

const UNREACHED = (about: string): NetworkErrorMeaning => ({ kind: "network", unsent: true, about });
const BROKEN = (about: string): NetworkErrorMeaning => ({ kind: "network", unsent: false, about });
const GARBLED = (about: string): NetworkErrorMeaning => ({ kind: "invalid_response", unsent: false, about });

const MEANINGS: ReadonlyMap<string, NetworkErrorMeaning> = new Map([
  ["ECONNREFUSED", UNREACHED("refused the connection")],
  ["ENOTFOUND", UNREACHED("has an unknown host name")],
  ["EAI_AGAIN", UNREACHED("has a host name that could not be looked up")],
  ["EHOSTUNREACH", UNREACHED("cannot be reached")],
  ["ENETUNREACH", UNREACHED("cannot be reached: no network")],
  ["EADDRNOTAVAIL", UNREACHED("cannot be reached: no free local port")],
  ["UND_ERR_CONNECT_TIMEOUT", UNREACHED("did not take the connection in time")],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", UNREACHED("has a self-signed certificate")],
  ["SELF_SIGNED_CERT_IN_CHAIN", UNREACHED("has a self-signed certificate in its chain")],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", UNREACHED("has a certificate that cannot be verified")],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", UNREACHED("has a certificate of an unknown issuer")],
  ["CERT_HAS_EXPIRED", UNREACHED("has an expired certificate")],
  ["ERR_TLS_CERT_ALTNAME_INVALID", UNREACHED("has a certificate for another host")],
  ["ERR_SSL_WRONG_VERSION_NUMBER", UNREACHED("does not speak TLS on that port")],
  ["ERR_SSL_PACKET_LENGTH_TOO_LONG", UNREACHED("does not speak TLS on that port")],
  ["ECONNRESET", BROKEN("reset the connection")],
  ["EPIPE", BROKEN("closed the connection")],
  ["ETIMEDOUT", BROKEN("stopped answering on the connection")],
  ["EPROTO", BROKEN("broke the TLS protocol")],
  ["UND_ERR_SOCKET", BROKEN("closed the connection")],
  ["UND_ERR_RES_CONTENT_LENGTH_MISMATCH", BROKEN("closed the connection too early")],
  // Not while undici's time-outs are off.
  ["UND_ERR_HEADERS_TIMEOUT", { kind: "timeout", unsent: false, about: "sent no headers" }],
  ["UND_ERR_BODY_TIMEOUT", { kind: "timeout", unsent: false, about: "fell silent" }],
  ["UND_ERR_HEADERS_OVERFLOW", GARBLED("sent too many headers")],
  ["Z_DATA_ERROR", GARBLED("sent a body that cannot be decompressed")],
  ["Z_BUF_ERROR", GARBLED("sent a body that cannot be decompressed")],
]);

/** undici tells why a proxy let nothing through by text alone. */
const PROXY_REFUSED = /^Proxy response \((\d{3})\)|^Proxy Authentication Required \((\d{3})\)/;

/**
 * The meaning of the first error in the chain that comes from the network; `null` when none does. `proxy`: the host and port that the
 * call went through, if any.
 */
export function networkError(
  endpoint: Endpoint,
  chain: readonly Error[],
  proxy: string | null = null,
): ProviderError | null {
  const way = proxy === null ? "" : ` (through the proxy ${proxy})`;
  for (const error of chain) {
    const [, tunnel, plain] = PROXY_REFUSED.exec(error.message) ?? [];
    const refused = tunnel ?? plain;
    if (refused !== undefined) {
      const about = `cannot be reached: the proxy ${proxy ?? ""} answered ${refused}`;
      return trouble(endpoint, "network", about, { unsent: true });
    }
    const code = codeOf(error);
    const meaning = MEANINGS.get(code) ?? byFamily(code) ?? byName(error);
    if (meaning !== null) {
      const about = `${meaning.about}${code === "" ? "" : ` (${code})`}${way}`;
      return trouble(endpoint, meaning.kind, about, { unsent: meaning.unsent });
    }
  }
  return null;
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

function byFamily(code: string): NetworkErrorMeaning | null {
  if (code.startsWith("CERT_")) return UNREACHED("has a certificate that is not accepted");
  if (code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_")) return BROKEN("failed in TLS");
  if (code.startsWith("UND_ERR_") || /^E[A-Z]+$/.test(code)) return BROKEN("failed on the connection");
  return null;
}

/** What carries no code. undici's parser of HTTP/1.1 has a class of its own; fetch tells its two failures by text alone. */
function byName(error: Error): NetworkErrorMeaning | null {
  if (error.name === "HTTPParserError") return GARBLED("does not speak HTTP");
  // The cause, if any, comes later in the chain and knows more.
  if (error.cause instanceof Error || !(error instanceof TypeError)) return null;
  return error.message === "terminated" || error.message === "fetch failed" ? BROKEN("broke off") : null;
}
