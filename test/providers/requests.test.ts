import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Effort } from "../../src/core/planning.ts";
import type { Model } from "../../src/core/model.ts";
import { ask, call, drain, ENDINGS, KEY, KINDS, model, OPENINGS, provider, stub, thinking } from "./support.ts";
import type { Kind, Received, Stub } from "./support.ts";

let server: Stub;
let kind: Kind = "openai";
beforeAll(async () => {
  server = await stub((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).end(OPENINGS[kind] + ENDINGS[kind]);
  });
});
afterAll(() => server.close());
beforeEach(() => void (server.received.length = 0));
afterEach(() => vi.unstubAllEnvs());

async function sent(to: Kind, over: Parameters<typeof call>[0] = {}): Promise<Received> {
  kind = to;
  const outcome = await ask(to, server.baseUrl, over);
  expect(outcome).toMatchObject({ error: null, text: "par", finish: "stop" });
  const [request] = server.received;
  if (request === undefined) throw new Error("nothing was sent");
  return request;
}

const SYSTEM_AND_USER = [
  { role: "system", content: "Be brief." },
  { role: "user", content: "Hello" },
];

/** Everything that goes over the wire: nothing else, so no temperature, no top_p, no top_k. */
const BODIES: Record<Kind, unknown> = {
  anthropic: {
    model: "vendor-model-1",
    system: "Be brief.",
    messages: [{ role: "user", content: "Hello" }],
    max_tokens: 1234,
    stream: true,
  },
  openai: {
    model: "vendor-model-1",
    messages: SYSTEM_AND_USER,
    max_completion_tokens: 1234,
    stream: true,
    stream_options: { include_usage: true },
  },
  openai_compatible: {
    model: "vendor-model-1",
    messages: SYSTEM_AND_USER,
    max_tokens: 1234,
    stream: true,
    stream_options: { include_usage: true },
  },
  together: { model: "vendor-model-1", messages: SYSTEM_AND_USER, max_tokens: 1234, stream: true },
  google: {
    systemInstruction: { role: "user", parts: [{ text: "Be brief." }] },
    contents: [{ role: "user", parts: [{ text: "Hello" }] }],
    generationConfig: { maxOutputTokens: 1234 },
  },
};

const PATHS: Record<Kind, string> = {
  anthropic: "/v1/messages",
  openai: "/chat/completions",
  openai_compatible: "/chat/completions",
  together: "/chat/completions",
  google: "/v1/models/vendor-model-1:streamGenerateContent?alt=sse",
};

