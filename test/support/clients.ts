import type { Readable } from "node:stream";
import {
  Client as ModernClient,
  SSEClientTransport as ModernSse,
  StreamableHTTPClientTransport as ModernHttp,
} from "@modelcontextprotocol/client";
import { StdioClientTransport as ModernStdio } from "@modelcontextprotocol/client/stdio";
import { Client as V1Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport as V1Sse } from "@modelcontextprotocol/sdk/client/sse.js";
import { StdioClientTransport as V1Stdio } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport as V1Http } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport as V1Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { CallToolResultSchema, ResourceUpdatedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { InMemoryTransport } from "@modelcontextprotocol/server";

/** The clients that people have: the old SDK, the new one speaking the old protocol, the new one speaking the new. */
export const CLIENT_KINDS = ["v1", "v2-legacy", "v2-modern"] as const;
/** `v2-auto` asks for the era and ends up in the new one. */
export type ClientKind = (typeof CLIENT_KINDS)[number] | "v2-auto";

/** How a server is started. `env` is all of its environment, but for what every process needs (PATH, HOME, …). */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface ListedTool {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly inputSchema: Record<string, unknown>;
  readonly outputSchema?: Record<string, unknown> | undefined;
  readonly annotations?: Record<string, unknown> | undefined;
}

export interface ToolResult {
  readonly isError: boolean;
  readonly structured: Record<string, unknown>;
  /** The text blocks. */
  readonly texts: readonly string[];
}

export interface ProgressUpdate {
  readonly progress: number;
  readonly message?: string | undefined;
}

export interface CallToolOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ProgressUpdate) => void;
  readonly timeoutMs?: number;
}

export interface ListedResource {
  readonly name: string;
  readonly uri: string;
  readonly mimeType?: string | undefined;
}

/** One client, the same face for all kinds. Every method rejects with the client's own error. */
export interface TestClient {
  readonly kind: ClientKind;
  readonly serverInfo: { readonly name: string; readonly version: string } | undefined;
  readonly instructions: string | undefined;
  listTools(): Promise<readonly ListedTool[]>;
  callTool(name: string, args: Record<string, unknown>, options?: CallToolOptions): Promise<ToolResult>;
  listResources(): Promise<readonly ListedResource[]>;
  /** The templates, such as "signalbox://metrics/{model}". */
  listTemplates(): Promise<readonly string[]>;
  /** The JSON of a resource, or its text where it is of another type. */
  readResource(uri: string): Promise<unknown>;
  complete(template: string, argument: string, written: string): Promise<readonly string[]>;
  /** Calls `onUpdated` whenever the server says that the resource has changed; resolves to the way to unsubscribe. */
  subscribe(uri: string, onUpdated: () => void): Promise<() => Promise<void>>;
  /** What the server has written to stderr so far; empty in memory. */
  stderr(): string;
  close(): Promise<void>;
}

/** Starts the server and connects a client of this kind to it over stdio. */
export async function connectClients(kind: ClientKind, server: ServerCommand): Promise<TestClient> {
  const parameters = {
    command: server.command,
    args: [...server.args],
    env: { ...server.env },
    stderr: "pipe" as const,
  };
  if (kind === "v1") {
    const transport = new V1Stdio(parameters);
    return connectV1(transport, collect(transport.stderr));
  }
  const transport = new ModernStdio(parameters);
  return connectV2(kind, transport, collect(transport.stderr));
}

/** Connects a client of this kind over HTTP: to `/mcp`, or to `/sse` of the older pair. `token`: sent with each request. */
export async function connectHttp(kind: ClientKind, url: URL, token?: string): Promise<TestClient> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const isPair = url.pathname.endsWith("/sse");
  const none = (): string => "";
  if (kind === "v1") {
    const transport = isPair
      ? new V1Sse(url, { requestInit: { headers } })
      : new V1Http(url, { requestInit: { headers } });
    return connectV1(transport, none);
  }
  const options = { requestInit: { headers } };
  return connectV2(kind, isPair ? new ModernSse(url, options) : new ModernHttp(url, options), none);
}

/** Connects a client of this kind in memory; `serve` gets the server's end of the line. */
export async function connectInMemory(
  kind: ClientKind,
  serve: (serverEnd: InMemoryTransport) => void,
): Promise<TestClient> {
  const [clientEnd, serverEnd] = InMemoryTransport.createLinkedPair();
  serve(serverEnd);
  return kind === "v1" ? connectV1(clientEnd, () => "") : connectV2(kind, clientEnd, () => "");
}

