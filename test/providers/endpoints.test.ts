import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { createProvider, type ProviderConnection } from "../../src/providers/index.ts";
import type { Model } from "../../src/core/model.ts";
import { endpoints, type Answer } from "./endpoints.ts";
import { call, drain, ENDINGS, KEY, model, OPENINGS, type Kind, type Outcome } from "./support.ts";

const endpoint = endpoints();

const good =
  (kind: Kind): Answer =>
  (_, response) =>
    void response.writeHead(200, { "content-type": "text/event-stream" }).end(OPENINGS[kind] + ENDINGS[kind]);

const refuse = (response: ServerResponse, status: number, body: unknown): void => {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json" }).end(text);
};

const unsupported = (param: string, message: string): object => ({
  error: { message, type: "invalid_request_error", param, code: "unsupported_parameter" },
});

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

describe("headers of an endpoint", () => {
  it.each(["openai_compatible", "anthropic", "google", "together"] as const)(
    "go out with every call to %s",
    async (kind) => {
      const { baseUrl, received } = await endpoint(good(kind));
      const headers = { "x-api-key": "gateway-secret-1", "x-team": "blue" };
      expect(await ask(kind, baseUrl, { headers })).toMatchObject({ text: "par", error: null });
      expect(received[0]?.headers).toMatchObject(headers);
    },
  );

  it("take the place of the key where they carry one", async () => {
    const { baseUrl, received } = await endpoint(good("openai"));
    const outcome = await ask("openai", baseUrl, { headers: { authorization: "Basic dXNlcjpwYXNz" } }, {}, null);
    expect(outcome.error).toBe(null);
    expect(received[0]?.headers.authorization).toBe("Basic dXNlcjpwYXNz");
  });

  it("are not shown when the endpoint repeats them", async () => {
    const { baseUrl } = await endpoint((_, response) =>
      refuse(response, 401, { error: { message: "bad gateway-secret-1" } }),
    );
    const { error } = await ask("openai_compatible", baseUrl, { headers: { "x-api-key": "gateway-secret-1" } });
    expect(error?.kind).toBe("auth");
    expect(error?.message).not.toContain("gateway-secret-1");
  });
});

describe("parameters of the config", () => {
  const params = { chat_template_kwargs: { enable_thinking: false }, top_k: 5 };

  it.each(["openai_compatible", "openai", "together", "anthropic", "google"] as const)(
    "stand in the body of a call to %s, the model's before the provider's",
    async (kind) => {
      const { baseUrl, received } = await endpoint(good(kind));
      const outcome = await ask(kind, baseUrl, { params }, { params: { top_k: 7 } });
      expect(outcome.error).toBe(null);
      expect(received[0]?.body).toMatchObject({ chat_template_kwargs: { enable_thinking: false }, top_k: 7 });
    },
  );

  it("do not take the place of prompt, model, limit or stream", async () => {
    const { baseUrl, received } = await endpoint(good("openai_compatible"));
    const evil = { model: "other", messages: [], stream: false, max_tokens: 1_000_000 };
    await ask("openai_compatible", baseUrl, { params: evil });
    expect(received[0]?.body).toMatchObject({ model: "vendor-model-1", stream: true, max_tokens: 1234 });
    expect(received[0]?.body["messages"]).toHaveLength(2);
  });

  it("are told of, not left out, when the endpoint does not know them", async () => {
    const { baseUrl, received } = await endpoint((_, response) =>
      refuse(response, 400, unsupported("reasoning_effort", "Unsupported parameter: 'reasoning_effort'")),
    );
    const { error } = await ask("openai_compatible", baseUrl, { params: { reasoning_effort: "high" } });
    expect(error).toMatchObject({ kind: "bad_request" });
    expect(error?.message).toContain("reasoning_effort");
    expect(received).toHaveLength(1);
  });
});

describe("an endpoint that does not stream", () => {
  it.each(["openai_compatible", "openai", "together"] as const)("is asked for one body: %s", async (kind) => {
    const { baseUrl, received } = await endpoint(good(kind));
    await ask(kind, baseUrl, { stream: false });
    expect(received[0]?.body).toMatchObject({ stream: false, model: "vendor-model-1" });
    expect(received[0]?.body).not.toHaveProperty("stream_options");
  });

  it("is asked by another address where the vendor names it there", async () => {
    const { baseUrl, received } = await endpoint(good("google"));
    await ask("google", baseUrl, { stream: false });
    expect(received[0]?.url).toBe("/v1/models/vendor-model-1:generateContent");
  });
});

