import type { ApiKey, EndpointSettings } from "../core/endpoint-settings.ts";
import type { ProviderError } from "../core/errors.ts";
import type { Provider } from "../core/ports.ts";
import { hideKey } from "../core/redact.ts";
import { PROVIDER_KINDS, type ProviderKind } from "../core/vendors.ts";
import type { ProviderKindRow } from "./adapter.ts";
import { anthropic } from "./anthropic.ts";
import { keyReader } from "./api-key.ts";
import { azureOpenai } from "./azure-openai.ts";
import { googleVersion, normalBaseUrl } from "./base-url.ts";
import { bedrock } from "./bedrock.ts";
import { trouble, type Endpoint } from "./endpoint.ts";
import { listModels } from "./list-models.ts";
import { google } from "./google.ts";
import { openai, openaiCompatible, openrouter } from "./openai.ts";
import { callStream, failing } from "./stream.ts";
import { together } from "./together.ts";
import { transport } from "./transport.ts";
import { vertex } from "./vertex.ts";

/** Every kind of provider: adding one is one file, one row here and one of facts in `core/vendors.ts`. */
const KINDS: Readonly<Record<ProviderKind, ProviderKindRow>> = {
  anthropic,
  openai,
  together,
  google,
  openai_compatible: openaiCompatible,
  azure_openai: azureOpenai,
  openrouter,
  bedrock,
  vertex,
};

/** What an endpoint needs beyond its id and kind has its usual value where it is left out. */
export type ProviderConnection = Pick<EndpointSettings, "id" | "kind" | "baseUrl"> & Partial<EndpointSettings>;

/**
 * A provider by its vendor's own SDK, which is loaded on the first call, spoken to with one key. Never throws: settings that cannot
 * work (no key, no base URL) fail each call, as `auth` or `bad_request`, before anything is sent.
 */
export function createProvider(settings: ProviderConnection, apiKey: ApiKey | null): Provider {
  const row = KINDS[settings.kind];
  const endpoint = endpointOf(settings, apiKey);
  const way = { endpoint, keyHeader: row.keyHeader, signs: row.signs === true };
  const adapter = row.connect(endpoint, transport(way));
  return {
    id: settings.id,
    stream: (call, signal, onBytes = () => {}) => {
      const problem = problemOf(endpoint, settings.kind, apiKey);
      return problem === null ? callStream(adapter, endpoint, { call, signal, onBytes }) : failing(problem);
    },
    withoutKey: (answer) => hideKey(answer, endpoint.apiKey),
  };
}

/** What an endpoint says to a key, at no cost. */
export type KeyTrial =
  /** `null`: it has no list, or one of another form. */
  | { readonly ok: true; readonly endpoint: string; readonly models: readonly string[] | null }
  | { readonly ok: false; readonly endpoint: string; readonly error: ProviderError };

/** Asks an endpoint for the list of its models with one key, the way that calls go. Never throws. */
export async function tryKey(
  settings: ProviderConnection,
  apiKey: ApiKey | null,
  signal: AbortSignal,
): Promise<KeyTrial> {
  const row = KINDS[settings.kind];
  const endpoint = endpointOf(settings, apiKey);
  const problem = problemOf(endpoint, settings.kind, apiKey);
  if (problem !== null) return { ok: false, endpoint: endpoint.baseUrl, error: problem };
  const listed = await listModels(
    { endpoint, keyHeader: row.keyHeader, signs: row.signs === true },
    row.listPath,
    signal,
  );
  return { ...listed, endpoint: endpoint.baseUrl };
}

const USUAL: Omit<EndpointSettings, "id" | "kind" | "baseUrl"> = {
  headers: {},
  params: {},
  stream: true,
  limitParam: null,
  proxy: null,
  apiVersion: null,
  region: null,
  project: null,
};

function endpointOf(connection: ProviderConnection, apiKey: ApiKey | null): Endpoint {
  const settings = { ...USUAL, ...connection };
  const { id, kind, headers, params } = settings;
  const row = KINDS[kind];
  const given = settings.baseUrl ?? PROVIDER_KINDS[kind].baseUrl ?? row.baseUrlOf?.(settings) ?? "";
  const headerValues = Object.values(headers).flatMap((value) => [
    value,
    value.replace(/^(?:bearer|basic|token)\s+/i, ""),
  ]);
  // A short value is no secret, and would be found in every message.
  const fixed = headerValues.filter((value) => value.length >= 8);
  const fail = (reason: string): ProviderError =>
    trouble({ id, secrets: fixed }, "auth", `its API key ${reason}`, { unsent: true });
  const key = apiKey === null && row.machineKey !== undefined ? row.machineKey(fail) : keyReader(apiKey, fail);
  return {
    ...settings,
    baseUrl: normalBaseUrl(kind, given),
    apiVersion: settings.apiVersion ?? (kind === "google" ? googleVersion(given) : null),
    key,
    configured: new Set(Object.keys(params)),
    get apiKey() {
      return key.current;
    },
    get secrets() {
      return key.current === null ? fixed : [key.current, ...fixed];
    },
  };
}

function problemOf(endpoint: Endpoint, kind: ProviderKind, apiKey: ApiKey | null): ProviderError | null {
  const unsent = { unsent: true };
  if (endpoint.baseUrl === "") return trouble(endpoint, "bad_request", "has no base URL", unsent);
  const url = URL.parse(endpoint.baseUrl);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") {
    return trouble(endpoint, "bad_request", "its base URL is not a plain http(s) URL", unsent);
  }
  if (apiKey !== null && typeof apiKey !== "string") return null;
  if (endpoint.apiKey === null) {
    // A gateway may be let in by its headers.
    const needsKey = PROVIDER_KINDS[kind].needsKey && Object.keys(endpoint.headers).length === 0;
    return needsKey ? trouble(endpoint, "auth", "has no API key", unsent) : null;
  }
  const fits = /^[\x21-\x7e]+$/.test(endpoint.apiKey);
  return fits ? null : trouble(endpoint, "auth", "its API key has characters that no key can have", unsent);
}
