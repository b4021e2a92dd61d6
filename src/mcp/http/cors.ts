import type { IncomingMessage, ServerResponse } from "node:http";
import { refusal } from "./refusal.ts";

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
