import type { JSONRPCMessage } from "@modelcontextprotocol/server";
import { refusal } from "./error-response.ts";

const JSON_TYPE = "application/json";
const STREAM_TYPE = "text/event-stream";
const BOTH = `${JSON_TYPE}, ${STREAM_TYPE}`;

/** Which of the two kinds of answer a client takes. No header takes both, as HTTP has it. */
export interface Accepted {
  readonly json: boolean;
  readonly stream: boolean;
}

export function acceptedBy(header: string | null): Accepted {
  const ranges = (header ?? "*/*").split(",").flatMap((part) => {
    const [type = "", ...parameters] = part.split(";").map((each) => each.trim().toLowerCase());
    return parameters.some((each) => /^q=0(?:\.0*)?$/u.test(each)) ? [] : [type];
  });
  const takes = (type: string): boolean =>
    ranges.some((range) => range === type || range === "*/*" || range === `${type.split("/", 1)[0]}/*`);
  return { json: takes(JSON_TYPE), stream: takes(STREAM_TYPE) };
}

/** 406 for a client that takes nothing that there is; `null` for every other one. */
export function nothingAccepted({ json, stream }: Accepted, method: string): Response | null {
  if (stream || (json && method !== "GET")) return null;
  return refusal(406, `The Accept header must allow ${method === "GET" ? STREAM_TYPE : BOTH}`);
}

/** The request as the SDK's transports want it: they insist on both types by name. Its body is read already. */
export function acceptingBoth({ url, method, headers, signal }: Request): Request {
  const both = new Headers(headers);
  both.set("accept", BOTH);
  return new Request(url, { method, headers: both, signal });
}

/**
 * The answer for a client that takes no stream: the message that answers its request, as JSON. What the stream holds before it
 * (progress) is left out.
 */
export async function withoutStream(response: Response, body: unknown, signal: AbortSignal): Promise<Response> {
  const isStream = response.headers.get("content-type")?.startsWith(STREAM_TYPE) === true;
  const { id } = (body ?? {}) as { readonly id?: unknown };
  if (!isStream || response.body === null) return response;
  for await (const message of messagesIn(response.body, signal)) {
    if (!("method" in message) && message.id === id) {
      const headers = new Headers(response.headers);
      headers.set("content-type", JSON_TYPE);
      return Response.json(message, { status: response.status, headers });
    }
  }
  return refusal(500, "The stream ended before the answer");
}

/** The messages of a stream of events, as the SDK writes them: one line of data each. */
async function* messagesIn(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<JSONRPCMessage> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const leave = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener("abort", leave, { once: true });
  try {
    let rest: string[] = [];
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = decoder.decode(value, { stream: true }).split("\n");
      const last = lines.pop() ?? "";
      for (const line of lines) {
        const whole = [...rest, line].join("");
        rest = [];
        if (whole.startsWith("data: ")) yield JSON.parse(whole.slice("data: ".length)) as JSONRPCMessage;
      }
      rest.push(last);
    }
  } finally {
    signal.removeEventListener("abort", leave);
    leave();
  }
}
