import type { AuthClient } from "google-auth-library";
import type { ProviderError } from "../core/errors.ts";
import { messagesAdapter, ownedByUs } from "./anthropic.ts";
import { once, type Adapter, type ProviderKindRow } from "./adapter.ts";
import type { KeyReader } from "./api-key.ts";
import type { Endpoint } from "./endpoint.ts";
import { contentAdapter } from "./google.ts";
import { asFields } from "./shape.ts";

const SCOPE = "https://www.googleapis.com/auth/cloud-platform";

/**
 * Models on Google Vertex: Claude by Anthropic's own class for it, all others by Google's. Which it is follows from the model's own id,
 * as it does in Vertex's addresses. The token is one that the config names, or that of the machine (Application Default Credentials).
 */
export const vertex: ProviderKindRow = {
  keyHeader: "authorization",
  baseUrlOf: ({ region }) =>
    region === "global" || region === null
      ? "https://aiplatform.googleapis.com"
      : `https://${region}-aiplatform.googleapis.com`,
  machineKey: defaultCredentials,
  listPath: null,
  connect: (endpoint, fetch) => {
    const claude = claudeOn(endpoint, fetch);
    const gemini = geminiOn(endpoint, fetch);
    return {
      open: (call, signal) => (isClaude(call.model.wireId) ? claude : gemini).open(call, signal),
      reader() {
        const [ofClaude, ofGemini] = [claude.reader(), gemini.reader()];
        // Each event of the Messages API names its type; Gemini's chunks have none.
        return (chunk) => (asFields(chunk)?.["type"] === undefined ? ofGemini : ofClaude)(chunk);
      },
    };
  },
};

function isClaude(wireId: string): boolean {
  return /^(?:publishers\/anthropic\/models\/)?claude/.test(wireId);
}

function claudeOn(endpoint: Endpoint, fetch: typeof globalThis.fetch): Adapter {
  const sdk = once(async () => {
    const [{ AnthropicVertex }, { Stream }, authClient] = await Promise.all([
      import("@anthropic-ai/vertex-sdk"),
      import("@anthropic-ai/sdk/core/streaming"),
      noCredentials(),
    ]);
    const client = new AnthropicVertex({
      baseURL: `${endpoint.baseUrl}/v1`,
      region: endpoint.region,
      projectId: endpoint.project,
      authClient,
      ...ownedByUs(fetch),
    });
    return { client, Stream };
  });
  return messagesAdapter(sdk, endpoint);
}

function geminiOn(endpoint: Endpoint, fetch: typeof globalThis.fetch): Adapter {
  const sdk = once(async () => {
    const [{ GoogleGenAI, ThinkingLevel, ServiceTier }, authClient] = await Promise.all([
      import("@google/genai"),
      noCredentials(),
    ]);
    const client = new GoogleGenAI({
      vertexai: true,
      ...(endpoint.project === null ? {} : { project: endpoint.project }),
      ...(endpoint.region === null ? {} : { location: endpoint.region }),
      apiVersion: "v1",
      googleAuthOptions: { authClient },
      httpOptions: { baseUrl: endpoint.baseUrl, fetch },
    });
    return { client, ThinkingLevel, ServiceTier };
  });
  return contentAdapter(sdk, endpoint);
}

/** The transport sends the token: the SDKs are not to look for one of their own. */
async function noCredentials(): Promise<AuthClient> {
  const { PassThroughClient } = await import("google-auth-library");
  return new PassThroughClient();
}

/** The token of the machine, which Google's library keeps fresh. */
function defaultCredentials(fail: (reason: string) => ProviderError): KeyReader {
  let current: string | null = null;
  const auth = once(async () => {
    const { GoogleAuth } = await import("google-auth-library");
    return new GoogleAuth({ scopes: SCOPE });
  });
  return {
    get current() {
      return current;
    },
    async read() {
      try {
        current = (await (await auth()).getAccessToken()) ?? null;
      } catch (error) {
        throw fail(
          `could not be had from Google's default credentials: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      return current;
    },
    refused: () => {},
  };
}
