import type { IncomingHttpHeaders } from "node:http";
import type { ReadCall, Reply, SandboxProvider, CallProblem } from "../call.ts";

/** An HTTP request to a vendor, its body parsed. `path` starts after the vendor's prefix and carries no query. */
export interface RawRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An error as the vendor sends it. */
export interface ErrorResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** One vendor's wire format. Text in, text out: no sockets, no time, no money. */
export interface Wire {
  readonly provider: SandboxProvider;
  /** The first part of the vendor's paths in the sandbox: "/anthropic". */
  readonly prefix: string;
  /** Path of the vendor's list of models, after the prefix. */
  readonly modelsPath: RegExp;
  /** What the model says when it declines; empty where the vendor sends no text then. */
  readonly refusalText: string;
  /** True when the path is the one that this vendor answers. */
  answers(path: string): boolean;
  /** The API key that was sent, or an empty string. */
  keyOf(headers: IncomingHttpHeaders, query: URLSearchParams): string;
  read(request: RawRequest): ReadCall;
  /** The whole answer as one JSON value. */
  body(reply: Reply): unknown;
  /** Server-sent events before the text, for a piece of it, and after it. `sentTokens` counts the text up to the end of the piece. */
  opening(reply: Reply): string;
  delta(reply: Reply, text: string, sentTokens: number): string;
  closing(reply: Reply): string;
  /** An error within a stream. */
  errorEvent(serial: string): string;
  error(trouble: CallProblem, serial: string): ErrorResponse;
  /** The list of models. */
  models(wireIds: readonly string[]): unknown;
  /** How its streams are framed. */
  readonly framing: Framing;
  /** Another way of the vendor's to stream, where the request asks for it. */
  asked?(query: URLSearchParams): Wire;
}

/** How the messages of a stream are told apart. */
export interface Framing {
  readonly contentType: string;
  /** One message, its JSON text given; `name` only where the vendor names its events. */
  message(json: string, name?: string): string;
}

/** Server-sent events. */
export const SSE: Framing = {
  contentType: "text/event-stream; charset=utf-8",
  message: (json, name) => `${name === undefined ? "" : `event: ${name}\n`}data: ${json}\n\n`,
};

/** One server-sent event; `name` only where the vendor names its events. */
export function sse(data: unknown, name?: string): string {
  return SSE.message(JSON.stringify(data), name);
}

/** The value when it is a plain object, else an empty one. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** Text of a message's content: a string, or the text parts of a list. */
export function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  return asList(content)
    .map((part) => asRecord(part)["text"])
    .filter((text) => typeof text === "string")
    .join("");
}

/** A text, or an empty one. */
export function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A positive whole number, or `null`. */
export function asLimit(value: unknown): number | null {
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : null;
}

/** Which of these keys the object has, set to something. */
export function keysIn(body: Readonly<Record<string, unknown>>, keys: readonly string[]): readonly string[] {
  return keys.filter((key) => body[key] !== undefined && body[key] !== null);
}

/** The token of "Bearer …", or an empty string. */
export function bearer(headers: IncomingHttpHeaders): string {
  return /^Bearer\s+(\S+)/i.exec(headers.authorization ?? "")?.[1] ?? "";
}
