import { once, type ProviderKindRow } from "./adapter.ts";
import { cacheKey, chatAdapter, CLIENT_OPTIONS } from "./openai.ts";

/** The latest version of the API that is not a preview, as of 2026-11. */
const API_VERSION = "2024-10-21";

/** Models that Azure deploys, by OpenAI's own class for it. `wire_id` is the name of the deployment. */
export const azureOpenai: ProviderKindRow = {
  keyHeader: "api-key",
  // The SDK adds "/openai" to an endpoint alone.
  listPath: `/openai/models?api-version=${API_VERSION}`,
  connect: (endpoint, fetch) =>
    chatAdapter(
      once(async () => {
        const { AzureOpenAI } = await import("openai");
        return new AzureOpenAI({
          baseURL: `${endpoint.baseUrl}/openai`,
          apiVersion: endpoint.apiVersion ?? API_VERSION,
          ...CLIENT_OPTIONS,
          fetch,
        });
      }),
      endpoint,
      "max_completion_tokens",
      cacheKey,
    ),
};
