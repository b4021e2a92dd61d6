import { SignalboxError, type ProviderError } from "../core/errors.ts";
import type { ModelCall, StreamEvent } from "../core/ports.ts";
import type { Adapter } from "./adapter.ts";
import { said, trouble, type Endpoint } from "./endpoint.ts";
import { asProviderError } from "./errors.ts";

/** The reason of every abort, made once: without one each abort makes an error with a stack, and every call ends with an abort. */
const LET_GO = new Error("the call is over");

/**
 * One call, as the port describes it. The connection is closed as soon as the caller's signal aborts, the consumer leaves, or
 * anything fails: some SDKs only let go of the body then, and the vendor would go on generating.
 */
export function callStream(
  adapter: Adapter,
  endpoint: Endpoint,
  call: ModelCall,
  signal: AbortSignal,
): AsyncIterable<StreamEvent> {
  return {
    [Symbol.asyncIterator]() {
      const control = new AbortController();
      const events = run(adapter, endpoint, call, signal, control);
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
  call: ModelCall,
  outer: AbortSignal,
  control: AbortController,
): AsyncGenerator<StreamEvent, undefined> {
  const abort = (): void => control.abort(LET_GO);
  if (outer.aborted) abort();
  outer.addEventListener("abort", abort, { once: true });
  const { signal } = control;
  let phase: "opening" | "reading" = "opening";
  let known = 0;
  let finished = false;
  try {
    if (signal.aborted) throw trouble(endpoint, "cancelled", "cancelled before it was sent", { unsent: true });
    const chunks = await adapter.open(call, signal);
    phase = "reading";
    const read = adapter.reader();
    for await (const chunk of chunks) {
      const events = read(chunk);
      if (events === null) continue;
      known += 1;
      if (events.length === 0) yield { type: "alive" };
      for (const event of events) {
        finished ||= event.type === "finish";
        yield event.type === "finish" ? { ...event, raw: said(endpoint, event.raw) } : event;
      }
    }
    // Some SDKs end the iteration quietly when they are aborted.
    if (signal.aborted) throw trouble(endpoint, "cancelled", "cancelled");
    if (known === 0) throw trouble(endpoint, "invalid_response", "answered without a single event that it should send");
  } catch (error) {
    if (error instanceof SignalboxError) throw error;
    if (signal.aborted) throw trouble(endpoint, "cancelled", "cancelled");
    // A complete answer stays one when the connection breaks while only its usage is missing.
    if (finished) return;
    throw asProviderError(endpoint, error, phase);
  } finally {
    outer.removeEventListener("abort", abort);
    control.abort(LET_GO);
  }
}

/** A call that fails before it begins. */
export function failing(problem: ProviderError): AsyncIterable<StreamEvent> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(problem) }) };
}
