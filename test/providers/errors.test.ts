import { createServer as createTcpServer, type AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { ask, askRaw, KEY, KINDS, provider, call, drain, stub, type Kind } from "./support.ts";

const JSON_TYPE = { "content-type": "application/json" };
const refused = (kind: Kind, status: number, body: unknown, headers: Record<string, string> = {}) =>
  askRaw(kind, typeof body === "string" ? body : JSON.stringify(body), {
    status,
    headers: { ...JSON_TYPE, ...headers },
  });

const openaiError = (code: string | null, type = "invalid_request_error", message = "no") => ({
  error: { message, type, param: null, code },
});
const anthropicError = (type: string, message = "no", details?: object) => ({
  type: "error",
  error: { type, message, ...(details === undefined ? {} : { details }) },
});
const geminiError = (code: number, status: string, message = "no", details: object[] = []) => ({
  error: { code, status, message, details },
});

describe("HTTP errors", () => {
  it.each([
    [400, "bad_request"],
    [401, "auth"],
    [402, "quota"],
    [403, "auth"],
    [404, "bad_request"],
    [408, "timeout"],
    [409, "bad_request"],
    [413, "context_length"],
    [418, "bad_request"],
    [422, "bad_request"],
    [429, "rate_limit"],
    [500, "overloaded"],
    [502, "overloaded"],
    [503, "overloaded"],
    [504, "overloaded"],
    [524, "overloaded"],
    [529, "overloaded"],
  ])("%i is %s at every vendor, whatever its body", async (status, kind) => {
    for (const vendor of KINDS) {
      for (const body of [
        "",
        ...(status === 403 ? [] : ["<html>gateway</html>"]),
        "{}",
        "[1]",
        '{"error":null}',
        '{"error":"plain"}',
        "\u0000",
      ]) {
        const outcome = await refused(vendor, status, body);
        expect(outcome).toMatchObject({ kind, events: [] });
        expect(outcome.error).toMatchObject({ status, unsent: false });
        expect(outcome.error?.message).not.toContain("<");
      }
    }
  });

  it.each<[string, Kind, number, unknown, string]>([
    ["OpenAI's used-up quota", "openai", 429, openaiError("insufficient_quota", "insufficient_quota"), "quota"],
    ["OpenAI's rate limit", "openai", 429, openaiError("rate_limit_exceeded", "requests"), "rate_limit"],
    ["OpenAI's billing limit", "openai", 400, openaiError("billing_hard_limit_reached"), "quota"],
    ["OpenAI's context window", "openai", 400, openaiError("context_length_exceeded"), "context_length"],
    ["OpenAI's content policy", "openai", 400, openaiError("content_policy_violation"), "content_filter"],
    ["OpenAI's flagged prompt", "openai", 400, openaiError("invalid_prompt"), "content_filter"],
    ["OpenAI's unknown model", "openai", 404, openaiError("model_not_found"), "bad_request"],
    ["OpenAI's bad parameter", "openai", 400, openaiError("unsupported_value"), "bad_request"],
    ["Anthropic's billing error", "anthropic", 402, anthropicError("billing_error"), "quota"],
    [
      "Anthropic's low credit",
      "anthropic",
      400,
      anthropicError("invalid_request_error", "Your credit balance is too low to access the Anthropic API."),
      "quota",
    ],
    [
      "Anthropic's spend limit",
      "anthropic",
      429,
      anthropicError("rate_limit_error", "no", { error_code: "enforced_spend_limit_reached" }),
      "quota",
    ],
    [
      "Anthropic's long prompt",
      "anthropic",
      400,
      anthropicError("invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum"),
      "context_length",
    ],
    [
      "Anthropic's output filter",
      "anthropic",
      400,
      anthropicError("invalid_request_error", "Output blocked by content filtering policy"),
      "content_filter",
    ],
    ["Anthropic's large body", "anthropic", 413, anthropicError("request_too_large"), "context_length"],
    ["Together's empty account", "together", 402, openaiError(null, "credit_limit"), "quota"],
    [
      "Together's long prompt",
      "together",
      422,
      openaiError(null, "invalid_request_error", "`inputs` tokens + `max_new_tokens` must be <= 131073"),
      "context_length",
    ],
    [
      "vLLM's long prompt",
      "openai_compatible",
      400,
      {
        object: "error",
        message: "This model's maximum context length is 4096 tokens.",
        type: "BadRequestError",
        code: 400,
      },
      "context_length",
    ],
    [
      "llama.cpp's long prompt",
      "openai_compatible",
      400,
      { error: { code: 400, message: "no", type: "exceed_context_size_error" } },
      "context_length",
    ],
    ["Ollama's missing model", "openai_compatible", 404, { error: "model not found, try pulling it" }, "bad_request"],
    [
      "Gemini's bad key",
      "google",
      400,
      geminiError(400, "INVALID_ARGUMENT", "API key not valid.", [{ reason: "API_KEY_INVALID" }]),
      "auth",
    ],
    [
      "Gemini's long prompt",
      "google",
      400,
      geminiError(
        400,
        "INVALID_ARGUMENT",
        "The input token count (9) exceeds the maximum number of tokens allowed (8).",
      ),
      "context_length",
    ],
    ["Gemini's busy minute", "google", 429, geminiError(429, "RESOURCE_EXHAUSTED"), "rate_limit"],
    [
      "Gemini's used-up day",
      "google",
      429,
      geminiError(429, "RESOURCE_EXHAUSTED", "no", [
        { violations: [{ quotaId: "GenerateRequestsPerDayPerProjectPerModel-FreeTier" }] },
      ]),
      "quota",
    ],
    ["Gemini's list of errors", "google", 503, [geminiError(503, "UNAVAILABLE", "busy")], "overloaded"],
  ])("%s", async (_name, vendor, status, body, kind) => {
    expect((await refused(vendor, status, body)).kind).toBe(kind);
  });

  it.each<[string, Record<string, string>, number | undefined]>([
    ["seconds", { "retry-after": "3" }, 3000],
    ["milliseconds", { "retry-after-ms": "1250", "retry-after": "9" }, 1250],
    [
      "a date, by the vendor's clock",
      { "retry-after": "Mon, 23 Nov 2026 10:00:30 GMT", date: "Mon, 23 Nov 2026 10:00:00 GMT" },
      30_000,
    ],
    ["a date that has passed", { "retry-after": "Mon, 23 Nov 2020 10:00:30 GMT" }, 0],
    ["nonsense", { "retry-after": "soon", "retry-after-ms": "NaN" }, undefined],
    ["a negative number", { "retry-after": "-5x" }, undefined],
    ["an endless number", { "retry-after": "1e999" }, undefined],
  ])("reads retry-after as %s", async (_name, headers, retryAfterMs) => {
    for (const vendor of KINDS) {
      expect((await refused(vendor, 429, {}, headers)).error?.retryAfterMs).toBe(retryAfterMs);
    }
  });

  it("reads Gemini's RetryInfo", async () => {
    const details = [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "12.5s" }];
    const { error } = await refused("google", 429, geminiError(429, "RESOURCE_EXHAUSTED", "no", details));
    expect(error?.retryAfterMs).toBe(12_500);
  });

  it.each(KINDS)("%s: is asked once, whatever it answers", async (vendor) => {
    for (const status of [408, 429, 500, 529]) {
      const server = await stub((response) => response.writeHead(status, { "x-should-retry": "true" }).end("{}"));
      await ask(vendor, server.baseUrl);
      expect(server.received).toHaveLength(1);
      await server.close();
    }
  });
});

