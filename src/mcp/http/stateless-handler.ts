import {
  createMcpHandler,
  InMemoryServerEventBus,
  type McpHttpHandler,
  type ServerEventBus,
} from "@modelcontextprotocol/server";
import type { Service } from "../../core/service.ts";
import { tellChanges } from "../subscriptions.ts";
import type { Caller } from "./principal.ts";
import { type HttpParts, MAX_BODY_BYTES } from "./parts.ts";

/** Streams of changes that one principal may hold open. */
const MAX_SUBSCRIPTIONS = 256;
/** Handlers of principals that are kept for their next request; one without listeners is made again in no time. */
const MOST_HANDLERS = 1000;

interface PrincipalHandler {
  readonly handler: McpHttpHandler;
  readonly listeners: () => number;
}

/** The protocol of 2026-07-28: no sessions. Each principal has a handler on its own view of the service. */
export class StatelessHandler {
  readonly #parts: HttpParts;
  readonly #doors = new Map<string | null, PrincipalHandler>();

  constructor(parts: HttpParts) {
    this.#parts = parts;
  }

  fetch(request: Request, body: unknown, caller: Caller): Promise<Response> {
    return this.#doorOf(caller.principal).handler.fetch(request, { parsedBody: body });
  }

  /** Ends all streams; calls that still run are cancelled. */
  async close(): Promise<void> {
    await Promise.all([...this.#doors.values()].map(({ handler }) => handler.close()));
  }

  #doorOf(principal: string | null): PrincipalHandler {
    const door = this.#doors.get(principal) ?? this.#open(principal);
    // The one that was used last stands last.
    this.#doors.delete(principal);
    this.#doors.set(principal, door);
    if (this.#doors.size > MOST_HANDLERS) this.#forgetOne();
    return door;
  }

  #open(principal: string | null): PrincipalHandler {
    const { service, options, build } = this.#parts;
    const view = service.as(principal);
    const bus = changeBus(view, options.onError);
    const handler = createMcpHandler(() => build(view, options), {
      legacy: "reject",
      bus,
      maxSubscriptions: MAX_SUBSCRIPTIONS,
      maxRequestBodySize: MAX_BODY_BYTES,
      onerror: options.onError,
    });
    return { handler, listeners: bus.listeners };
  }

  #forgetOne(): void {
    const quiet = [...this.#doors].find(([principal, { listeners }]) => principal !== null && listeners() === 0);
    if (quiet !== undefined) this.#doors.delete(quiet[0]);
  }
}

/** Hears of changes for as long as there is a listener. */
function changeBus(
  service: Service,
  onError: (error: unknown) => void,
): ServerEventBus & { readonly listeners: () => number } {
  const bus = new InMemoryServerEventBus(onError);
  let stopListening: (() => void) | null = null;
  return {
    listeners: () => bus.listenerCount,
    publish: (event) => bus.publish(event),
    subscribe: (listener) => {
      const unsubscribe = bus.subscribe(listener);
      stopListening ??= tellChanges(
        service,
        () => true,
        (uri) => bus.publish({ kind: "resource_updated", uri }),
        onError,
      );
      return () => {
        unsubscribe();
        if (bus.listenerCount > 0) return;
        stopListening?.();
        stopListening = null;
      };
    },
  };
}
