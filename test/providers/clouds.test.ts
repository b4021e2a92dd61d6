import { createHmac, createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { crc32 } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createProvider, type ProviderConnection } from "../../src/providers/index.ts";
import type { ApiKey } from "../../src/core/endpoint-settings.ts";
import { call, drain, ENDINGS, model, OPENINGS, sse, stub, type Outcome, type Stub } from "./support.ts";

let server: Stub;
let answer: (response: ServerResponse) => void = () => {};
beforeEach(async () => {
  server = await stub((response) => answer(response));
  // Nothing on this machine is to be found, and no metadata server is asked.
  for (const [name, value] of Object.entries({
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/nowhere",
    AWS_SHARED_CREDENTIALS_FILE: "/nowhere",
    GOOGLE_APPLICATION_CREDENTIALS: "/nowhere",
    METADATA_SERVER_DETECTION: "none",
  })) {
    vi.stubEnv(name, value);
  }
});
afterEach(async () => {
  await server.close();
  vi.unstubAllEnvs();
});

const stream = (body: string): void => {
  answer = (response) => void response.writeHead(200, { "content-type": "text/event-stream" }).end(body);
};

async function ask(
  settings: Omit<ProviderConnection, "id" | "baseUrl">,
  apiKey: ApiKey | null,
  wireId: string,
): Promise<Outcome> {
  const provider = createProvider({ id: "cloud", baseUrl: server.baseUrl, ...settings }, apiKey);
  return drain(provider.stream(call({ model: model({ wireId }) }), AbortSignal.timeout(20_000)));
}

const GOOD = { error: null, text: "par", finish: "stop" };
const KEY = "cloud-key-0123456789";

describe("Azure OpenAI", () => {
  beforeEach(() => stream(OPENINGS.openai + ENDINGS.openai));

  it.each(["", "/", "/openai", "/openai/deployments/x/chat/completions"])(
    "is asked by deployment and version, with the key in its header: base URL with %j",
    async (end) => {
      const provider = createProvider({ id: "azure", kind: "azure_openai", baseUrl: server.baseUrl + end }, KEY);
      const asked = call({ model: model({ wireId: "my-deployment" }) });
      expect(await drain(provider.stream(asked, AbortSignal.timeout(20_000)))).toMatchObject(GOOD);
      const [request] = server.received;
      expect(request?.url).toBe("/openai/deployments/my-deployment/chat/completions?api-version=2024-10-21");
      expect(request?.headers["api-key"]).toBe(KEY);
      expect(request?.headers.authorization).toBeUndefined();
      expect(request?.body).toMatchObject({ stream: true, max_completion_tokens: 1234 });
    },
  );

  it("takes the version of the config, and nothing from the environment", async () => {
    vi.stubEnv("AZURE_OPENAI_API_KEY", "trapped");
    vi.stubEnv("OPENAI_API_VERSION", "trapped");
    vi.stubEnv("AZURE_OPENAI_ENDPOINT", "http://127.0.0.1:1/trapped");
    expect(await ask({ kind: "azure_openai", apiVersion: "2025-04-01-preview" }, KEY, "d")).toMatchObject(GOOD);
    expect(server.received[0]?.url).toContain("api-version=2025-04-01-preview");
    expect(JSON.stringify(server.received[0])).not.toContain("trapped");
  });

  it("takes a token of Entra as a token", async () => {
    await ask({ kind: "azure_openai" }, "eyJhbGciOi.token.signature", "d");
    expect(server.received[0]?.headers.authorization).toBe("Bearer eyJhbGciOi.token.signature");
    expect(server.received[0]?.headers["api-key"]).toBeUndefined();
  });

  it("says that a deployment is not there", async () => {
    const body = JSON.stringify({
      error: { code: "DeploymentNotFound", message: "The API deployment for this resource does not exist." },
    });
    answer = (response) => void response.writeHead(404, { "content-type": "application/json" }).end(body);
    const { error } = await ask({ kind: "azure_openai" }, KEY, "gone");
    expect(error).toMatchObject({ kind: "bad_request", modelMissing: true });
    expect(error?.message).toContain(`${server.baseUrl}/openai/deployments/gone/chat/completions`);
  });
});