describe("the whole answer at once", () => {
  const CHAT = {
    choices: [{ index: 0, message: { role: "assistant", content: "par" }, finish_reason: "stop" }],
    usage: { prompt_tokens: 10, completion_tokens: 7 },
  };
  const GEMINI = {
    candidates: [{ content: { parts: [{ text: "par" }] }, finishReason: "STOP" }],
    usageMetadata: { promptTokenCount: 10, candidatesTokenCount: 7, totalTokenCount: 17 },
  };
  const CLAUDE = {
    type: "message",
    role: "assistant",
    content: [{ type: "text", text: "par" }],
    stop_reason: "end_turn",
    usage: { input_tokens: 10, output_tokens: 7 },
  };
  it.each<[Kind, object]>([
    ["openai_compatible", CHAT],
    ["openai", CHAT],
    ["together", CHAT],
    ["anthropic", CLAUDE],
    ["google", GEMINI],
  ])("is read, with its usage, from %s", async (kind, body) => {
    const { baseUrl } = await endpoint((_, response) => refuse(response, 200, body));
    const outcome = await ask(kind, baseUrl, { stream: false });
    expect(outcome).toMatchObject({ error: null, text: "par", finish: "stop" });
    expect(outcome.usage).toMatchObject({ inputTokens: 10, outputTokens: 7 });
  });
});

describe("the limit of the answer", () => {
  it.each(["max_tokens", "max_completion_tokens"] as const)(
    "goes by the name that the config says: %s",
    async (limitParam) => {
      const { baseUrl, received } = await endpoint(good("openai_compatible"));
      await ask("openai_compatible", baseUrl, { limitParam });
      expect(received[0]?.body).toMatchObject({ [limitParam]: 1234 });
      expect(Object.keys(received[0]?.body ?? {}).filter((name) => name.startsWith("max_"))).toEqual([limitParam]);
    },
  );
});

describe("a parameter that an endpoint does not know", () => {
  const OPENAI =
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
  it.each<[string, string, number, unknown]>([
    ["OpenAI", "max_tokens", 400, unsupported("max_tokens", OPENAI)],
    ["Azure", "stream_options", 400, { error: { message: "Unrecognized request argument supplied: stream_options" } }],
    [
      "vLLM",
      "stream_options",
      400,
      { object: "error", message: "[{'type': 'extra_forbidden', 'loc': ('body', 'stream_options')}]" },
    ],
    [
      "FastAPI",
      "stream_options",
      422,
      { detail: [{ type: "extra_forbidden", loc: ["body", "stream_options"], msg: "Extra inputs are not permitted" }] },
    ],
    ["a gateway", "stream_options", 400, { error: "unknown field: stream_options" }],
    [
      "a server without streams",
      "stream",
      400,
      { error: { message: "streaming is not supported", code: "unsupported_value" } },
    ],
  ])("of %s (%s) is left out or renamed, and the call goes on", async (_, param, status, body) => {
    const { baseUrl, received } = await endpoint((request, response) => {
      const known = param === "stream" ? request.body["stream"] === false : !(param in request.body);
      if (known) good("openai_compatible")(request, response);
      else refuse(response, status, body);
    });
    const provider = createProvider({ id: "own", kind: "openai_compatible", baseUrl }, null);
    const once = () => drain(provider.stream(call(), AbortSignal.timeout(10_000)));
    expect(await once()).toMatchObject({ error: null, text: "par", finish: "stop" });
    expect(received).toHaveLength(2);
    const limits = (received[1]?.body["max_tokens"] ?? received[1]?.body["max_completion_tokens"]) as number;
    expect(limits).toBe(1234);
    // What helped is remembered.
    expect(await once()).toMatchObject({ error: null, text: "par" });
    expect(received).toHaveLength(3);
    expect(received[2]?.body).toEqual(received[1]?.body);
  });

  it("of Gemini's, one level deeper, is left out", async () => {
    const message = `Invalid JSON payload received. Unknown name "thinkingConfig" at 'generation_config': Cannot find field.`;
    const { baseUrl, received } = await endpoint((request, response) => {
      const config = request.body["generationConfig"] as object;
      if ("thinkingConfig" in config)
        refuse(response, 400, { error: { code: 400, status: "INVALID_ARGUMENT", message } });
      else good("google")(request, response);
    });
    const thinks = model({ thinking: { mode: "optional", roomTokens: { low: 1, normal: 2 } } });
    const provider = createProvider({ id: "own", kind: "google", baseUrl }, KEY);
    const outcome = await drain(provider.stream(call({ model: thinks, effort: "low" }), AbortSignal.timeout(10_000)));
    expect(outcome).toMatchObject({ error: null, text: "par" });
    expect(received[1]?.body["generationConfig"]).toEqual({ maxOutputTokens: 1234 });
  });

  it("is not guessed: another 400 is told at once", async () => {
    const { baseUrl, received } = await endpoint((_, response) =>
      refuse(response, 400, { error: { message: "max_tokens is too large: 1234. This model takes at most 1000." } }),
    );
    expect((await ask("openai_compatible", baseUrl)).error?.message).toContain("too large");
    expect(received).toHaveLength(1);
  });

  it("brings at most four requests, all within the call", async () => {
    const { baseUrl, received } = await endpoint((_, response) =>
      refuse(response, 400, {
        error: { message: "unknown parameters: stream_options, max_tokens, max_completion_tokens" },
      }),
    );
    expect((await ask("openai_compatible", baseUrl)).kind).toBe("bad_request");
    expect(received).toHaveLength(4);
    for (const { body } of received) expect(body["max_tokens"] ?? body["max_completion_tokens"]).toBe(1234);
  });

  it("does not hold an aborted call", async () => {
    const control = new AbortController();
    const { baseUrl, received } = await endpoint((_, response) => {
      control.abort();
      refuse(response, 400, { error: { message: "unknown parameter: stream_options" } });
    });
    const provider = createProvider({ id: "own", kind: "openai_compatible", baseUrl }, null);
    expect((await drain(provider.stream(call(), control.signal))).kind).toBe("cancelled");
    expect(received).toHaveLength(1);
  });
});

