import {
  isInitializeRequest,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  isJSONRPCErrorResponse,
  type McpServer,
  WebStandardStreamableHTTPServerTransport,
} from "@modelcontextprotocol/server";
import type { Caller } from "./principal.ts";
import { type HttpParts, MAX_BODY_BYTES } from "./parts.ts";
import { notMessage, refusal, sessionNotFound } from "./error-response.ts";
import type { Sessions } from "./sessions.ts";
import { cancelledBy, SseTransport } from "./sse.ts";
import type { OpenRequests } from "./open-requests.ts";

/** Where clients of the HTTP+SSE pair send their messages. */
export const MESSAGES_PATH = "/messages";
const RETRY_AFTER = { "retry-after": "60" };

/** A connected server and the transport that it hangs on. */
export interface OldSession {
  readonly transport: WebStandardStreamableHTTPServerTransport | SseTransport;
  close(): Promise<void>;
}

/** The protocols before 2026-07-28: a session for each client, over Streamable HTTP or over the older HTTP+SSE pair. */
export class SessionHandler {
  readonly #parts: HttpParts;
  readonly #sessions: Sessions<OldSession>;
  readonly #visits: OpenRequests;

  constructor(parts: HttpParts, sessions: Sessions<OldSession>, visits: OpenRequests) {
    this.#parts = parts;
    this.#sessions = sessions;
    this.#visits = visits;
  }

  /** `/mcp`: a message, the standing stream of a session, or its end. */
  async streamable(request: Request, body: unknown, caller: Caller): Promise<Response> {
    const id = request.headers.get("mcp-session-id");
    const isKnown = id !== null && this.#sessions.find(id, caller) !== undefined;
    // A client whose session has ended begins a new one, and may still send the old id.
    if (!isKnown && isInitializeRequest(body)) return this.#begin(request, body, caller);
    if (id === null)
      return refusal(400, "No session: send initialize first, then its Mcp-Session-Id with each request");
    const transport = this.#sessions.find(id, caller)?.transport;
    if (!(transport instanceof WebStandardStreamableHTTPServerTransport)) return sessionNotFound();
    const response = await transport.handleRequest(request, body === undefined ? {} : { parsedBody: body });
    // The transport would notice with its next word, and until then refuse the client that comes back.
    if (request.method === "GET" && response.ok) {
      request.signal.addEventListener("abort", () => transport.closeStandaloneSSEStream(), { once: true });
    }
    const cancelled = cancelledBy(body);
    // A cancelled call gets no answer: without this its stream would stand open for as long as the session.
    if (cancelled !== null) transport.closeSSEStream(cancelled);
    return response;
  }

  /** `/sse`: opens the stream of a client of 2024. */
  async openStream({ signal }: Request, caller: Caller): Promise<Response> {
    const full = this.#noRoom(caller);
    if (full !== null) return full;
    const id = this.#sessions.newId();
    const transport = new SseTransport(`${MESSAGES_PATH}?sessionId=${id}`, caller, this.#visits, this.#parts.options);
    this.#sessions.add(id, caller, await this.#serve(transport, id, caller));
    // The stream is the session: it is in use until its client has left.
    this.#sessions.use(id, caller);
    const end = (): void => void transport.close();
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
    return transport.response();
  }

  /** `/messages`: a message to a stream that is open. */
  message(id: string | null, body: unknown, caller: Caller): Response {
    const transport = id === null ? undefined : this.#sessions.find(id, caller)?.transport;
    if (!(transport instanceof SseTransport)) return sessionNotFound();
    if (!isMessage(body)) return notMessage("The body is not a JSON-RPC message");
    transport.receive(body);
    return new Response("Accepted", { status: 202 });
  }

  async #begin(request: Request, body: unknown, caller: Caller): Promise<Response> {
    const full = this.#noRoom(caller);
    if (full !== null) return full;
    const id = this.#sessions.newId();
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      maxRequestBodySize: MAX_BODY_BYTES,
    });
    const session = await this.#serve(transport, id, caller);
    this.#sessions.add(id, caller, session);
    const response = await transport.handleRequest(request, { parsedBody: body });
    // Refused: there is no such session.
    if (!response.ok) await session.close();
    return response;
  }

  /** Puts a server on the transport; when either ends, so does the session. */
  async #serve(transport: OldSession["transport"], id: string, caller: Caller): Promise<OldSession> {
    const { service, options, build } = this.#parts;
    const server: McpServer = build(service.as(caller.principal), options);
    const { onclose } = server.server;
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- servers of the SDK have this one slot
    server.server.onclose = () => {
      onclose?.();
      this.#sessions.remove(id);
    };
    await server.connect(transport);
    return { transport, close: () => server.close() };
  }

  #noRoom(caller: Caller): Response | null {
    switch (this.#sessions.room(caller)) {
      case "free":
        return null;
      case "mine":
        return refusal(
          429,
          "You have too many sessions open: end some, or wait until idle ones have ended",
          RETRY_AFTER,
        );
      case "all":
        return refusal(503, "Too many sessions are open: try again when idle ones have ended", RETRY_AFTER);
    }
  }
}

function isMessage(body: unknown): body is Parameters<SseTransport["receive"]>[0] {
  if (isJSONRPCRequest(body) || isJSONRPCResultResponse(body) || isJSONRPCErrorResponse(body)) return true;
  return isJSONRPCNotification(body);
}
