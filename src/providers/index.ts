import type { ProviderError } from "../core/errors.ts";
import type { Provider } from "../core/ports.ts";
import type { ProviderKindRow } from "./adapter.ts";
import { anthropic } from "./anthropic.ts";
import { trouble, type Endpoint } from "./endpoint.ts";
import { google } from "./google.ts";
import { openai, openaiCompatible } from "./openai.ts";
import { callStream, failing } from "./stream.ts";
import { together } from "./together.ts";
import { transport } from "./transport.ts";

/** Every kind of provider: adding one is one file and one row. */
const KINDS = {
  anthropic,
  openai,
  together,
  google,
  openai_compatible: openaiCompatible,
} as const satisfies Record<string, ProviderKindRow>;

export interface ProviderConnection {
  /** Names the provider in models, receipts and messages. */
  readonly id: string;
  readonly kind: keyof typeof KINDS;
  /** A secret: goes to the vendor and nowhere else. */
  readonly apiKey: string | null;
  /** `null`: the vendor's own. With the version in it for OpenAI and Together ("…/v1"), without for Anthropic and Google. */
  readonly baseUrl: string | null;
}

/**
 * A provider by its vendor's own SDK, which is loaded on the first call. Never throws: settings that cannot work (no key, no
 * base URL) fail each call, as `auth` or `bad_request`, before anything is sent.
 */
export function createProvider(settings: ProviderConnection): Provider {
  const row: ProviderKindRow = KINDS[settings.kind];
  const apiKey = settings.apiKey === null || settings.apiKey.trim() === "" ? null : settings.apiKey.trim();
  const endpoint: Endpoint = { id: settings.id, baseUrl: settings.baseUrl ?? row.defaultBaseUrl ?? "", apiKey };
  const adapter = row.connect(endpoint, transport(endpoint, row.keyHeader));
  return {
    id: settings.id,
    stream: (call, signal, onBytes = () => {}) => {
      const problem = problemOf(endpoint, row);
      return problem === null ? callStream(adapter, endpoint, { call, signal, onBytes }) : failing(problem);
    },
  };
}

function problemOf(endpoint: Endpoint, row: ProviderKindRow): ProviderError | null {
  const unsent = { unsent: true };
  if (endpoint.baseUrl === "") return trouble(endpoint, "bad_request", "has no base URL", unsent);
  const url = URL.parse(endpoint.baseUrl);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") {
    return trouble(endpoint, "bad_request", "its base URL is not a plain http(s) URL", unsent);
  }
  if (endpoint.apiKey === null) {
    return row.needsKey ? trouble(endpoint, "auth", "has no API key", unsent) : null;
  }
  const fits = /^[\x21-\x7e]+$/.test(endpoint.apiKey);
  return fits ? null : trouble(endpoint, "auth", "its API key has characters that no key can have", unsent);
}
