import { z } from "zod";
import { PROVIDER_KINDS, type ProviderKind } from "../core/vendors.ts";
import { count, name, params } from "./scalars.ts";

const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "the name of an environment variable that holds the key, not the key itself");

/** Settings of one of the four vendors, or an endpoint of one's own. */
export const ProviderRow = z.strictObject({
  kind: z
    .enum(Object.keys(PROVIDER_KINDS) as [ProviderKind, ...ProviderKind[]])
    .optional()
    .describe("What it speaks; openai_compatible for Ollama, llama.cpp, vLLM, …"),
  base_url: z.string().optional().describe("With or without the version at its end"),
  api_key_env: z
    .union([variable, z.array(variable).min(1)])
    .optional()
    .describe("The variable that holds the key; several: one for each account, used in turn"),
  api_key_command: z
    .array(name)
    .min(1)
    .optional()
    .describe("Program and arguments that print the key, without a shell; kept for 5 minutes"),
  api_key_file: z
    .union([name, z.array(name).min(1)])
    .optional()
    .describe("The file that holds the key"),
  headers: z
    .record(
      z.string(),
      z.union([z.string(), z.strictObject({ env: variable.describe("The variable that holds the value") })]),
    )
    .optional()
    .describe('Sent with every call. A secret stands in a variable: {"x-api-key": {"env": "GATEWAY_KEY"}}'),
  params: params.optional().describe("Sent in the body of every call, such as chat_template_kwargs"),
  stream: z.boolean().optional().describe("false: ask for the whole answer at once; default true"),
  limit_param: z
    .enum(["max_tokens", "max_completion_tokens"])
    .optional()
    .describe("What the endpoint calls the output limit; default by kind"),
  proxy: z
    .string()
    .optional()
    .describe("The URL of a proxy for this provider, or none; default: HTTPS_PROXY, HTTP_PROXY and NO_PROXY"),
  api_version: name.optional().describe("Of azure_openai"),
  region: name.optional().describe("Of bedrock and vertex"),
  project: name.optional().describe("Of vertex"),
  limits: z
    .strictObject({
      concurrency: count.optional().describe("Calls at one time"),
      requests_per_minute: count.optional().describe("Calls that begin within a minute"),
    })
    .optional()
    .describe("Over all processes on the ledger; default none"),
});
export type ProviderRow = z.infer<typeof ProviderRow>;
