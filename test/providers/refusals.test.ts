import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { createProvider, type ProviderConnection } from "../../src/providers/index.ts";
import type { Model } from "../../src/core/model.ts";
import { endpoints } from "./endpoints.ts";
import { call, drain, KEY, model, type Kind, type Outcome } from "./support.ts";

const endpoint = endpoints();

const refuse = (response: ServerResponse, status: number, body: unknown): void => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json" }).end(text);
};

async function ask(
  kind: Kind,
  baseUrl: string,
  settings: Partial<ProviderConnection> = {},
  over: Partial<Model> = {},
  apiKey: string | null = KEY,
): Promise<Outcome> {
  const provider = createProvider({ id: "own", kind, baseUrl, ...settings }, apiKey);
  return drain(provider.stream(call({ model: model(over) }), AbortSignal.timeout(10_000)));
}

describe("a model that is not there", () => {
  it.each<[Kind, number, unknown]>([
    [
      "openai",
      404,
      {
        error: {
          message: "The model `gpt-9` does not exist or you do not have access to it.",
          code: "model_not_found",
        },
      },
    ],
    [
      "openai",
      403,
      { error: { message: "Project `p` does not have access to model `gpt-9`", code: "model_not_found" } },
    ],
    ["anthropic", 404, { type: "error", error: { type: "not_found_error", message: "model: claude-9" } }],
    [
      "google",
      404,
      { error: { code: 404, status: "NOT_FOUND", message: "models/gemini-9 is not found for API version v1" } },
    ],
    ["together", 404, { error: { message: "Unable to access model x", code: "model_not_available" } }],
    [
      "openai_compatible",
      404,
      { error: { message: 'model "qwen9" not found, try pulling it first', type: "api_error" } },
    ],
    ["openai_compatible", 404, { object: "error", message: "The model `x` does not exist.", type: "NotFoundError" }],
    ["openai_compatible", 400, { error: { message: "x/y is not a valid model ID", code: 400 } }],
  ])("is said to be missing: %s, %i", async (kind, status, body) => {
    const { baseUrl, received } = await endpoint((_, response) => refuse(response, status, body));
    const { error } = await ask(kind, baseUrl);
    expect(error).toMatchObject({ kind: "bad_request", modelMissing: true });
    expect(error?.message).toContain("has no such model");
    expect(received).toHaveLength(1);
  });
});

describe("a refusal with a reason of its own", () => {
  it.each<[string, Kind, number, unknown, string]>([
    [
      "Anthropic's limit in the console",
      "anthropic",
      400,
      {
        type: "error",
        error: {
          type: "invalid_request_error",
          message: "You have reached your specified API usage limits. You will regain access on 2026-12-01.",
        },
      },
      "quota",
    ],
    [
      "LM Studio's window",
      "openai_compatible",
      400,
      {
        error:
          "Trying to keep the first 4689 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough.",
      },
      "context_length",
    ],
    [
      "LM Studio's window, newer",
      "openai_compatible",
      400,
      {
        error: { message: "The number of tokens to keep from the initial prompt is greater than the context length." },
      },
      "context_length",
    ],
  ])("%s is read", async (_, kind, status, body, expected) => {
    const { baseUrl } = await endpoint((request, response) => refuse(response, status, body));
    expect((await ask(kind, baseUrl)).kind).toBe(expected);
  });

  it("by region is said, not blamed on the key alone", async () => {
    const body = {
      error: { code: "unsupported_country_region_territory", message: "Country, region, or territory not supported" },
    };
    const { baseUrl } = await endpoint((_, response) => refuse(response, 403, body));
    expect((await ask("openai", baseUrl)).error?.message).toContain("does not serve this region");
  });

  it("of a firewall's page is said by its title, and costs nothing", async () => {
    const page =
      "<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head><body>blocked</body></html>";
    const { baseUrl } = await endpoint(
      (_, response) => void response.writeHead(403, { "content-type": "text/html" }).end(page),
    );
    const { error } = await ask("openai", baseUrl);
    expect(error).toMatchObject({ kind: "network", unsent: true, status: 403 });
    expect(error?.message).toContain("Attention Required! | Cloudflare");
  });
});
