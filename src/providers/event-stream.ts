import { setImmediate as nextTurn } from "node:timers/promises";
import { createParser } from "eventsource-parser";
import { asJson } from "./shape.ts";
import type { WireBody } from "./wire-answer.ts";

/** What a body is told to be, and who is told what it turns out to be. */
export interface BodyReading {
  /** The `content-type` that came with it. */
  readonly contentType: string;
  /** The body has said itself that it is over. */
  readonly onTerminator: () => void;
  /** Makes the error of a body that is neither events nor JSON; `what` names it. */
  readonly unreadable: (what: string) => Error;
  /** Makes the error of an error that came by 200, as the body or as an event. */
  readonly sentError: (body: unknown) => Error;
}

/** What came out of a piece of the body: events for the SDK, and the error that comes after them. */
interface Piece {
  readonly events: string;
  readonly error: Error | null;
}

/**
 * The body of an answer as every SDK reads it: server-sent events of one line of JSON each, without names. Vendors and proxies send
 * comments between and inside events, several lines of data, names that one SDK drops and another needs, one JSON value in place of a
 * stream, and label one as the other: the first bytes decide what it is.
 */
export function eventStream(body: WireBody, reading: BodyReading): ReadableStream<Uint8Array> {
  let isTerminated = false;
  const onTerminator = (): void => {
    isTerminated = true;
    reading.onTerminator();
  };
  return readable(body, eventsOf(body, { ...reading, onTerminator }), () => isTerminated);
}

/** The pieces of a body as the SDKs take them. Nothing is read ahead of them; to cancel lets the body go. */
export function readable(
  body: WireBody,
  pieces: AsyncIterable<Uint8Array>,
  isTerminated: () => boolean = () => false,
): ReadableStream<Uint8Array> {
  const source = pieces[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await source.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      cancel() {
        if (isTerminated()) void finished(body, source);
        else body.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}

/** SDKs leave behind the last event. What ends the body has mostly come with it: then its connection can serve the next call. */
async function finished(body: WireBody, source: AsyncIterator<Uint8Array>): Promise<void> {
  await Promise.race([source.next().catch(() => undefined), nextTurn()]);
  body.destroy();
}

async function* eventsOf(body: WireBody, reading: BodyReading): AsyncGenerator<Uint8Array, undefined> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  const reader = bodyReader(reading);
  for await (const piece of body) {
    const { events, error } = reader.read(decoder.decode(piece, { stream: true }));
    if (events !== "") yield encoder.encode(events);
    if (error !== null) throw error;
  }
  const { events, error } = reader.end(decoder.decode());
  if (events !== "") yield encoder.encode(events);
  if (error !== null) throw error;
}

interface TextReader {
  read(text: string): Piece;
  end(text: string): Piece;
}

const NO_STREAM = /\b(?:html|json|xml)\b/i;
/** How server-sent events begin: with a comment or a field. */
const EVENT_START = /^(?::|data:|event:|id:|retry:)/;
const EVENT_START_CHARS = "retry:".length;

/** Waits for the first bytes that say something, then reads on as what they begin. */
function bodyReader(reading: BodyReading): TextReader {
  const { contentType, unreadable } = reading;
  let start = "";
  let chosen: TextReader | null = null;
  const choose = (): TextReader | Error | null => {
    const text = start.trimStart();
    if (text === "") return null;
    if (/^[{[]/.test(text)) return jsonReader(reading);
    if (!NO_STREAM.test(contentType) && !text.startsWith("<")) return eventReader(reading);
    if (EVENT_START.test(text)) return eventReader(reading);
    return text.length < EVENT_START_CHARS ? null : unreadable(contentType);
  };
  const read = (text: string): Piece => {
    if (chosen !== null) return chosen.read(text);
    start += text;
    const choice = choose();
    if (choice instanceof Error) return { events: "", error: choice };
    if (choice === null) return NOTHING;
    chosen = choice;
    return chosen.read(start);
  };
  return {
    read,
    end: (text) => {
      if (chosen !== null) return chosen.end(text);
      const { error } = read(text);
      if (error !== null) return { events: "", error };
      // `read` may have chosen, and read what there was.
      const late: TextReader | null = chosen;
      if (late !== null) return (late as TextReader).end("");
      return { events: "", error: unreadable(start.trim() === "" ? "an empty body" : contentType) };
    },
  };
}

const NOTHING: Piece = { events: "", error: null };

function eventReader({ onTerminator, sentError }: BodyReading): TextReader {
  let events = "";
  let error: Error | null = null;
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (data === "" || error !== null) return;
      if (event === "error" || (data.includes('"error"') && isError(asJson(data)))) error = sentError(data);
      else events += asEvent(data);
      if (data.trim() === "[DONE]") onTerminator();
    },
  });
  const read = (text: string): Piece => {
    events = "";
    parser.feed(text);
    return { events, error };
  };
  // The last event may lack the empty line that ends it.
  return { read, end: (text) => read(`${text}\n\n`) };
}

function jsonReader({ onTerminator, sentError, unreadable }: BodyReading): TextReader {
  const parts: string[] = [];
  return {
    read: (text) => {
      parts.push(text);
      return NOTHING;
    },
    end: (text) => {
      const body = asJson(parts.join("") + text);
      if (body === undefined) return { events: "", error: unreadable("JSON that cannot be read") };
      // Gemini's streams without `alt=sse` are a list of what else would be events.
      const values: readonly unknown[] = Array.isArray(body) ? (body as readonly unknown[]) : [body];
      if (values.some(isError)) return { events: "", error: sentError(body) };
      onTerminator();
      return { events: values.map((value) => asEvent(JSON.stringify(value))).join(""), error: null };
    },
  };
}

function isError(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("error" in value)) return false;
  const { error } = value;
  return (typeof error === "string" && error !== "") || (typeof error === "object" && error !== null);
}

/** In JSON a line break is white space. */
function asEvent(data: string): string {
  return `data: ${data.replaceAll("\n", " ")}\n\n`;
}
