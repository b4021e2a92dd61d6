import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { toNodeHandler } from "@modelcontextprotocol/node";
import { addressIn, answer, type AppParts, type KnownBy, MCP_PATH, methodsAt } from "./routes.ts";
import { type Authenticated, tokenNeeded } from "./auth.ts";
import { dashboardPage } from "./dashboard/dashboard-page.ts";
import { DASHBOARD_PATH, isOfDashboard } from "./dashboard/answer-dashboard.ts";
import { allowPage, preflight } from "./host-and-origin.ts";
import { protectedResource } from "./oauth.ts";
import { MAX_BODY_BYTES } from "./parts.ts";
import type { Rates } from "./rate-limit.ts";
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
  readonly rate: Rates;
  readonly visits: OpenRequests;
  readonly onError: (error: unknown) => void;
  /** It is to stop: said before calls are refused. */
  readonly isDraining: () => boolean;
  readonly isStopping: () => boolean;
  /** The view and nothing else: MCP is not spoken here. */
  readonly isViewOnly: boolean;
  /** Whether the ledger can be used. */
  readonly isReady: () => Promise<boolean>;
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
    const { visit } = checked;
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
      { fetch: (webRequest) => answer(webRequest, visit, checked, parts) },
      { onerror: onError, maxRequestBodySize: MAX_BODY_BYTES },
    );
    // A request that got here has both.
    await handler(request as IncomingMessage & { method: string; url: string }, response);
  }

  async function check(request: IncomingMessage): Promise<Response | (KnownBy & { readonly visit: OpenRequest })> {
    const refused = parts.guard(request);
    if (refused !== null) return refused;
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    const stopping = parts.isStopping();
    if (path === "/health") return health();
    if (path === "/ready") return ready();
    const resource =
      settings.oauth === null ? null : protectedResource(settings.oauth, `http://${request.headers.host}${MCP_PATH}`);
    if (resource !== null && (path === resource.path || path === BARE_METADATA_PATH)) {
      return Response.json(resource.document, { headers: { "access-control-allow-origin": "*" } });
    }
    const address = addressIn(path);
    const methods = parts.isViewOnly && !isOfDashboard(address) ? undefined : methodsAt(address);
    if (methods === undefined) return refusal(404, `Nothing is here: MCP is spoken at ${MCP_PATH}`);
    if (request.method === "OPTIONS") return preflight(request, settings.allowedOrigins, methods);
    if (!methods.includes(request.method ?? "")) {
      return refusal(405, `Only ${methods.join(", ")} here`, { allow: methods.join(", ") });
    }
    if (stopping) return refusal(503, "The server is stopping", { connection: "close", "retry-after": "5" });
    const metadataUrl = resource?.url ?? null;
    // The page holds no data: what it reads is behind the token.
    if (address === DASHBOARD_PATH) return dashboardPage();
    const authorization = isOfDashboard(address)
      ? parts.dashboard.authorizationOf(request.headers)
      : request.headers.authorization;
    const authenticated = await parts.authenticate(authorization);
    if (!authenticated.ok) {
      if (authenticated.unavailable) return refusal(503, authenticated.why, { "retry-after": "5" });
      return tokenNeeded(authenticated.why, metadataUrl);
    }
    const { caller } = authenticated;
    const waitMs = await parts.rate.take(caller.principal === null ? "owner" : `principal ${caller.principal}`);
    if (waitMs > 0) {
      const seconds = String(Math.ceil(waitMs / 1000));
      return refusal(429, `More than ${settings.requestsPerMinute} requests a minute`, { "retry-after": seconds });
    }
    // Streams are counted where they are opened.
    if (parts.visits.callsOf(caller) >= MOST_OPEN) {
      return refusal(429, `More than ${MOST_OPEN} requests at a time`, { "retry-after": "1" });
    }
    return { visit: parts.visits.enter(caller, request.method === "GET"), metadataUrl, authorization };
  }

  function health(): Response {
    const isDraining = parts.isDraining();
    const status = isDraining ? "stopping" : "ok";
    return Response.json({ status, name: "signalbox", version: parts.version }, { status: isDraining ? 503 : 200 });
  }

  /** Why it is not ready stands in the log and at `signalbox doctor`: anybody may ask here. */
  async function ready(): Promise<Response> {
    const status = parts.isDraining() ? "stopping" : (await parts.isReady()) ? "ready" : "ledger_unavailable";
    return Response.json({ status }, status === "ready" ? {} : { status: 503, headers: { "retry-after": "1" } });
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
