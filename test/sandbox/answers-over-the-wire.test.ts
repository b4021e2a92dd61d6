import { estimateTokenCount } from "tokenx";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SandboxProvider } from "../../src/sandbox/call.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { ASK, openaiClient, PLAIN_MODELS, PROVIDERS, STREAM, togetherClient, WIRE_IDS } from "./sdks.ts";

const TEXT = "A sandbox answer: naïve, 🚀 and long enough to be cut into several pieces of text.";
const OUTPUT = estimateTokenCount(TEXT);
const SYSTEM = "Be brief.";
const PROMPT = "What do you say to this?";
const INPUT = estimateTokenCount(SYSTEM) + estimateTokenCount(PROMPT);
const CACHED = 2;
const WRITTEN = 1;

/** What each vendor reports for an answer with 50 thinking tokens, of whose prompt 2 tokens were read from a cache and 1 written to it. */
const REPORTED = {
  anthropic: {
    input_tokens: INPUT - CACHED - WRITTEN,
    cache_read_input_tokens: CACHED,
    cache_creation_input_tokens: WRITTEN,
    output_tokens: OUTPUT + 50,
    output_tokens_details: { thinking_tokens: 50 },
  },
  openai: {
    prompt_tokens: INPUT,
    completion_tokens: OUTPUT + 50,
    total_tokens: INPUT + OUTPUT + 50,
    prompt_tokens_details: { cached_tokens: CACHED },
    completion_tokens_details: { reasoning_tokens: 50 },
  },
  together: { prompt_tokens: INPUT, completion_tokens: OUTPUT + 50, total_tokens: INPUT + OUTPUT + 50 },
  google: {
    promptTokenCount: INPUT,
    cachedContentTokenCount: CACHED,
    candidatesTokenCount: OUTPUT,
    thoughtsTokenCount: 50,
    totalTokenCount: INPUT + OUTPUT + 50,
  },
} as const satisfies Record<SandboxProvider, object>;

const STOP = { anthropic: "end_turn", openai: "stop", together: "stop", google: "STOP" } as const;
const LENGTH = { anthropic: "max_tokens", openai: "length", together: "length", google: "MAX_TOKENS" } as const;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    models: PLAIN_MODELS,
    answers: () => ({ text: TEXT, cacheReadTokens: CACHED, cacheWriteTokens: WRITTEN }),
  });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const WAYS = [
  ["as one body", ASK],
  ["as a stream", STREAM],
] as const;

describe.each(WAYS)("an answer %s", (_, by) => {
  it.each(PROVIDERS)("is understood by the SDK of %s, usage included", async (provider) => {
    const received = await by[provider](sandbox, { system: SYSTEM, prompt: PROMPT });
    expect(received.text).toBe(TEXT);
    expect(received.finish).toBe(STOP[provider]);
    expect(received.usage).toMatchObject(REPORTED[provider]);
  });

  it.each(PROVIDERS)("of %s is noted and billed in full", async (provider) => {
    await by[provider](sandbox, { system: SYSTEM, prompt: PROMPT, limitTokens: 4000 });
    expect(sandbox.calls).toMatchObject([
      {
        provider,
        stream: by === STREAM,
        fault: null,
        status: 200,
        promptText: PROMPT,
        system: SYSTEM,
        limitTokens: 4000,
      },
    ]);
    expect(sandbox.bill).toMatchObject([
      {
        provider,
        complete: true,
        inputTokens: INPUT - CACHED - WRITTEN,
        cacheReadTokens: CACHED,
        cacheWriteTokens: WRITTEN,
        outputTokens: OUTPUT,
        reasoningTokens: 50,
      },
    ]);
    expect(sandbox.billedNanoUsd()).toBeGreaterThan(0);
  });

  it.each(PROVIDERS)("of %s ends at the output limit, thinking counted in", async (provider) => {
    const received = await by[provider](sandbox, { prompt: PROMPT, limitTokens: 55 });
    expect(received.finish).toBe(LENGTH[provider]);
    expect(TEXT.startsWith(received.text.trimEnd())).toBe(true);
    expect(received.text.length).toBeLessThan(TEXT.length);
    const [line] = sandbox.bill;
    expect(line?.reasoningTokens).toBe(50);
    expect(line?.outputTokens).toBeLessThanOrEqual(5);
  });

  it.each(PROVIDERS)("of %s is empty when thinking uses the limit up", async (provider) => {
    const received = await by[provider](sandbox, { prompt: PROMPT, limitTokens: 20 });
    expect(received).toMatchObject({ text: "", finish: LENGTH[provider] });
    expect(sandbox.bill).toMatchObject([{ outputTokens: 0, reasoningTokens: 20 }]);
  });
});