describe("what stands behind the base URL is no model", () => {
  it.each([
    ["an HTML page", "text/html", "<html>Sign in</html>"],
    ["JSON that is cut", "application/json", '{"choices":[{"message":{"content":"hi'],
    ["JSON of another shape", "application/json", '{"status":"ok"}'],
    ["JSON that calls itself a page, and is cut", "text/html", '{"choices":['],
    ["an empty page", "text/html", " \n"],
    ["an HTML page that calls itself a stream", "text/event-stream", "<html>\n\n</html>"],
    ["garbage as data", "text/event-stream", "event: x\ndata: }{\n\n"],
    ["data of another shape", "text/event-stream", 'event: x\ndata: {"a":1}\n\ndata: [1]\n\ndata: null\n\n'],
    ["nothing", "text/event-stream", ""],
  ])("%s is an invalid response", async (_name, type, body) => {
    for (const vendor of KINDS) {
      const outcome = await askRaw(vendor, body, { headers: { "content-type": type } });
      expect(outcome).toMatchObject({ kind: "invalid_response", events: [] });
    }
  });

  it("an error that comes by 200 is that error", async () => {
    const overloaded = JSON.stringify(anthropicError("overloaded_error", "Overloaded"));
    for (const vendor of KINDS) {
      expect((await askRaw(vendor, overloaded, { headers: JSON_TYPE })).kind).toBe("overloaded");
    }
  });

  it.each(["application/json", "text/event-stream", "text/html"])(
    "an error text that comes by 200 as %s is told",
    async (type) => {
      const headers = { "content-type": type };
      for (const vendor of KINDS) {
        for (const body of [
          '{"error":"model crashed"}',
          'data: {"error":"model crashed"}\n\n',
          "event: error\ndata: model crashed\n\n",
        ]) {
          const { kind, error, text } = await askRaw(vendor, body, { headers });
          expect({ kind, text }).toEqual({ kind: "invalid_response", text: "" });
          expect(error?.message).toContain("model crashed");
        }
      }
    },
  );

  it("a redirect is not followed: the key would go along", async () => {
    const elsewhere = await stub((response) => response.end());
    for (const vendor of KINDS) {
      for (const status of [301, 302, 307, 308]) {
        const outcome = await askRaw(vendor, "", { status, headers: { location: `${elsewhere.baseUrl}/v1` } });
        expect(outcome.kind).toBe("invalid_response");
        expect(outcome.error?.message).toContain(elsewhere.baseUrl);
      }
    }
    expect(elsewhere.received).toHaveLength(0);
    await elsewhere.close();
  });

  it("a body that cannot be decompressed is an invalid response", async () => {
    for (const vendor of KINDS) {
      const outcome = await askRaw(vendor, "data: {}\n\n", { headers: { "content-encoding": "gzip" } });
      expect(outcome.kind).toBe("invalid_response");
    }
  });

  it("something that does not speak HTTP is an invalid response", async () => {
    const server = createTcpServer((socket) => void socket.on("error", () => {}).end("SSH-2.0-OpenSSH_9.6\r\n"));
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    for (const vendor of KINDS) {
      const outcome = await ask(vendor, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      expect(outcome.kind).toBe("invalid_response");
    }
    server.close();
  });
});

describe("error events within a stream", () => {
  it.each<[Kind, string, unknown]>([
    ["anthropic", "overloaded", anthropicError("overloaded_error")],
    ["anthropic", "overloaded", anthropicError("api_error")],
    ["anthropic", "rate_limit", anthropicError("rate_limit_error")],
    ["anthropic", "auth", anthropicError("permission_error")],
    ["anthropic", "invalid_response", anthropicError("novel_error")],
    ["openai", "overloaded", openaiError("server_error", "server_error")],
    ["openai", "rate_limit", openaiError("rate_limit_exceeded")],
    ["openai", "context_length", openaiError("context_length_exceeded")],
    ["together", "overloaded", openaiError(null, "server_error")],
    ["together", "overloaded", { error: { message: "engine fell over", code: 503 } }],
    ["openai_compatible", "invalid_response", { error: "something odd" }],
    ["google", "overloaded", geminiError(503, "UNAVAILABLE")],
    ["google", "rate_limit", geminiError(429, "RESOURCE_EXHAUSTED")],
    ["google", "auth", geminiError(403, "PERMISSION_DENIED")],
  ])("%s: %s", async (vendor, kind, event) => {
    const named = vendor === "anthropic" ? "event: error\n" : "";
    const outcome = await askRaw(vendor, `${named}data: ${JSON.stringify(event)}\n\n`);
    expect(outcome.kind).toBe(kind);
  });
});

describe("the network", () => {
  it.each(KINDS)("%s: a refused connection has sent nothing", async (vendor) => {
    const server = await stub(() => {});
    await server.close();
    const { error } = await ask(vendor, server.baseUrl);
    expect(error).toMatchObject({ kind: "network", unsent: true });
    expect(error?.message).toContain("ECONNREFUSED");
  });

  it.each(KINDS)("%s: TLS against a plain server has sent nothing", async (vendor) => {
    const server = await stub((response) => response.end());
    const { error } = await ask(vendor, server.baseUrl.replace("http:", "https:"));
    expect(error).toMatchObject({ kind: "network" });
    expect(server.received).toHaveLength(0);
    await server.close();
  });

  it.each(KINDS)("%s: an unknown host has been sent nothing", async (vendor) => {
    const { error } = await ask(vendor, "http://no-such-host.invalid/v1");
    expect(error).toMatchObject({ kind: "network", unsent: true });
  });

  it.each(KINDS)("%s: a reset before the headers may have been sent", async (vendor) => {
    const server = await stub((response) => response.socket?.resetAndDestroy());
    const { error } = await ask(vendor, server.baseUrl);
    expect(error).toMatchObject({ kind: "network", unsent: false });
    await server.close();
  });
});

describe("messages", () => {
  it("never carry a key, however the vendor quotes it, and stay short", async () => {
    const other = "sk-proj-AAAABBBBCCCCDDDD1234";
    for (const vendor of KINDS) {
      const text = `Incorrect key ${KEY} or ${encodeURIComponent(KEY)}, header Bearer ${KEY}, or ${other}. ${"x".repeat(5000)} ${KEY}`;
      for (const status of [400, 401, 429, 500]) {
        const { error } = await refused(vendor, status, { error: { message: text } });
        expect(error?.message).toContain("Incorrect key [key]");
        expect(error?.message.length).toBeLessThanOrEqual(300);
        const everything = `${error?.message} ${error?.stack} ${JSON.stringify(error)} ${String(error?.cause)}`;
        expect(everything).not.toContain(KEY);
        expect(everything).not.toContain(other);
      }
    }
  });

  it("carry it in no other form either", async () => {
    const forms = [
      Buffer.from(KEY).toString("base64"),
      Buffer.from(`user:${KEY}`).toString("base64"),
      Buffer.from(`Bearer ${KEY}`).toString("base64url"),
      Buffer.from(KEY).toString("hex"),
      `${KEY.slice(0, 9)} ${KEY.slice(9)}`,
      `${KEY.slice(0, 9)}\n${KEY.slice(9)}`,
      `${KEY.slice(0, 9)}\u200B${KEY.slice(9)}`,
      `${KEY.slice(0, 9)}\u001B[0m${KEY.slice(9)}`,
    ];
    for (const form of forms) {
      const { error } = await refused("openai", 401, { error: { message: `bad key ${form}.` } });
      expect(error?.message, form).toBe("openai: answered 401: bad key [key].");
    }
  });

  it("hold nothing that steers a terminal", async () => {
    const text = "no\u001B]0;pwned\u0007\u001B[2K\u009B1m\u202E such\u200B model";
    for (const vendor of KINDS) {
      const { error } = await refused(vendor, 404, { error: { message: text } });
      expect(error?.message.replace(/ \(asked \S+\)/, "")).toBe(`${vendor}: answered 404: no such model`);
    }
  });

  it("name the provider and are one line", async () => {
    const { error } = await refused("openai", 400, openaiError(null, "invalid_request_error", "first\n\nsecond"));
    expect(error?.message).toBe("openai: answered 400: first second");
  });

  it("do not carry a key in the finish reason either", async () => {
    const body = `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: `odd ${KEY}` }] })}\n\n`;
    expect((await askRaw("openai", body)).raw).toBe("odd [key]");
  });

  it("of an endless error body only the start is read", async () => {
    for (const vendor of KINDS) {
      const server = await stub((response) => {
        response.writeHead(500, { "content-type": "text/plain" });
        const more = (): void =>
          void (response.destroyed || response.write("x".repeat(65_536), () => setImmediate(more)));
        more();
      });
      const outcome = await drain(provider(vendor, server.baseUrl).stream(call(), AbortSignal.timeout(5000)));
      expect(outcome.kind).toBe("overloaded");
      await server.closed();
      await server.close();
    }
  });
});
