import { messagesAdapter, ownedByUs } from "./anthropic.ts";
import { once, type ProviderKindRow } from "./adapter.ts";
import { trouble, type Endpoint } from "./endpoint.ts";
import { causes } from "./errors.ts";

/** Claude on AWS Bedrock, by Anthropic's own class for it, which turns AWS's event stream into that of the Messages API. */
export const bedrock: ProviderKindRow = {
  keyHeader: "authorization",
  signs: true,
  baseUrlOf: ({ region }) => `https://bedrock-runtime.${region}.amazonaws.com`,
  listPath: null,
  connect(endpoint, fetch) {
    const adapter = messagesAdapter(
      once(async () => {
        const [{ AnthropicBedrock }, { Stream }] = await Promise.all([
          import("@anthropic-ai/bedrock-sdk"),
          import("@anthropic-ai/sdk/core/streaming"),
        ]);
        // Without a key of its own the SDK signs with what AWS keeps on this machine.
        const hasKey = (await endpoint.key.read(null)) !== null;
        const client = new AnthropicBedrock({
          baseURL: endpoint.baseUrl,
          ...(endpoint.region === null ? {} : { awsRegion: endpoint.region }),
          apiKey: null,
          skipAuth: hasKey,
          ...ownedByUs(fetch),
        });
        return { client, Stream };
      }),
      endpoint,
    );
    return {
      ...adapter,
      open: (call, signal) => adapter.open(call, signal).catch((error) => explain(error, endpoint)),
    };
  },
};

/** What AWS's libraries throw when they find nothing to sign with. */
function explain(error: unknown, endpoint: Endpoint): never {
  if (![...causes(error)].some(({ name }) => name === "CredentialsProviderError")) throw error;
  const about = "has no API key, and AWS keeps no credentials on this machine (AWS_ACCESS_KEY_ID, AWS_PROFILE, …)";
  throw trouble(endpoint, "auth", about, { unsent: true });
}
