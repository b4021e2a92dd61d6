import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ERROR_RULES, isErrorKind, SignalboxError } from "../../src/core/errors.ts";
import type { Model, Thinking } from "../../src/core/model.ts";
import type { ModelCall, Provider, StreamEvent } from "../../src/core/ports.ts";
import type { Usage } from "../../src/core/usage.ts";
import { createProvider, type ProviderConnection } from "../../src/providers/index.ts";

export const VENDORS = [
  "anthropic",
  "openai",
  "together",
  "google",
] as const satisfies readonly ProviderConnection["kind"][];
export const KINDS = [...VENDORS, "openai_compatible"] as const satisfies readonly ProviderConnection["kind"][];
export type Kind = (typeof KINDS)[number];

export const KEY = "test-key-0123456789abcdef";

export function model(over: Partial<Model> = {}): Model {
  return {
    id: "m",
    provider: "p",
    wireId: "vendor-model-1",
    aliases: [],
    prices: "unpriced",
    contextTokens: 100_000,
    maxOutputTokens: 8_000,
    timeoutMs: 60_000,
    floorMs: 0,
    outputTokensPerS: 80,
    quality: 0.5,
    sampling: "rejected",
    thinking: { mode: "none" },
    tokenFactor: 1,
    lifecycle: { state: "current" },
    source: "test",
    asOf: "2026-11-23",
    ...over,
  };
}

export function call(over: Partial<ModelCall> = {}): ModelCall {
  return { model: model(), system: "Be brief.", user: "Hello", outputLimitTokens: 1234, effort: "normal", ...over };
}

export const thinking = (mode: "optional" | "always"): Thinking => ({ mode, roomTokens: { low: 1000, normal: 2000 } });

export function provider(kind: Kind, baseUrl: string, apiKey: string | null = KEY): Provider {
  return createProvider({ id: kind, kind, baseUrl }, apiKey);
}

/** What came of a call: its events, and what it threw in the end. */
export interface Outcome {
  readonly events: readonly StreamEvent[];
  readonly text: string;
  readonly reasoning: string;
  readonly finish: string | null;
  readonly raw: string | null;
  readonly usage: Usage | null;
  /** The kind of the error, or `null`. */
  readonly kind: string | null;
  readonly error: SignalboxError | null;
}

/** Drains a call. Rejects for anything that the port does not allow to be thrown. */
export async function drain(events: AsyncIterable<StreamEvent>): Promise<Outcome> {
  const seen: StreamEvent[] = [];
  let error: SignalboxError | null = null;
  try {
    for await (const event of events) seen.push(event);
  } catch (thrown) {
    if (!(thrown instanceof SignalboxError) || !isErrorKind(thrown.kind)) throw thrown;
    error = thrown;
  }
  const finish = seen.find((event) => event.type === "finish");
  return {
    events: seen,
    text: seen.map((event) => (event.type === "text" ? event.text : "")).join(""),
    reasoning: seen.map((event) => (event.type === "reasoning" ? event.text : "")).join(""),
    finish: finish?.reason ?? null,
    raw: finish?.raw ?? null,
    usage: seen.findLast((event) => event.type === "usage")?.usage ?? null,
    kind: error?.kind ?? null,
    error,
  };
}

export function ask(kind: Kind, baseUrl: string, over: Partial<ModelCall> = {}): Promise<Outcome> {
  return drain(provider(kind, baseUrl).stream(call(over), AbortSignal.timeout(10_000)));
}

export interface Received {
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Record<string, unknown>;
}

export interface Stub {
  readonly baseUrl: string;
  readonly received: Received[];
  /** Resolves when the client has closed the connection of the response that is under way. */
  closed(): Promise<void>;
  close(): Promise<void>;
}

/** A vendor of our own, for raw bodies. */
export async function stub(answer: (response: ServerResponse) => void): Promise<Stub> {
  const received: Received[] = [];
  const { promise: clientLeft, resolve: left } = Promise.withResolvers<void>();
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    response.on("close", () => left());
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(parts).toString() || "{}") as Record<string, unknown>;
      received.push({ url: request.url ?? "", headers: request.headers, body });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    closed: () => clientLeft,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with one body and asks once. */
export async function askRaw(
  kind: Kind,
  body: string | Buffer,
  { status = 200, headers = {} }: { readonly status?: number; readonly headers?: Record<string, string> } = {},
): Promise<Outcome> {
  const server = await stub((response) => {
    response.writeHead(status, { "content-type": "text/event-stream", ...headers }).end(body);
  });
  try {
    return await ask(kind, server.baseUrl);
  } finally {
    await server.close();
  }
}

/** In a list of pieces: the connection is reset. */
export const RESET = Symbol("reset");

/** Answers with one piece after the other, each written on its own, and asks once. */
export async function askPieces(kind: Kind, pieces: readonly (string | Buffer | typeof RESET)[]): Promise<Outcome> {
  const server = await stub((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const left = [...pieces];
    const next = (): void => {
      const piece = left.shift();
      if (piece === undefined) response.end();
      else if (piece === RESET) response.socket?.resetAndDestroy();
      else response.write(piece, () => setImmediate(next));
    };
    response.socket?.setNoDelay(true);
    next();
  });
  try {
    return await ask(kind, server.baseUrl);
  } finally {
    await server.close();
  }
}

/** Server-sent events; Anthropic's are named after their type. */
export function sse(...messages: readonly unknown[]): string {
  return messages
    .map((message) => {
      const type = typeof message === "object" && message !== null && "type" in message ? message.type : null;
      const name = typeof type === "string" ? `event: ${type}\n` : "";
      return `${name}data: ${typeof message === "string" ? message : JSON.stringify(message)}\n\n`;
    })
    .join("");
}

/** The first events of an answer that never ends, by vendor, with the text "par". */
export const OPENINGS = {
  anthropic: sse(
    { type: "message_start", message: { usage: { input_tokens: 10, output_tokens: 1 } } },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "par" } },
  ),
  openai: sse({ choices: [{ index: 0, delta: { content: "par" } }] }),
  together: sse({ choices: [{ index: 0, delta: { content: "par" } }] }),
  openai_compatible: sse({ choices: [{ index: 0, delta: { content: "par" } }] }),
  google: sse({ candidates: [{ content: { parts: [{ text: "par" }] } }] }),
} as const satisfies Record<Kind, string>;

/** And what ends it well. */
export const ENDINGS = {
  anthropic: sse(
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 7 } },
    { type: "message_stop" },
  ),
  openai: sse({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }, "[DONE]"),
  together: sse({ choices: [{ index: 0, delta: {}, finish_reason: "eos" }] }, "[DONE]"),
  openai_compatible: sse({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] }, "[DONE]"),
  google: sse({ candidates: [{ content: { parts: [] }, finishReason: "STOP" }] }),
} as const satisfies Record<Kind, string>;

export const ERROR_KINDS = Object.keys(ERROR_RULES);