describe("thinking", () => {
  it.each([
    ["anthropic", "claude-opus-4-5-20251101", 0],
    ["anthropic", "claude-opus-5-5", 50],
    ["google", "gemini-3.1-pro-preview", 50],
    ["google", "gemini-3.5-flash-lite", 0],
    ["together", "meta-llama/Llama-3.3-70B-Instruct-Turbo", 0],
    ["openai", "gpt-6.2-astra", 50],
  ] as const)("of %s %s costs %i tokens by default", async (provider, wireId, tokens) => {
    await STREAM[provider](sandbox, { wireId, prompt: PROMPT });
    expect(sandbox.bill[0]?.reasoningTokens).toBe(tokens);
  });

  it("is shown by Together, apart from the answer", async () => {
    const open = await startSandbox({
      models: PLAIN_MODELS,
      answers: () => ({ text: TEXT, reasoningText: "Let me see." }),
    });
    const stream = await togetherClient(open).chat.completions.create({
      model: WIRE_IDS.together,
      messages: [{ role: "user", content: PROMPT }],
      stream: true,
    });
    let thinking = "";
    let text = "";
    for await (const chunk of stream) {
      thinking += chunk.choices[0]?.delta.reasoning ?? "";
      text += chunk.choices[0]?.delta.content ?? "";
    }
    expect([thinking, text]).toEqual(["Let me see.", TEXT]);
    await open.close();
  });

  it("can be switched off where the vendor allows that", async () => {
    await openaiClient(sandbox).chat.completions.create({
      model: "gpt-6-luna",
      messages: [{ role: "user", content: PROMPT }],
      reasoning_effort: "none",
      temperature: 0.2,
    });
    expect(sandbox.bill[0]?.reasoningTokens).toBe(0);
  });
});

describe("an OpenAI stream", () => {
  it("tells no usage unless it is asked for", async () => {
    const stream = await openaiClient(sandbox).chat.completions.create({
      model: "gpt-6-luna",
      messages: [{ role: "user", content: PROMPT }],
      stream: true,
    });
    const usages = [];
    for await (const chunk of stream) usages.push(chunk.usage);
    expect(usages.length).toBeGreaterThan(2);
    expect(usages.every((usage) => usage === undefined)).toBe(true);
  });
});

describe("every response", () => {
  it("carries the sandbox's mark", async () => {
    const paths = ["/anthropic/v1/messages", "/openai/v1/models", "/sandbox/calls", "/elsewhere"];
    const responses = await Promise.all(paths.map((path) => fetch(sandbox.origin + path)));
    expect(responses.map((response) => response.headers.get("x-signalbox-sandbox"))).toEqual(["1", "1", "1", "1"]);
  });
});

describe("Gemini without ?alt=sse", () => {
  const ask = async (): Promise<Response> =>
    fetch(`${sandbox.env["GOOGLE_GEMINI_BASE_URL"]}/v1beta/models/${WIRE_IDS.google}:streamGenerateContent?key=k`, {
      method: "POST",
      body: JSON.stringify({
        systemInstruction: { parts: [{ text: SYSTEM }] },
        contents: [{ role: "user", parts: [{ text: PROMPT }] }],
      }),
    });

  it("streams one JSON list", async () => {
    const response = await ask();
    expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    const messages = (await response.json()) as { candidates: { content: { parts: { text: string }[] } }[] }[];
    expect(messages.length).toBeGreaterThan(2);
    expect(messages.map((message) => message.candidates[0]?.content.parts[0]?.text).join("")).toBe(TEXT);
    expect(messages.at(-1)).toMatchObject({
      candidates: [{ finishReason: STOP.google }],
      usageMetadata: REPORTED.google,
    });
  });

  it("ends a list with an error object when the fault asks for one", async () => {
    sandbox.setFault(WIRE_IDS.google, { kind: "error_event" });
    const messages = (await (await ask()).json()) as object[];
    expect(messages.at(-1)).toMatchObject({ error: { status: "UNAVAILABLE" } });
  });
});