describe.each(KINDS)("a call to %s", (to) => {
  it("sends prompt, system and limit in the vendor's words, and nothing else", async () => {
    const { body, url } = await sent(to);
    expect(body).toEqual(BODIES[to]);
    expect(url).toBe(PATHS[to]);
  });

  it("sends no system field without a system text", async () => {
    expect(JSON.stringify((await sent(to, { system: null })).body)).not.toContain("system");
  });

  it("sends the key where the vendor looks for it, once", async () => {
    const { headers } = await sent(to);
    const name = to === "google" ? "x-goog-api-key" : "authorization";
    expect(headers[name]).toBe(to === "google" ? KEY : `Bearer ${KEY}`);
    expect(JSON.stringify(headers).split(KEY)).toHaveLength(2);
  });

  it("takes neither keys, nor hosts, nor headers from the environment", async () => {
    const trap = "http://127.0.0.1:1/trap";
    const headers = "x-trap: trapped\nAuthorization: Bearer trapped\nx-api-key: trapped\nx-goog-api-key: trapped";
    for (const name of ["ANTHROPIC", "OPENAI", "TOGETHER"]) {
      vi.stubEnv(`${name}_BASE_URL`, trap);
      vi.stubEnv(`${name}_API_KEY`, "trapped");
      vi.stubEnv(`${name}_CUSTOM_HEADERS`, headers);
      vi.stubEnv(`${name}_LOG`, "debug");
    }
    for (const name of ["ANTHROPIC_AUTH_TOKEN", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"]) {
      vi.stubEnv(name, "trapped");
    }
    for (const name of ["GOOGLE_API_KEY", "GEMINI_API_KEY", "GOOGLE_CLOUD_PROJECT", "GOOGLE_CLOUD_LOCATION"]) {
      vi.stubEnv(name, "trapped");
    }
    for (const name of ["GOOGLE_GENAI_USE_VERTEXAI", "GOOGLE_GENAI_USE_ENTERPRISE"]) vi.stubEnv(name, "true");
    for (const name of ["GOOGLE_GEMINI_BASE_URL", "GOOGLE_VERTEX_BASE_URL"]) vi.stubEnv(name, trap);
    vi.stubEnv("GOOGLE_GENAI_API_VERSION", "trapped");
    const written = vi.spyOn(process.stdout, "write");
    const logged = (["log", "info", "debug"] as const).map((level) => vi.spyOn(console, level));
    const { body, url, headers: seen } = await sent(to);
    expect(body).toEqual(BODIES[to]);
    expect(url).toBe(PATHS[to]);
    expect(JSON.stringify(seen)).not.toContain("trap");
    // stdout belongs to the protocol.
    for (const spy of [written, ...logged]) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});

describe("effort", () => {
  const older: Partial<Model> = { sampling: "accepted" };
  it.each<[Kind, Effort, "none" | "optional" | "always", Partial<Model>, object]>([
    ["anthropic", "normal", "always", {}, {}],
    ["anthropic", "low", "always", {}, { output_config: { effort: "low" } }],
    ["anthropic", "low", "optional", {}, { output_config: { effort: "low" } }],
    ["anthropic", "none", "optional", {}, { thinking: { type: "disabled" } }],
    ["anthropic", "none", "always", {}, { output_config: { effort: "low" } }],
    ["anthropic", "low", "optional", older, {}],
    ["anthropic", "none", "optional", older, {}],
    ["openai", "normal", "optional", {}, {}],
    ["openai", "low", "optional", {}, { reasoning_effort: "low" }],
    ["openai", "none", "optional", {}, { reasoning_effort: "none" }],
    ["openai", "none", "always", {}, { reasoning_effort: "low" }],
    ["openai", "low", "none", {}, {}],
    ["openai_compatible", "none", "none", {}, {}],
    ["openai_compatible", "low", "optional", {}, { reasoning_effort: "low" }],
    ["together", "normal", "always", {}, {}],
    ["together", "low", "always", {}, { reasoning_effort: "low" }],
    ["together", "low", "optional", {}, {}],
    ["together", "none", "optional", {}, { reasoning: { enabled: false } }],
    ["together", "none", "none", {}, {}],
    ["google", "normal", "optional", {}, {}],
    ["google", "low", "optional", {}, { thinkingConfig: { thinkingLevel: "LOW" } }],
    ["google", "none", "optional", {}, { thinkingConfig: { thinkingLevel: "MINIMAL" } }],
    ["google", "none", "always", {}, { thinkingConfig: { thinkingLevel: "LOW" } }],
    ["google", "low", "none", {}, {}],
  ])("%s: %s of a model whose thinking is %s", async (to, effort, mode, over, extra) => {
    const asked = model({ thinking: mode === "none" ? { mode } : thinking(mode), ...over });
    const { body } = await sent(to, { effort, model: asked });
    const plain = BODIES[to] as Record<string, unknown>;
    const expected =
      to === "google"
        ? { ...plain, generationConfig: { ...(plain["generationConfig"] as object), ...extra } }
        : { ...plain, ...extra };
    expect(body).toEqual(expected);
  });
});

describe("settings that cannot work", () => {
  const tried = (to: Kind, baseUrl: string, key: string | null) =>
    drain(provider(to, baseUrl, key).stream(call(), AbortSignal.timeout(5000)));

  it.each(["anthropic", "openai", "together", "google"] as const)("%s without a key sends nothing", async (to) => {
    for (const key of [null, "", "  ", "two words", "kéy", "line\nbreak"]) {
      const { error } = await tried(to, server.baseUrl, key);
      expect(error).toMatchObject({ kind: "auth", unsent: true });
      if (key !== null && key.trim() !== "") expect(error?.message).not.toContain(key);
    }
    expect(server.received).toHaveLength(0);
  });

  it("a local endpoint needs no key, and then sends none", async () => {
    kind = "openai_compatible";
    vi.stubEnv("OPENAI_API_KEY", "trapped");
    const outcome = await tried("openai_compatible", server.baseUrl, null);
    expect(outcome.finish).toBe("stop");
    expect(server.received[0]?.headers.authorization).toBeUndefined();
  });

  it.each(KINDS)("%s with a base URL that is none says so, and keeps what is in it to itself", async (to) => {
    for (const baseUrl of ["", "nonsense", "ftp://host/v1", "http://", "http://user:passw0rd@127.0.0.1/v1"]) {
      const { error } = await tried(to, baseUrl, KEY);
      expect(error).toMatchObject({ kind: "bad_request", unsent: true });
      expect(error?.message).toContain("base URL");
      expect(error?.message).not.toContain("passw0rd");
    }
  });

  it("keeps a prefix of the base URL, with or without a slash at its end", async () => {
    kind = "openai_compatible";
    for (const suffix of ["/proxy/v1", "/proxy/v1/"]) await tried(kind, server.baseUrl + suffix, null);
    expect(server.received.map(({ url }) => url)).toEqual(["/proxy/v1/chat/completions", "/proxy/v1/chat/completions"]);
  });
});
