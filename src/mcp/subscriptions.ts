import { type McpServer, ProtocolError, ProtocolErrorCode, ResourceNotFoundError } from "@modelcontextprotocol/server";
import type { Service } from "../core/service.ts";
import { answersTo, type SignalboxResource, uriOf } from "./define-resource.ts";
import { resources } from "./resources.ts";

/** A connection that asks for more is not a reader of ours. */
const MAX_SUBSCRIPTIONS = 1000;
/** No resource of ours has a longer address, and each is kept for as long as the connection. */
const MAX_URI_CHARS = 1000;

/** Old era: answers `resources/subscribe` and `resources/unsubscribe`, and tells this connection about what it asked for. */
export function serveSubscriptions(server: McpServer, service: Service, onError: (error: unknown) => void): void {
  const subscribed = new Set<string>();
  let stopListening: (() => void) | undefined;
  server.server.setRequestHandler("resources/subscribe", ({ params: { uri } }) => {
    if (uri.length > MAX_URI_CHARS) {
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `A URI has at most ${MAX_URI_CHARS} characters`);
    }
    if (!resources.some((resource) => answersTo(resource, uri))) throw new ResourceNotFoundError(uri);
    if (subscribed.size >= MAX_SUBSCRIPTIONS) {
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `At most ${MAX_SUBSCRIPTIONS} subscriptions`, { uri });
    }
    subscribed.add(uri);
    stopListening ??= tellChanges(service, (changed) => subscribed.has(changed), toClient(server), onError);
    return {};
  });
  server.server.setRequestHandler("resources/unsubscribe", ({ params: { uri } }) => {
    subscribed.delete(uri);
    return {};
  });
  onClose(server, () => stopListening?.());
}

/** New era over stdio: tells of every change; the SDK's entry lets through what a `subscriptions/listen` asked for. */
export function pushChanges(server: McpServer, service: Service, onError: (error: unknown) => void): void {
  onClose(
    server,
    tellChanges(service, () => true, toClient(server), onError),
  );
}

type Tell = (uri: string) => void | Promise<void>;

function toClient(server: McpServer): Tell {
  return async (uri) => {
    if (server.isConnected()) await server.server.sendResourceUpdated({ uri });
  };
}

/** Tells the addresses whose content has changed, those that are wanted, until the returned function is called. */
export function tellChanges(
  service: Service,
  wanted: (uri: string) => boolean,
  tellOf: Tell,
  onError: (error: unknown) => void,
): () => void {
  let telling = false;
  let changedMeanwhile = false;

  async function tell(): Promise<void> {
    if (telling) {
      changedMeanwhile = true;
      return;
    }
    telling = true;
    try {
      do {
        changedMeanwhile = false;
        for (const uri of (await changedUris(service)).filter(wanted)) {
          await tellOf(uri);
        }
        // The listener may have been called while we waited.
      } while (changedMeanwhile as boolean);
    } catch (error) {
      onError(error);
    } finally {
      telling = false;
    }
  }
  return service.onChange(() => void tell());
}

/** The addresses whose content a settled request may have changed. */
async function changedUris(service: Service): Promise<readonly string[]> {
  return (await Promise.all(resources.map((resource) => changedUrisOf(resource, service)))).flat();
}

async function changedUrisOf(resource: SignalboxResource, service: Service): Promise<readonly string[]> {
  if (resource.kind === "fixed") return resource.changes ? [resource.uri] : [];
  return (await resource.changed(service)).map((value) => uriOf(resource, value));
}

function onClose(server: McpServer, listener: () => void): void {
  const before = server.server.onclose;
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- servers of the SDK have this one slot
  server.server.onclose = () => {
    before?.();
    listener();
  };
}
