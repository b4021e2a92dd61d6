import type { IncomingMessage, ServerResponse } from "node:http";
import { localhostAllowedHostnames, localhostAllowedOrigins, validateOriginHeader } from "@modelcontextprotocol/server";
import { isAddress, isLoopback } from "../../core/loopback.ts";
import { refusal } from "./error-response.ts";

/** Where the server listens and under which other names it is known. */
export interface GuardOptions {
  /** The address it listens on. */
  readonly host: string;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
}

/** Letters of a host name or an address, and a port: a URL that is made of it has no other parts. */
const HOST = /^(?<name>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/iu;

/**
 * Refuses what a browser could be tricked into (DNS rebinding: a page whose name suddenly means this machine) and what makes
 * a proxy and this server read one request differently. `null`: nothing is wrong. Reads headers only.
 */
export function guardFrom(options: GuardOptions): (request: IncomingMessage) => Response | null {
  const hosts = new Set([...localhostAllowedHostnames(), options.host.toLowerCase(), ...options.allowedHosts]);
  // An address cannot be rebound: only names can.
  const isLocal = isLoopback(options.host);
  const knows = (name: string): boolean => hosts.has(name) || (!isLocal && isAddress(name));
  return (request) => {
    if (!request.url?.startsWith("/")) return refusal(400, "The request target must be a path");
    if (timesSent(request, "host") !== 1) return refusal(400, "Exactly one Host header is needed");
    const host = HOST.exec(request.headers.host ?? "")?.groups?.["name"]?.toLowerCase();
    // The name may be in order and the port be none: what is made a URL of later must be one.
    if (host === undefined || !URL.canParse(`http://${request.headers.host}`))
      return refusal(400, "The Host header is not a host name");
    if (!knows(host))
      return refusal(403, "This server is not known by that Host; see http.allowed_hosts in the config");
    if (timesSent(request, "authorization") > 1) return refusal(400, "More than one Authorization header");
    if (isOfOtherPage(request)) return refusal(403, "Pages of other sites may not use this server");
    if (isOriginAllowed(request.headers.origin, options.allowedOrigins)) return null;
    return refusal(403, "Pages of that Origin may not use this server; see http.allowed_origins in the config");
  };
}

/** Browsers send no Origin with what a page embeds (images, scripts) and with links, but say that another site is behind it. */
function isOfOtherPage({ headers }: IncomingMessage): boolean {
  const site = headers["sec-fetch-site"];
  return headers.origin === undefined && site !== undefined && site !== "same-origin" && site !== "none";
}

/** Programs send no Origin; pages of this machine and those of the config may pass. */
function isOriginAllowed(origin: string | undefined, allowed: readonly string[]): boolean {
  if (origin === undefined || allowed.includes(origin)) return true;
  return origin !== "" && validateOriginHeader(origin, localhostAllowedOrigins()).ok;
}

/** Node keeps the first of two; a proxy before it may have kept the second. */
function timesSent(request: IncomingMessage, name: string): number {
  return request.rawHeaders.filter((header, index) => index % 2 === 0 && header.toLowerCase() === name).length;
}

const HEADERS =
  "authorization, content-type, accept, mcp-session-id, mcp-protocol-version, mcp-method, mcp-name, last-event-id";

/** Lets pages of an origin that the config names read the answer. No other page can. */
export function allowPage(
  { headers: { origin } }: IncomingMessage,
  response: ServerResponse,
  allowed: readonly string[],
): void {
  if (allowed.length > 0) response.setHeader("vary", "origin");
  if (origin === undefined || !allowed.includes(origin)) return;
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-expose-headers", "mcp-session-id, www-authenticate, retry-after");
}

/** What a browser asks before it lets a page send a request. */
export function preflight(
  { headers: { origin } }: IncomingMessage,
  allowed: readonly string[],
  methods: readonly string[],
): Response {
  if (origin === undefined || !allowed.includes(origin)) return refusal(403, "Pages may not use this server");
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-methods": methods.join(", "),
      "access-control-allow-headers": HEADERS,
      "access-control-max-age": "600",
    },
  });
}