describe("OpenRouter", () => {
  it("is asked as it wants to be, and what it says of the cost is told", async () => {
    const usage = { prompt_tokens: 10, completion_tokens: 3, cost: 0.00042 };
    stream(
      sse(
        { choices: [{ index: 0, delta: { content: "par" } }] },
        { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
        { choices: [], usage },
        "[DONE]",
      ),
    );
    const outcome = await ask({ kind: "openrouter" }, KEY, "anthropic/claude-opus-5.5");
    expect(outcome).toMatchObject(GOOD);
    expect(server.received[0]).toMatchObject({ body: { model: "anthropic/claude-opus-5.5", max_tokens: 1234 } });
    expect(server.received[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });
});

/** A message of AWS's event stream. */
function frame(payload: Buffer, type: string, messageType: "event" | "exception" = "event"): Buffer {
  const header = (name: string, value: string): Buffer => {
    const size = Buffer.alloc(2);
    size.writeUInt16BE(value.length);
    return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([7]), size, Buffer.from(value)]);
  };
  const kind = messageType === "event" ? ":event-type" : ":exception-type";
  const headers = Buffer.concat([
    header(kind, type),
    header(":content-type", "application/json"),
    header(":message-type", messageType),
  ]);
  const prelude = Buffer.alloc(12);
  prelude.writeUInt32BE(16 + headers.length + payload.length, 0);
  prelude.writeUInt32BE(headers.length, 4);
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
  const message = Buffer.concat([prelude, headers, payload]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(message));
  return Buffer.concat([message, check]);
}

const chunk = (event: unknown): Buffer => {
  const bytes = Buffer.from(JSON.stringify(event)).toString("base64");
  return frame(Buffer.from(JSON.stringify({ bytes })), "chunk");
};

const CLAUDE = [
  { type: "message_start", message: { usage: { input_tokens: 10, output_tokens: 1 } } },
  { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
  { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "par" } },
  { type: "content_block_stop", index: 0 },
  { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 7 } },
  { type: "message_stop" },
];

describe("AWS Bedrock", () => {
  const settings = { kind: "bedrock", region: "eu-west-1" } as const;
  const id = "anthropic.claude-haiku-5-5-v1:0";
  const PATH = `/model/${encodeURIComponent(id)}/invoke-with-response-stream`;
  const events = (...frames: readonly Buffer[]): void => {
    const type = { "content-type": "application/vnd.amazon.eventstream" };
    answer = (response) => void response.writeHead(200, type).end(Buffer.concat(frames));
  };

  it("is asked with a key, and its event stream is read", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "trapped");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "trapped");
    events(...CLAUDE.map(chunk));
    const outcome = await ask(settings, KEY, id);
    expect(outcome).toMatchObject({ ...GOOD, usage: { inputTokens: 10, outputTokens: 7 } });
    const [request] = server.received;
    expect(decodeURIComponent(request?.url ?? "")).toBe(decodeURIComponent(PATH));
    expect(request?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(request?.body).toMatchObject({
      max_tokens: 1234,
      system: "Be brief.",
      anthropic_version: expect.any(String),
    });
    expect(JSON.stringify(request)).not.toContain("trapped");
  });

  it("is asked with the credentials of the machine, under a signature that holds for what arrives", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI");
    vi.stubEnv("AWS_SESSION_TOKEN", "session");
    events(...CLAUDE.map(chunk));
    expect(await ask(settings, null, id)).toMatchObject(GOOD);
    const [request] = server.received;
    const authorization = request?.headers.authorization ?? "";
    const [, scope = "", signedHeaders = "", signature = ""] =
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]+)$/.exec(
        authorization,
      ) ?? [];
    expect(scope).toMatch(/^\d{8}\/eu-west-1\/bedrock\/aws4_request$/);
    const [day = "", region = "", service = ""] = scope.split("/");
    const header = (name: string): string => String(request?.headers[name] ?? "").trim();
    for (const name of signedHeaders.split(";")) expect(header(name), name).not.toBe("");
    const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
    const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
    const canonical = [
      "POST",
      (request?.url ?? "").split("/").map(encodeURIComponent).join("/"),
      "",
      ...signedHeaders.split(";").map((name) => `${name}:${header(name)}`),
      "",
      signedHeaders,
      hash(JSON.stringify(request?.body)),
    ].join("\n");
    const toSign = ["AWS4-HMAC-SHA256", header("x-amz-date"), scope, hash(canonical)].join("\n");
    const signing = [region, service, "aws4_request"].reduce(hmac, hmac("AWS4wJalrXUtnFEMI", day));
    expect(hmac(signing, toSign).toString("hex")).toBe(signature);
  });

  it("says what AWS refuses, before the stream and in it", async () => {
    answer = (response) =>
      void response
        .writeHead(403, { "content-type": "application/json" })
        .end(JSON.stringify({ message: "The security token included in the request is invalid." }));
    expect(await ask(settings, KEY, id)).toMatchObject({ kind: "auth" });
    answer = (response) =>
      void response
        .writeHead(400, { "content-type": "application/json" })
        .end(JSON.stringify({ message: "The provided model identifier is invalid." }));
    expect((await ask(settings, KEY, id)).error).toMatchObject({ kind: "bad_request", modelMissing: true });
    const [opening = Buffer.alloc(0)] = CLAUDE.map(chunk);
    events(
      opening,
      frame(Buffer.from(JSON.stringify({ message: "Too many requests" })), "throttlingException", "exception"),
    );
    expect((await ask(settings, KEY, id)).kind).toBe("rate_limit");
  });

  it("without credentials says so and sends nothing", async () => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"])
      vi.stubEnv(name, "");
    const { error } = await ask(settings, null, id);
    expect(error?.kind).toBe("auth");
    expect(error?.unsent).toBe(true);
    expect(server.received).toEqual([]);
  });
});