describe("base URLs", () => {
  const PATHS: Record<Kind, string> = {
    openai: "/v1/chat/completions",
    openai_compatible: "/v1/chat/completions",
    together: "/v1/chat/completions",
    anthropic: "/v1/messages",
    google: "/v1beta/models/vendor-model-1:streamGenerateContent?alt=sse",
  };
  it.each<[Kind, string]>([
    ["openai", "/v1"],
    ["openai", "/v1/"],
    ["openai", "/v1/chat/completions"],
    ["openai", ""],
    ["openai", "/"],
    ["openai_compatible", "/v1/models"],
    ["openai_compatible", ""],
    ["together", ""],
    ["together", "/v1//"],
    ["anthropic", ""],
    ["anthropic", "/"],
    ["anthropic", "/v1"],
    ["anthropic", "/v1/"],
    ["anthropic", "/v1/messages"],
    ["google", "/v1beta"],
    ["google", "/v1beta/"],
    ["google", "/v1beta/models"],
  ])("of %s may end with %j", async (kind, end) => {
    const { baseUrl, received } = await endpoint((request, response) => {
      if (request.url === PATHS[kind]) good(kind)(request, response);
      else response.writeHead(404).end("404 page not found");
    });
    const provider = createProvider({ id: "own", kind, baseUrl: baseUrl + end }, KEY);
    const once = () => drain(provider.stream(call(), AbortSignal.timeout(10_000)));
    expect(await once()).toMatchObject({ error: null, text: "par" });
    const firstCalls = received.length;
    expect(await once()).toMatchObject({ error: null, text: "par" });
    expect(received.length).toBe(firstCalls + 1);
  });

  it.each(["/gateway", "/gateway/team-a/"])("of a gateway under a path may lack their version: %j", async (path) => {
    const { baseUrl, received } = await endpoint((request, response) => {
      if (request.url.includes("/v1/")) good("openai_compatible")(request, response);
      else response.writeHead(404).end("404 page not found");
    });
    expect(await ask("openai_compatible", baseUrl + path)).toMatchObject({ error: null, text: "par" });
    const base = path.replace(/\/$/, "");
    expect(received.map(({ url }) => url)).toEqual([`${base}/chat/completions`, `${base}/v1/chat/completions`]);
  });

  it("of an endpoint without a version stay as they are", async () => {
    const { baseUrl, received } = await endpoint(good("openai_compatible"));
    expect(await ask("openai_compatible", baseUrl)).toMatchObject({ error: null });
    expect(received.map(({ url }) => url)).toEqual(["/chat/completions"]);
  });

  it.each(["openai_compatible", "anthropic", "google"] as const)(
    "that lead nowhere are told with the address: %s",
    async (kind) => {
      const { baseUrl } = await endpoint((_, response) => void response.writeHead(404).end("404 page not found"));
      const { error } = await ask(kind, `${baseUrl}/wrong`);
      expect(error).toMatchObject({ kind: "bad_request", status: 404 });
      expect(error?.message).toContain(`answered 404 (asked ${baseUrl}/wrong/`);
    },
  );
});
