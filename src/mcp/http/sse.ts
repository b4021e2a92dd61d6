import {
  isJSONRPCNotification,
  type JSONRPCMessage,
  type MessageExtraInfo,
  type Transport,
} from "@modelcontextprotocol/server";
import type { ServerOptions } from "../server-options.ts";
import type { Caller } from "./principal.ts";
import type { OpenRequest, OpenRequests } from "./open-requests.ts";

/** Proxies cut streams that are silent for longer. */
const KEEP_ALIVE_MS = 15_000;
/** A client that reads nothing while so much waits for it is gone. */
const MOST_WAITING_BYTES = 32 * 1024 * 1024;

type RequestId = string | number;

/** The call that a message takes back; `null` for any other message. */
export function cancelledBy(message: unknown): RequestId | null {
  if (!isJSONRPCNotification(message) || message.method !== "notifications/cancelled") return null;
  const id = message.params?.["requestId"];
  return typeof id === "string" || typeof id === "number" ? id : null;
}

/**
 * The HTTP+SSE transport of 2024-11-05: messages to the client over one stream of events, whose first one names the address for
 * messages to the server. (The SDK's own one is deprecated, and so is the package that keeps it.)
 */
export class SseTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as the SDK's interface has it
  onmessage?: <T extends JSONRPCMessage>(message: T, extra?: MessageExtraInfo) => void;
  readonly #caller: Caller;
  readonly #visits: OpenRequests;
  readonly #options: ServerOptions;
  readonly #ended = new AbortController();
  readonly #calls = new Map<RequestId, OpenRequest>();
  readonly #stream: ReadableStream<Uint8Array>;
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null;

  constructor(endpoint: string, caller: Caller, visits: OpenRequests, options: ServerOptions) {
    this.#caller = caller;
    this.#visits = visits;
    this.#options = options;
    this.#stream = new ReadableStream(
      {
        start: (controller) => {
          this.#controller = controller;
        },
      },
      { highWaterMark: 0, size: ({ byteLength }) => byteLength },
    );
    this.#write(`event: endpoint\ndata: ${endpoint}\n\n`);
  }

  async start(): Promise<void> {
    void this.#keepAlive();
  }

  /** The stream to the client. */
  response(): Response {
    return new Response(this.#stream, {
      headers: { "content-type": "text/event-stream", "cache-control": "no-cache, no-transform" },
    });
  }

  /** Hands on a message that came in by POST. */
  receive(message: JSONRPCMessage): void {
    if ("method" in message && "id" in message && !this.#calls.has(message.id)) {
      this.#calls.set(message.id, this.#visits.enter(this.#caller));
    }
    this.onmessage?.(message);
    const cancelled = cancelledBy(message);
    if (cancelled !== null) this.#finish(cancelled);
  }

  async send(message: JSONRPCMessage): Promise<void> {
    this.#write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
    if (!("method" in message) && message.id !== undefined) this.#finish(message.id);
  }

  async close(): Promise<void> {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    for (const id of this.#calls.keys()) this.#finish(id);
    try {
      this.#controller?.close();
    } catch {
      // The client was faster.
    }
    this.onclose?.();
  }

  #finish(id: RequestId): void {
    const visit = this.#calls.get(id);
    if (visit === undefined) return;
    this.#calls.delete(id);
    this.#visits.leave(visit);
  }

  #write(text: string): void {
    const controller = this.#controller;
    if (controller === null || this.#ended.signal.aborted) return;
    if (-(controller.desiredSize ?? 0) <= MOST_WAITING_BYTES) {
      controller.enqueue(new TextEncoder().encode(text));
      return;
    }
    // A stream that is only closed keeps what waits in it, for a reader that may never come.
    controller.error(new Error("not read"));
    void this.close();
  }

  async #keepAlive(): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      await this.#options.clock.sleep(KEEP_ALIVE_MS, signal);
      this.#write(": keep-alive\n\n");
    }
  }
}
