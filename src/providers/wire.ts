import { AsyncLocalStorage } from "node:async_hooks";

/** What the transport knows of a call that no SDK passes on, and what it must know about the call. */
export interface CallWire {
  /** The longest body that this call may get, bytes. */
  readonly mostBytes: number;
  /** Called whenever bytes of the body arrive, comments too. */
  readonly onBytes: () => void;
  /** The body has said itself that it is over: `[DONE]`, or the last brace of a JSON body. */
  isTerminated: boolean;
}

/** Of every body. The longest answers, token by token, stay far below. */
const MOST_BYTES = 256 * 1024 * 1024;
/** Of the body of a call for no tokens: headers of events, comments that keep a connection alive, thinking that is hidden. */
const LEAST_BYTES = 4 * 1024 * 1024;
/** A token comes in an event of its own, with the names of the model and the choice around it. */
const BYTES_PER_TOKEN = 4096;

/** The wire of a call for so many tokens. */
export function callWire(outputLimitTokens: number, onBytes: () => void): CallWire {
  const mostBytes = Math.min(MOST_BYTES, LEAST_BYTES + BYTES_PER_TOKEN * outputLimitTokens);
  return { mostBytes, onBytes, isTerminated: false };
}

/** The call that is being opened. An SDK stands between the adapter and the transport, and passes no such thing on. */
export const openingCall = new AsyncLocalStorage<CallWire>();