describe("Google Vertex", () => {
  const settings = { kind: "vertex", region: "europe-west1", project: "my-project" } as const;
  const PREFIX = "/v1/projects/my-project/locations/europe-west1/publishers";

  it("is asked for Gemini by Google's SDK, with the token of the config", async () => {
    stream(OPENINGS.google + ENDINGS.google);
    expect(await ask(settings, KEY, "gemini-3.5-flash")).toMatchObject(GOOD);
    const [request] = server.received;
    expect(request?.url).toBe(`${PREFIX}/google/models/gemini-3.5-flash:streamGenerateContent?alt=sse`);
    expect(request?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(request?.headers["x-goog-api-key"]).toBeUndefined();
    expect(request?.body).toMatchObject({ generationConfig: { maxOutputTokens: 1234 } });
  });

  it("is asked for Claude by Anthropic's SDK, with the token of the config", async () => {
    stream(OPENINGS.anthropic + ENDINGS.anthropic);
    expect(await ask(settings, KEY, "claude-haiku-5-5@20260801")).toMatchObject(GOOD);
    const [request] = server.received;
    expect(request?.url).toBe(`${PREFIX}/anthropic/models/claude-haiku-5-5@20260801:streamRawPredict`);
    expect(request?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(request?.body).toMatchObject({ anthropic_version: expect.any(String), max_tokens: 1234, stream: true });
  });

  it("without a token says that Google's default credentials are not there, and sends nothing", async () => {
    const { error } = await ask(settings, null, "gemini-3.5-flash");
    expect(error).toMatchObject({ kind: "auth", unsent: true });
    expect(error?.message).toContain("default credentials");
    expect(server.received).toEqual([]);
  });
});

describe("images, PDF and a slower tier at endpoints beside the four vendors", () => {
  const image = { kind: "image", name: "a.png", type: "image/png", widthPx: 1, heightPx: 1 } as const;
  const report = { kind: "pdf", name: "r.pdf", type: "application/pdf", pages: 1 } as const;
  const bytes = { bytes: 4, sha256: "", base64: "AAAA" };
  const media = [
    { ...image, ...bytes },
    { ...report, ...bytes },
  ];
  const chat = [
    { type: "image_url", image_url: { url: "data:image/png;base64,AAAA", detail: "high" } },
    { type: "file", file: { filename: "r.pdf", file_data: "data:application/pdf;base64,AAAA" } },
    { type: "text", text: "Hello" },
  ];
  const source = (media_type: string): object => ({ type: "base64", media_type, data: "AAAA" });
  const claude = [
    { type: "image", source: source("image/png") },
    { type: "document", source: source("application/pdf"), title: "r.pdf" },
    { type: "text", text: "Hello" },
  ];
  const gemini = [
    { inlineData: { mimeType: "image/png", data: "AAAA" } },
    { inlineData: { mimeType: "application/pdf", data: "AAAA" } },
    { text: "Hello" },
  ];
  const onVertex = { kind: "vertex", region: "europe-west1", project: "my-project" } as const;
  const answered = OPENINGS.openai + ENDINGS.openai;

  it.each([
    ["Azure", { kind: "azure_openai" }, "d", answered, chat],
    ["OpenRouter", { kind: "openrouter" }, "x/y", answered, chat],
    ["a local server", { kind: "openai_compatible" }, "m", answered, chat],
    ["Claude on Vertex", onVertex, "claude-haiku-5-5", OPENINGS.anthropic + ENDINGS.anthropic, claude],
    ["Gemini on Vertex", onVertex, "gemini-3.8-flash", OPENINGS.google + ENDINGS.google, gemini],
    ["Claude on Bedrock", { kind: "bedrock", region: "eu-west-1" }, "anthropic.claude", null, claude],
  ] as const)(
    "%s: they go in its vendor's form, and no tier is asked for",
    async (_, settings, wireId, body, parts) => {
      if (body !== null) stream(body);
      else {
        answer = (response) => {
          response.writeHead(200, { "content-type": "application/vnd.amazon.eventstream" });
          response.end(Buffer.concat(CLAUDE.map(chunk)));
        };
      }
      const provider = createProvider({ id: "cloud", baseUrl: server.baseUrl, ...settings }, KEY);
      const asked = call({ model: model({ wireId }), media, tier: "flex" });
      expect(await drain(provider.stream(asked, AbortSignal.timeout(20_000)))).toMatchObject(GOOD);
      const sent = server.received[0]?.body as Record<string, { content?: unknown; parts?: unknown }[]>;
      const message = (sent["contents"] ?? sent["messages"])?.at(-1);
      expect(message?.parts ?? message?.content).toEqual(parts);
      expect(JSON.stringify(sent)).not.toMatch(/flex/i);
    },
  );
});