const CLIENT_INFO = { name: "signalbox-tests", version: "0.0.0" };
/** The new era asked for: a server that cannot speak it fails the connection instead of falling back. */
const MODERN_REVISION = "2026-07-28";

const MODES = {
  "v2-legacy": "legacy",
  "v2-auto": "auto",
  "v2-modern": { pin: MODERN_REVISION },
} as const;

async function connectV1(transport: V1Transport, stderr: () => string): Promise<TestClient> {
  const client = new V1Client(CLIENT_INFO);
  await client.connect(transport);
  const listeners = new Map<string, () => void>();
  client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => listeners.get(params.uri)?.());
  return {
    ...sharedFace(client, stderr),
    kind: "v1",
    callTool: async (name, args, options = {}) =>
      toolResult(await client.callTool({ name, arguments: args }, CallToolResultSchema, requestOptions(options))),
    subscribe: (uri, onUpdated) => subscribeOld(client, listeners, uri, onUpdated),
  };
}

type V2Transport = Parameters<ModernClient["connect"]>[0];

async function connectV2(
  kind: Exclude<ClientKind, "v1">,
  transport: V2Transport,
  stderr: () => string,
): Promise<TestClient> {
  const mode = MODES[kind];
  const client = new ModernClient(CLIENT_INFO, { versionNegotiation: { mode } });
  await client.connect(transport);
  const listeners = new Map<string, () => void>();
  client.setNotificationHandler("notifications/resources/updated", ({ params }) => listeners.get(params.uri)?.());
  return {
    ...sharedFace(client, stderr),
    kind,
    callTool: async (name, args, options = {}) =>
      toolResult(await client.callTool({ name, arguments: args }, requestOptions(options))),
    subscribe: async (uri, onUpdated) => {
      if (client.getProtocolEra() !== "modern") return subscribeOld(client, listeners, uri, onUpdated);
      listeners.set(uri, onUpdated);
      const subscription = await client.listen({ resourceSubscriptions: [uri] });
      return () => subscription.close();
    },
  };
}

function sharedFace(client: V1Client | ModernClient, stderr: () => string) {
  return {
    serverInfo: client.getServerVersion(),
    instructions: client.getInstructions(),
    listTools: async () => (await client.listTools()).tools as readonly ListedTool[],
    listResources: async () => (await client.listResources()).resources,
    listTemplates: async () =>
      (await client.listResourceTemplates()).resourceTemplates.map(({ uriTemplate }) => uriTemplate),
    readResource: async (uri: string): Promise<unknown> => {
      const { contents } = await client.readResource({ uri });
      const [only] = contents;
      if (only === undefined || !("text" in only)) throw new Error(`No text in ${uri}`);
      return only.mimeType === "application/json" ? JSON.parse(only.text) : only.text;
    },
    complete: async (template: string, argument: string, written: string) => {
      const ref = { type: "ref/resource" as const, uri: template };
      return (await client.complete({ ref, argument: { name: argument, value: written } })).completion.values;
    },
    stderr,
    close: () => client.close(),
  };
}

async function subscribeOld(
  client: V1Client | ModernClient,
  listeners: Map<string, () => void>,
  uri: string,
  onUpdated: () => void,
): Promise<() => Promise<void>> {
  listeners.set(uri, onUpdated);
  await client.subscribeResource({ uri });
  return async () => {
    await client.unsubscribeResource({ uri });
  };
}

function requestOptions({ signal, onProgress, timeoutMs }: CallToolOptions) {
  return {
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onprogress: onProgress, resetTimeoutOnProgress: true }),
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
  };
}

function toolResult(result: object): ToolResult {
  const { isError, structuredContent, content } = result as {
    isError?: boolean;
    structuredContent?: Record<string, unknown>;
    content: readonly { type: string; text?: string }[];
  };
  return {
    isError: isError === true,
    structured: structuredContent ?? {},
    texts: content.flatMap((block) => (block.type === "text" ? [block.text ?? ""] : [])),
  };
}

function collect(stream: unknown): () => string {
  let text = "";
  (stream as Readable | null)?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return () => text;
}
