import type { EndpointSettings } from "../core/endpoint-settings.ts";
import type { ProviderError } from "../core/errors.ts";
import type { ModelCall, StreamEvent } from "../core/ports.ts";
import type { Endpoint } from "./endpoint.ts";
import type { KeyReader } from "./api-key.ts";

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

/** Where a key goes. */
export type KeyHeader = "authorization" | "x-goog-api-key" | "api-key";

/** A kind of provider: a row of the table in index.ts. */
export interface ProviderKindRow {
  readonly keyHeader: KeyHeader;
  /** Where it listens, when neither the config nor the row of its kind says so. */
  readonly baseUrlOf?: (settings: EndpointSettings) => string;
  /** The credentials of the machine, for an endpoint without a key of its own. */
  readonly machineKey?: (fail: (reason: string) => ProviderError) => KeyReader;
  /** Without a key its SDK signs each request: nothing of it may be changed. */
  readonly signs?: true;
  /** The address that lists the models of a key at no cost, behind the base URL; `null`: there is none. */
  readonly listPath: string | null;
  /** `fetch` is the only way out that the SDK gets. */
  readonly connect: (endpoint: Endpoint, fetch: typeof globalThis.fetch) => Adapter;
}

/** The parameters of the config for a call, those of the model before those of its provider. */
export function configuredParams({ model }: ModelCall, endpoint: Endpoint): Readonly<Record<string, unknown>> {
  const params = { ...endpoint.params, ...model.params };
  for (const name of Object.keys(params)) endpoint.configured.add(name);
  return params;
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
