import type { McpServer } from "@modelcontextprotocol/server";
import type { Service } from "../../core/service.ts";
import type { ServerOptions } from "../server-options.ts";

/** The one factory that all transports share: `buildServer`, or a test's server on top of it. */
export type BuildServer = (service: Service, options: ServerOptions) => McpServer;

/** What the ways in are made of. */
export interface HttpParts {
  /** The owner's; each principal gets its own view of it. */
  readonly service: Service;
  readonly options: ServerOptions;
  readonly build: BuildServer;
}

/** Only calls of tools may be larger: what is kept of other messages (subscriptions, a client's name) stays small so. */
export const MAX_MESSAGE_BYTES = 64 * 1024;

/** Above this a body is refused unread: the largest context window with every character escaped still fits. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;
