import { isLegacyRequest, readRequestBody } from "@modelcontextprotocol/server";
import { withoutNullParams } from "../messages.ts";
import { acceptedBy, acceptingBoth, nothingAccepted, withoutStream } from "./accept.ts";
import { scopeNeeded } from "./auth.ts";
import type { StatelessHandler } from "./stateless-handler.ts";
import { MESSAGES_PATH, type SessionHandler, type OldSession } from "./sessions-handler.ts";
import { MAX_BODY_BYTES, MAX_MESSAGE_BYTES } from "./parts.ts";
import { notJson, notMessage, refusal } from "./error-response.ts";
import { scopeOf } from "./principal.ts";
import { answerMetrics, METRICS_PATH, type MetricsText } from "./reports.ts";
import type { Service } from "../../core/service.ts";
import type { Sessions } from "./sessions.ts";
import { answerDashboard, DASHBOARD_METHODS, isOfDashboard, RECEIPTS_PREFIX } from "./dashboard/answer-dashboard.ts";
import type { DashboardSessions } from "./dashboard/dashboard-sessions.ts";
import { cancelledBy } from "./sse.ts";
import type { OpenRequest } from "./open-requests.ts";

export const MCP_PATH = "/mcp";
export const SSE_PATH = "/sse";

/** The addresses that need a token, and what may be done there. */
const METHODS: ReadonlyMap<string, readonly string[]> = new Map([
  [MCP_PATH, ["POST", "GET", "DELETE"]],
  [SSE_PATH, ["GET"]],
  [MESSAGES_PATH, ["POST"]],
  [METRICS_PATH, ["GET"]],
  ...DASHBOARD_METHODS,
]);

/** What may be done at an address; `undefined`: nothing is there. */
export function methodsAt(address: string): readonly string[] | undefined {
  return METHODS.get(address) ?? (address.startsWith(RECEIPTS_PREFIX) ? ["GET"] : undefined);
}

/** The address in a request's target, which may end in a slash, as many clients and proxies write it. */
export function addressIn(path: string): string {
  return !METHODS.has(path) && path.endsWith("/") ? path.slice(0, -1) : path;
}

export interface AppParts {
  readonly modern: StatelessHandler;
  readonly old: SessionHandler;
  readonly sessions: Sessions<OldSession>;
  /** The owner's. */
  readonly service: Service;
  /** Absent: nothing is counted. */
  readonly metrics?: (() => Promise<MetricsText>) | undefined;
  readonly dashboard: DashboardSessions;
}

/** By what a caller is known. */
export interface KnownBy {
  /** Where a client learns of our scopes. */
  readonly metadataUrl: string | null;
  /** The header by which the caller is known, also where a cookie stood for it; `undefined`: none was needed. */
  readonly authorization: string | undefined;
}

/** Answers a request of a known caller at one of the addresses above. */
export async function answer(
  request: Request,
  visit: OpenRequest,
  { metadataUrl, authorization }: KnownBy,
  { modern, old, sessions, service, metrics, dashboard }: AppParts,
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const address = addressIn(pathname);
  const { caller } = visit;
  if (address === METRICS_PATH || isOfDashboard(address)) {
    if (!caller.scopes.has("read")) return scopeNeeded("read", caller, metadataUrl);
    if (address === METRICS_PATH) return answerMetrics(caller, service, metrics);
    return answerDashboard(request, address, authorization, { service: service.as(caller.principal), dashboard });
  }
  const body = request.method === "POST" ? await jsonOf(request) : undefined;
  if (body instanceof Response) return body;
  const sessionId = address === MESSAGES_PATH ? searchParams.get("sessionId") : request.headers.get("mcp-session-id");
  const ends = request.method === "DELETE" || cancelledBy(body) !== null;
  const scope = ends ? sessions.scopeToEnd(sessionId, caller) : scopeOf(body);
  if (!caller.scopes.has(scope)) return scopeNeeded(scope, caller, metadataUrl);
  if (address === SSE_PATH) return old.openStream(request, caller);
  if (address === MESSAGES_PATH) return old.message(searchParams.get("sessionId"), body, caller);
  const accepted = acceptedBy(request.headers.get("accept"));
  const refused = request.method === "DELETE" ? null : nothingAccepted(accepted, request.method);
  if (refused !== null) return refused;
  const response = await speak(acceptingBoth(request), body, visit, { modern, old });
  return accepted.stream ? response : withoutStream(response, body, request.signal);
}

/** Hands a message to the era of its client. */
async function speak(
  request: Request,
  body: unknown,
  visit: OpenRequest,
  { modern, old }: Pick<AppParts, "modern" | "old">,
): Promise<Response> {
  if (await isLegacyRequest(request, body)) return old.streamable(request, body, visit.caller);
  visit.standing ||= (body as { method?: unknown }).method === "subscriptions/listen";
  return modern.fetch(request, body, visit.caller);
}

/** The body as JSON, or why not. Messages in a batch would pass every count of requests, and no protocol since 2025-06-18 has them. */
async function jsonOf(request: Request): Promise<unknown> {
  if (!/^application\/json\s*(?:;|$)/iu.test(request.headers.get("content-type") ?? "")) {
    return refusal(415, "Content-Type must be application/json");
  }
  // A coded body would have to be unpacked before its size is known. The header says what is taken instead (RFC 9110).
  if (!["", "identity"].includes((request.headers.get("content-encoding") ?? "").trim().toLowerCase())) {
    return refusal(415, "The body must not be compressed: send it without Content-Encoding", {
      "accept-encoding": "identity",
    });
  }
  const read = await readRequestBody(request, MAX_BODY_BYTES);
  if (read.tooLarge) return refusal(413, `The body must not be larger than ${MAX_BODY_BYTES} bytes`);
  let body: unknown;
  try {
    body = JSON.parse(read.text);
  } catch {
    return notJson();
  }
  if (Array.isArray(body)) return notMessage("The body must be one JSON-RPC message, not a batch");
  if (!isMessageLike(body)) return notMessage("The body is not a JSON-RPC message");
  if (body.method !== "tools/call" && Buffer.byteLength(read.text) > MAX_MESSAGE_BYTES) {
    return refusal(413, `Only tools/call may be larger than ${MAX_MESSAGE_BYTES} bytes`);
  }
  // Before the SDK looks at it: it refuses such messages as a whole.
  return withoutNullParams(body);
}

/** What is wrong within it the protocol says better. */
function isMessageLike(body: unknown): body is { readonly method?: unknown } {
  if (typeof body !== "object" || body === null) return false;
  const { jsonrpc, method } = body as { readonly jsonrpc?: unknown; readonly method?: unknown };
  return jsonrpc === "2.0" && (typeof method === "string" || "result" in body || "error" in body);
}
