import { SignalboxError, type ErrorKind, type ProviderError } from "../core/errors.ts";
import type { ModelCall, StreamEvent } from "../core/ports.ts";
import type { Adapter } from "./adapter.ts";
import { said, trouble, type Endpoint } from "./endpoint.ts";
import { AnswerEvents } from "./answer-events.ts";
import { asProviderError } from "./errors.ts";
import { refusalKnown, rememberRefusal } from "./refused-schemas.ts";
import { callWire, openingCall } from "./wire.ts";

/** The reason of every abort, made once: without one each abort makes an error with a stack, and every call ends with an abort. */
const LET_GO = new Error("the call is over");

/** A call as the port hands it over. */
interface StreamedCall {
  readonly call: ModelCall;
  readonly signal: AbortSignal;
  readonly onBytes: () => void;
}

/**
 * One call, as the port describes it. The connection is closed as soon as the caller's signal aborts, the consumer leaves, or
 * anything fails: some SDKs only let go of the body then, and the vendor would go on generating.
 */
export function callStream(adapter: Adapter, endpoint: Endpoint, streamed: StreamedCall): AsyncIterable<StreamEvent> {
  return {
    [Symbol.asyncIterator]() {
      const control = new AbortController();
      const events = run(adapter, endpoint, streamed, control);
      return {
        next: () => events.next(),
        return: () => {
          // A generator that waits does not hear of a return before its wait is over: the abort ends the wait.
          control.abort(LET_GO);
          // A caller that leaves is not told how the connection took it.
          return events.return(undefined).catch(() => ({ done: true, value: undefined }));
        },
      };
    },
  };
}

async function* run(
  adapter: Adapter,
  endpoint: Endpoint,
  { call, signal: outer, onBytes }: StreamedCall,
  control: AbortController,
): AsyncGenerator<StreamEvent, undefined> {
  const abort = (): void => control.abort(LET_GO);
  if (outer.aborted) abort();
  outer.addEventListener("abort", abort, { once: true });
  const { signal } = control;
  const wire = callWire(call.outputLimitTokens, onBytes);
  const answer = new AnswerEvents();
  const mostChars = mostCharsOf(call);
  let phase: "opening" | "reading" = "opening";
  let known = 0;
  try {
    if (signal.aborted) throw trouble(endpoint, "cancelled", "cancelled before it was sent", { unsent: true });
    const opened = await openingCall.run(wire, () => openAtTier(adapter, endpoint, call, signal));
    if (opened.flexRefusal !== null) yield { type: "flex_refused", message: opened.flexRefusal };
    if (opened.schemaRefusal !== null) yield { type: "schema_refused", message: opened.schemaRefusal };
    phase = "reading";
    const read = adapter.reader();
    for await (const chunk of opened.chunks) {
      const events = read(chunk);
      if (events === null) continue;
      known += 1;
      for (const event of events) {
        for (const told of answer.read(event)) yield clean(told, endpoint);
      }
      if (answer.chars > mostChars) {
        const limit = `an output limit of ${call.outputLimitTokens} tokens`;
        throw trouble(endpoint, "invalid_response", `ignores ${limit}: it has sent ${answer.chars} characters`);
      }
    }
    // Some SDKs end the iteration quietly when they are aborted.
    if (signal.aborted) throw trouble(endpoint, "cancelled", "cancelled");
    if (known === 0) throw trouble(endpoint, "invalid_response", "answered without a single event that it should send");
    yield* answer.end(wire.isTerminated);
  } catch (error) {
    if (error instanceof SignalboxError) throw error;
    if (signal.aborted) throw trouble(endpoint, "cancelled", "cancelled");
    // A complete answer stays one when the connection breaks while only its usage is missing.
    if (answer.isComplete) return;
    throw asProviderError(endpoint, error, phase);
  } finally {
    outer.removeEventListener("abort", abort);
    control.abort(LET_GO);
  }
}

interface OpenedCall {
  readonly chunks: AsyncIterable<unknown>;
  /** What the vendor said of the schema that it would not take; `null`: it took it, or there was none. */
  readonly schemaRefusal: string | null;
}

/** What a vendor answers when its slower tier has no room: 429 at OpenAI, 503 or 429 at Google. Neither is billed. */
const NO_ROOM: ReadonlySet<ErrorKind> = new Set(["rate_limit", "overloaded"]);

/** Opens the call; at the standard tier at once when the slower one has no room. */
async function openAtTier(
  adapter: Adapter,
  endpoint: Endpoint,
  call: ModelCall,
  signal: AbortSignal,
): Promise<OpenedCall & { readonly flexRefusal: string | null }> {
  try {
    return { ...(await open(adapter, endpoint, call, signal)), flexRefusal: null };
  } catch (error) {
    const { tier, ...standard } = call;
    if (tier !== "flex" || signal.aborted) throw error;
    const refused = asProviderError(endpoint, error, "opening");
    if (!NO_ROOM.has(refused.kind) || refused.status === undefined) throw error;
    return { ...(await open(adapter, endpoint, standard, signal)), flexRefusal: refused.message };
  }
}

/**
 * Opens the call. A vendor that refuses it as malformed is asked again without the schema, which stands in the prompt too: not all say what
 * they would not take, and such an answer costs nothing. When it refuses that as well, it was not the schema.
 */
async function open(adapter: Adapter, endpoint: Endpoint, call: ModelCall, signal: AbortSignal): Promise<OpenedCall> {
  const { answerSchema, ...plain } = call;
  const known = answerSchema === undefined ? null : refusalKnown(endpoint, call);
  if (known !== null) return { chunks: await adapter.open(plain, signal), schemaRefusal: known };
  try {
    return { chunks: await adapter.open(call, signal), schemaRefusal: null };
  } catch (error) {
    if (answerSchema === undefined || signal.aborted) throw error;
    const refused = asProviderError(endpoint, error, "opening");
    if (refused.kind !== "bad_request" || refused.modelMissing === true || refused.status === undefined) throw error;
    const chunks = await adapter.open(plain, signal);
    rememberRefusal(endpoint, call, refused.message);
    return { chunks, schemaRefusal: refused.message };
  }
}

/** A token is some four characters; the longest, of white space, come to a hundred, and no text is made of those alone. */
const CHARS_PER_TOKEN = 32;
const SPARE_CHARS = 16_384;

/** More text and thinking than this is above the limit that was sent, by every tokenizer. */
function mostCharsOf({ outputLimitTokens }: ModelCall): number {
  return CHARS_PER_TOKEN * outputLimitTokens + SPARE_CHARS;
}

function clean(event: StreamEvent, endpoint: Endpoint): StreamEvent {
  return event.type === "finish" ? { ...event, raw: said(endpoint, event.raw) } : event;
}

/** A call that fails before it begins. */
export function failing(problem: ProviderError): AsyncIterable<StreamEvent> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(problem) }) };
}
