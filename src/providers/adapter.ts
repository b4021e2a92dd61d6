import type { ModelCall, StreamEvent } from "../core/ports.ts";
import type { Endpoint } from "./endpoint.ts";
import type { KeyHeader } from "./transport.ts";

/**
 * Turns the chunks of one answer into events; made anew for each call, since it remembers what came before. `null`: the chunk
 * is none that this vendor sends. No events: it is, but shows nothing.
 */
export type ChunkReader = (chunk: unknown) => readonly StreamEvent[] | null;

/** One vendor's SDK. */
export interface Adapter {
  /** Sends the call and resolves with the chunks of its answer, as the vendor sends them, when the headers are there. */
  open(call: ModelCall, signal: AbortSignal): Promise<AsyncIterable<unknown>>;
  reader(): ChunkReader;
}

/** A kind of provider: a row of the table in index.ts. */
export interface ProviderKindRow {
  /** The SDK's own default; `null` where there is none and the config must say it. */
  readonly defaultBaseUrl: string | null;
  readonly needsKey: boolean;
  readonly keyHeader: KeyHeader;
  /** `fetch` is the only way out that the SDK gets. */
  readonly connect: (endpoint: Endpoint, fetch: typeof globalThis.fetch) => Adapter;
}

/** Makes it on the first call and keeps it; a failure is not kept, so that the next call tries again. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}
