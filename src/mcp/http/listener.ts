import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { toNodeHandler } from "@modelcontextprotocol/node";
import { addressIn, answer, type AppParts, MCP_PATH, METHODS } from "./routes.ts";
import { type Authenticated, tokenNeeded } from "./auth.ts";
import { allowPage, preflight } from "./host-and-origin.ts";
import { protectedResource } from "./oauth.ts";
import { MAX_BODY_BYTES } from "./parts.ts";
import type { RateLimit } from "./rate-limit.ts";
import { refusal } from "./error-response.ts";
import type { HttpSettings } from "../../core/http-settings.ts";
import type { OpenRequest, OpenRequests } from "./open-requests.ts";

/** Requests of one principal that may be open at a time: each may hold a large body. */
const MOST_OPEN = 256;

/** All that stands between the socket and the protocol. */
export interface ListenerParts extends AppParts {
  readonly settings: HttpSettings;
  readonly version: string;
  readonly guard: (request: IncomingMessage) => Response | null;
  readonly authenticate: (header: string | undefined) => Promise<Authenticated>;
  readonly rate: RateLimit;
  readonly visits: OpenRequests;
  readonly onError: (error: unknown) => void;
  readonly isStopping: () => boolean;
}

/** Answers requests. Who asks is certain before a byte of the body is read. */
export function listenerFrom(parts: ListenerParts): RequestListener {
  const { settings, onError } = parts;
  return (request, response) => {
    serve(request, response).catch((error: unknown) => {
      onError(error);
      response.destroy();
    });
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const checked = await check(request);
    allowPage(request, response, settings.allowedOrigins);
    if (checked instanceof Response) return write(checked, response);
    const { visit, metadataUrl } = checked;
    const id = request.headers["mcp-session-id"];
    const endUse = typeof id === "string" ? parts.sessions.use(id, visit.caller) : () => undefined;
    const end = (): void => {
      endUse();
      parts.visits.leave(visit);
    };
    // The client may have left while its token was looked at.
    if (response.destroyed) return end();
    response.once("close", end);
    sendHeadSoon(response);
    const handler = toNodeHandler(
      { fetch: (webRequest) => answer(webRequest, visit, metadataUrl, parts) },
      { onerror: onError, maxRequestBodySize: MAX_BODY_BYTES },
    );
    // A request that got here has both.
    await handler(request as IncomingMessage & { method: string; url: string }, response);
  }

  async function check(
    request: IncomingMessage,
  ): Promise<Response | { readonly visit: OpenRequest; readonly metadataUrl: string | null }> {
    const refused = parts.guard(request);
    if (refused !== null) return refused;
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    const stopping = parts.isStopping();
    if (path === "/health") return health(stopping);
    const resource =
      settings.oauth === null ? null : protectedResource(settings.oauth, `http://${request.headers.host}${MCP_PATH}`);
    if (resource !== null && (path === resource.path || path === BARE_METADATA_PATH)) {
      return Response.json(resource.document, { headers: { "access-control-allow-origin": "*" } });
    }
    const methods = METHODS.get(addressIn(path));
    if (methods === undefined) return refusal(404, `Nothing is here: MCP is spoken at ${MCP_PATH}`);
    if (request.method === "OPTIONS") return preflight(request, settings.allowedOrigins, methods);
    if (!methods.includes(request.method ?? "")) {
      return refusal(405, `Only ${methods.join(", ")} here`, { allow: methods.join(", ") });
    }
    if (stopping) return refusal(503, "The server is stopping", { connection: "close", "retry-after": "5" });
    const metadataUrl = resource?.url ?? null;
    const authenticated = await parts.authenticate(request.headers.authorization);
    if (!authenticated.ok) {
      if (authenticated.unavailable) return refusal(503, authenticated.why, { "retry-after": "5" });
      return tokenNeeded(authenticated.why, metadataUrl);
    }
    const { caller } = authenticated;
    const waitMs = parts.rate.take(caller.principal === null ? "owner" : `principal ${caller.principal}`);
    if (waitMs > 0) {
      const seconds = String(Math.ceil(waitMs / 1000));
      return refusal(429, `More than ${settings.requestsPerMinute} requests a minute`, { "retry-after": seconds });
    }
    // Streams are counted where they are opened.
    if (parts.visits.callsOf(caller) >= MOST_OPEN) {
      return refusal(429, `More than ${MOST_OPEN} requests at a time`, { "retry-after": "1" });
    }
    return { visit: parts.visits.enter(caller, request.method === "GET"), metadataUrl };
  }

  function health(stopping: boolean): Response {
    const status = stopping ? "stopping" : "ok";
    return Response.json({ status, name: "signalbox", version: parts.version }, { status: stopping ? 503 : 200 });
  }
}

/** A stream may have nothing to say for long: its client shall know all the same that it is open. */
function sendHeadSoon(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (...head: unknown[]) => ServerResponse;
  response.writeHead = (...head: unknown[]) => {
    writeHead(...head);
    // Not at once: an answer that is there already goes out in one piece with it.
    setImmediate(() => {
      if (!response.writableEnded && !response.destroyed) response.flushHeaders();
    });
    return response;
  };
}

/** Where a client looks that has not been told the address of the document. */
const BARE_METADATA_PATH = "/.well-known/oauth-protected-resource";

async function write(answer: Response, response: ServerResponse): Promise<void> {
  const text = await answer.text();
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(text);
}
