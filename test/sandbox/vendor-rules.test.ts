import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { anthropicClient, ASK, openaiClient, PROVIDERS, STREAM, togetherClient, WIRE_IDS } from "./sdks.ts";

const MESSAGES = [{ role: "user" as const, content: "Hello" }];
const AFTER_TURBO = Date.parse("2026-11-23");

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ nowMs: () => AFTER_TURBO });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

describe("a request that the real vendor refuses", () => {
  it.each(["temperature", "top_p", "top_k"])("Claude 5.x with %s is a 400", async (parameter) => {
    const body = { model: "claude-opus-5-5", max_tokens: 100, messages: MESSAGES, [parameter]: 1 };
    await expect(anthropicClient(sandbox).messages.create(body)).rejects.toMatchObject({ status: 400 });
    expect(sandbox.calls).toMatchObject([{ status: 400, parameters: { [parameter]: 1 } }]);
    expect(sandbox.bill).toEqual([]);
  });

  it("Claude 4.5 may be given a temperature", async () => {
    const body = { model: "claude-opus-4-5-20251101", max_tokens: 100, messages: MESSAGES, temperature: 0.2 };
    await expect(anthropicClient(sandbox).messages.create(body)).resolves.toMatchObject({ stop_reason: "end_turn" });
  });

  it("Anthropic wants an output limit, within what the model allows", async () => {
    const post = (body: object) => anthropicClient(sandbox).post("/v1/messages", { body });
    const base = { model: WIRE_IDS.anthropic, messages: MESSAGES };
    await expect(post(base)).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(/max_tokens: Field required/),
    });
    await expect(post({ ...base, max_tokens: 0 })).rejects.toMatchObject({ status: 400 });
    await expect(post({ ...base, max_tokens: 128_001 })).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(/128001/),
    });
    await expect(post({ ...base, max_tokens: 128_000 })).resolves.toBeDefined();
  });

  it("thinking cannot be turned off where it is always on", async () => {
    const body = { max_tokens: 100, messages: MESSAGES, thinking: { type: "disabled" as const } };
    const { messages } = anthropicClient(sandbox);
    await expect(messages.create({ ...body, model: "claude-opus-5-5" })).rejects.toMatchObject({ status: 400 });
    await expect(messages.create({ ...body, model: "claude-sonnet-5-5" })).resolves.toBeDefined();
  });

  it.each(["gpt-6.2-sol", "gpt-6-luna"])("%s wants max_completion_tokens", async (model) => {
    const { completions } = openaiClient(sandbox).chat;
    await expect(completions.create({ model, messages: MESSAGES, max_tokens: 100 })).rejects.toMatchObject({
      status: 400,
      code: "unsupported_parameter",
      param: "max_tokens",
    });
    await expect(completions.create({ model, messages: MESSAGES, max_completion_tokens: 100 })).resolves.toBeDefined();
  });

  it("GPT-6.2 takes no temperature and no effort of none", async () => {
    const { completions } = openaiClient(sandbox).chat;
    const body = { model: "gpt-6.2-astra", messages: MESSAGES };
    const expected = { status: 400, code: "unsupported_value" };
    await expect(completions.create({ ...body, temperature: 0 })).rejects.toMatchObject(expected);
    await expect(completions.create({ ...body, reasoning_effort: "none" })).rejects.toMatchObject(expected);
    await expect(completions.create({ ...body, reasoning_effort: "low" })).resolves.toBeDefined();
  });

  it("Together's models take a temperature and max_tokens", async () => {
    const body = { model: WIRE_IDS.together, messages: MESSAGES, temperature: 0.2, max_tokens: 100 };
    await expect(togetherClient(sandbox).chat.completions.create(body)).resolves.toBeDefined();
  });

  it("a prompt beyond the context window is a 400", async () => {
    const prompt = "word ".repeat(140_000);
    const wireId = "meta-llama/Llama-3.3-70B-Instruct-Turbo";
    await expect(ASK.together(sandbox, { wireId, prompt })).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(/maximum context length is 131072/),
    });
  });
});

describe("keys and names", () => {
  it.each(PROVIDERS)("a blank key is a 401 at %s", async (provider) => {
    const paths = {
      anthropic: "/anthropic/v1/messages",
      openai: "/openai/v1/chat/completions",
      together: "/together/v1/chat/completions",
      google: `/gemini/v1beta/models/${WIRE_IDS.google}:generateContent`,
    };
    const headers = { "x-api-key": " ", authorization: "Bearer  ", "x-goog-api-key": "" };
    const response = await fetch(sandbox.origin + paths[provider], { method: "POST", headers, body: "{}" });
    expect(response.status).toBe(401);
    expect(await response.json()).toHaveProperty("error");
  });

  it.each(PROVIDERS)("an unknown model is a 404 at %s", async (provider) => {
    for (const call of [ASK[provider], STREAM[provider]]) {
      await expect(call(sandbox, { wireId: "no-such-model", prompt: "Hello" })).rejects.toMatchObject({ status: 404 });
    }
    expect(sandbox.calls).toMatchObject([{ status: 404 }, { status: 404 }]);
    expect(sandbox.bill).toEqual([]);
  });

  it("a model of another vendor is unknown", async () => {
    const call = ASK.openai(sandbox, { wireId: WIRE_IDS.anthropic, prompt: "Hello" });
    await expect(call).rejects.toMatchObject({ status: 404, code: "model_not_found" });
  });

  it("a model past its shutdown is unknown", async () => {
    const call = ASK.openai(sandbox, { wireId: "gpt-4-turbo", prompt: "Hello" });
    await expect(call).rejects.toMatchObject({ status: 404 });
  });

  it.each(["/openai/v1/models", "/anthropic/v1/models", "/together/v1/models", "/gemini/v1beta/models"])(
    "%s lists the vendor's models",
    async (path) => {
      const headers = { authorization: "Bearer sandbox", "x-goog-api-key": "sandbox" };
      const response = await fetch(sandbox.origin + path, { headers });
      expect(response.status).toBe(200);
      const provider = path.includes("gemini") ? "google" : path.split("/")[1];
      expect(await response.text()).toContain(WIRE_IDS[provider as keyof typeof WIRE_IDS]);
    },
  );
});

describe("a body that makes no sense", () => {
  const post = (path: string, body: string) =>
    fetch(sandbox.origin + path, { method: "POST", headers: { authorization: "Bearer sandbox" }, body });

  it("is a 400 when it is not JSON", async () => {
    expect((await post("/openai/v1/chat/completions", "{not json")).status).toBe(400);
  });

  it.each(["{}", '{"model":"gpt-6-luna"}', '{"model":"gpt-6-luna","messages":[]}', "[]", "null", "3"])(
    "is a 400 when it is %s",
    async (body) => {
      expect((await post("/openai/v1/chat/completions", body)).status).toBe(400);
      expect((await post("/anthropic/v1/messages", body)).status).toBe(400);
    },
  );
});
