import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Usage } from "../../src/core/usage.ts";
import {
  ask,
  askPieces,
  askRaw,
  call,
  drain,
  ENDINGS,
  KINDS,
  OPENINGS,
  provider,
  RESET,
  sse,
  stub,
  type Kind,
} from "./support.ts";

const UNKNOWN: Usage = {
  inputTokens: null,
  cacheReadTokens: null,
  cacheWriteTokens: null,
  outputTokens: null,
  reasoningTokens: null,
};

function anthropic(start: object, delta: object): string {
  const end = { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: delta };
  return sse({ type: "message_start", message: { usage: start } }, end, { type: "message_stop" });
}

function chat(usage: object): string {
  const finish = { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] };
  return sse(finish, { choices: [], usage }, "[DONE]");
}

function gemini(usageMetadata: object): string {
  return sse({ candidates: [{ content: { parts: [] }, finishReason: "STOP" }], usageMetadata });
}

describe("usage in disjoint classes", () => {
  it("Anthropic: input excludes caches, output includes thinking", async () => {
    const counts = {
      input_tokens: 100,
      cache_read_input_tokens: 40,
      cache_creation_input_tokens: 30,
      output_tokens: 1,
    };
    const body = anthropic(counts, { output_tokens: 50, output_tokens_details: { thinking_tokens: 20 } });
    expect((await askRaw("anthropic", body)).usage).toEqual({
      inputTokens: 100,
      cacheReadTokens: 40,
      cacheWriteTokens: 30,
      outputTokens: 30,
      reasoningTokens: 20,
    });
  });

  it("Anthropic: the output count of message_start is not reported, since it is not final", async () => {
    const cut = await askRaw("anthropic", OPENINGS.anthropic);
    expect(cut.finish).toBeNull();
    expect(cut.usage).toEqual({ ...UNKNOWN, inputTokens: 10 });
  });

  it("Anthropic: a later count replaces an earlier one", async () => {
    const body = anthropic({ input_tokens: 10, cache_read_input_tokens: 5 }, { input_tokens: 12, output_tokens: 3 });
    expect((await askRaw("anthropic", body)).usage).toEqual({
      ...UNKNOWN,
      inputTokens: 12,
      cacheReadTokens: 5,
      outputTokens: 3,
    });
  });

  it.each<Kind>(["openai", "openai_compatible", "together"])(
    "%s: prompt includes both cache classes, completion includes reasoning",
    async (kind) => {
      const usage = {
        prompt_tokens: 100,
        completion_tokens: 50,
        prompt_tokens_details: { cached_tokens: 40, cache_write_tokens: 10 },
        completion_tokens_details: { reasoning_tokens: 20 },
      };
      expect((await askRaw(kind, chat(usage))).usage).toEqual({
        inputTokens: 50,
        cacheReadTokens: 40,
        cacheWriteTokens: 10,
        outputTokens: 30,
        reasoningTokens: 20,
      });
    },
  );

  it("chat: running counts before the finish are not reported", async () => {
    const body = sse({ choices: [{ delta: { content: "par" } }], usage: { prompt_tokens: 9, completion_tokens: 1 } });
    expect((await askRaw("openai_compatible", body)).usage).toEqual({ ...UNKNOWN, inputTokens: 9 });
  });

  it.each<Kind>(["openai", "openai_compatible", "together"])(
    "%s: of several answers the first one counts, also when its number is not 0",
    async (kind) => {
      const piece = (index: number, content: string): object => ({ index, delta: { content } });
      const end = (index: number): object => ({ index, delta: {}, finish_reason: index === 1 ? "stop" : "length" });
      const mixed = sse(
        { choices: [piece(1, "one "), piece(2, "two ")] },
        { choices: [piece(2, "zwei")] },
        { choices: [piece(1, "eins")] },
        { choices: [end(1), end(2)] },
        "[DONE]",
      );
      expect(await askRaw(kind, mixed)).toMatchObject({ text: "one eins", finish: "stop" });
    },
  );

  it("Gemini: prompt includes cached tokens, candidates exclude thoughts", async () => {
    const counts = {
      promptTokenCount: 100,
      cachedContentTokenCount: 40,
      candidatesTokenCount: 30,
      thoughtsTokenCount: 20,
      totalTokenCount: 150,
    };
    expect((await askRaw("google", gemini(counts))).usage).toEqual({
      inputTokens: 60,
      cacheReadTokens: 40,
      cacheWriteTokens: null,
      outputTokens: 30,
      reasoningTokens: 20,
    });
  });

  it("Gemini: running totals before the finish are not reported", async () => {
    const part = { content: { parts: [{ text: "par" }] } };
    const body = sse({ candidates: [part], usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 1 } });
    expect((await askRaw("google", body)).usage).toEqual({ ...UNKNOWN, inputTokens: 9 });
  });

  it("Gemini: a count of zero that is left out follows from the total, and from nothing else", async () => {
    const counts = { promptTokenCount: 10, thoughtsTokenCount: 90 };
    expect((await askRaw("google", gemini({ ...counts, totalTokenCount: 100 }))).usage?.outputTokens).toBe(0);
    expect((await askRaw("google", gemini(counts))).usage?.outputTokens).toBeNull();
    expect((await askRaw("google", gemini({ ...counts, totalTokenCount: 50 }))).usage?.outputTokens).toBeNull();
  });

  it.each([-1, 1.5, "7", null, 1e300, {}])("a count of %j is no count", async (count) => {
    const outcomes = await Promise.all([
      askRaw("anthropic", anthropic({ input_tokens: count }, { output_tokens: count })),
      askRaw("openai", chat({ prompt_tokens: count, completion_tokens: count })),
      askRaw("together", chat({ prompt_tokens: count, completion_tokens: count })),
      askRaw("google", gemini({ promptTokenCount: count, candidatesTokenCount: count })),
    ]);
    expect(outcomes.map(({ usage }) => usage)).toEqual([UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN]);
  });

  it("parts that contradict their total leave the total as it is", async () => {
    const usage = { prompt_tokens: 10, prompt_tokens_details: { cached_tokens: 40 }, completion_tokens: 5 };
    expect((await askRaw("openai", chat(usage))).usage).toEqual({ ...UNKNOWN, inputTokens: 10, outputTokens: 5 });
  });

  it("no usage at all is not zero", async () => {
    expect((await askRaw("openai", OPENINGS.openai + ENDINGS.openai)).usage).toBeNull();
  });
});

describe("finish reasons", () => {
  const chatFinish = (reason: string): string => sse({ choices: [{ delta: {}, finish_reason: reason }] });
  const anthropicFinish = (reason: string): string =>
    sse({ type: "message_delta", delta: { stop_reason: reason }, usage: {} });
  const geminiFinish = (reason: string): string => sse({ candidates: [{ finishReason: reason }] });

  it.each<[Kind, string, string, string]>([
    ["anthropic", "end_turn", "stop", anthropicFinish("end_turn")],
    ["anthropic", "stop_sequence", "stop", anthropicFinish("stop_sequence")],
    ["anthropic", "max_tokens", "length", anthropicFinish("max_tokens")],
    ["anthropic", "model_context_window_exceeded", "length", anthropicFinish("model_context_window_exceeded")],
    ["anthropic", "refusal", "refusal", anthropicFinish("refusal")],
    ["anthropic", "tool_use", "other", anthropicFinish("tool_use")],
    ["openai", "stop", "stop", chatFinish("stop")],
    ["openai", "length", "length", chatFinish("length")],
    ["openai", "content_filter", "content_filter", chatFinish("content_filter")],
    ["openai", "tool_calls", "other", chatFinish("tool_calls")],
    ["openai", "constructor", "other", chatFinish("constructor")],
    ["together", "eos", "stop", chatFinish("eos")],
    ["together", "length", "length", chatFinish("length")],
    ["google", "STOP", "stop", geminiFinish("STOP")],
    ["google", "MAX_TOKENS", "length", geminiFinish("MAX_TOKENS")],
    ["google", "CONTINUATION", "length", geminiFinish("CONTINUATION")],
    ["google", "SAFETY", "content_filter", geminiFinish("SAFETY")],
    ["google", "RECITATION", "content_filter", geminiFinish("RECITATION")],
    ["google", "PROHIBITED_CONTENT", "content_filter", geminiFinish("PROHIBITED_CONTENT")],
    ["google", "BLOCKLIST", "content_filter", geminiFinish("BLOCKLIST")],
    ["google", "SPII", "content_filter", geminiFinish("SPII")],
    ["google", "MALFORMED_FUNCTION_CALL", "other", geminiFinish("MALFORMED_FUNCTION_CALL")],
    ["google", "JAILBREAK", "content_filter", sse({ promptFeedback: { blockReason: "JAILBREAK" } })],
  ])("%s: %s is %s", async (kind, raw, reason, body) => {
    expect(await askRaw(kind, body)).toMatchObject({ finish: reason, raw, kind: null });
  });

  it("OpenAI: a refusal in its own field finishes as one, though the vendor says stop", async () => {
    const body = sse({ choices: [{ delta: { refusal: "I cannot" } }] }) + ENDINGS.openai;
    expect(await askRaw("openai", body)).toMatchObject({ text: "", finish: "refusal" });
  });

  it("Gemini: a limit of one request is not silently continued with a second one, which would be billed too", async () => {
    const candidate = { content: { parts: [{ text: "par" }] }, continuationToken: "dG9rZW4=" };
    for (const finishReason of [undefined, "CONTINUATION"]) {
      const server = await stub((response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.end(sse({ candidates: [{ ...candidate, finishReason }] }));
      });
      const outcome = await ask("google", server.baseUrl);
      expect(outcome).toMatchObject({ text: "par", finish: finishReason === undefined ? null : "length" });
      expect(server.received).toHaveLength(1);
      await server.close();
    }
  });

  it.each(KINDS)("%s: a complete answer stays one when the connection breaks after its finish", async (kind) => {
    // Anthropic's finish brings its usage; behind a finish alone a lone piece may not be all of the answer.
    const pieces = kind === "anthropic" ? OPENINGS[kind] : OPENINGS[kind].repeat(2);
    const whole = pieces + ENDINGS[kind].replace("data: [DONE]\n\n", "");
    const outcome = await askPieces(kind, [`${whole}data: {"bro`, RESET]);
    expect(outcome).toMatchObject({ text: kind === "anthropic" ? "par" : "parpar", finish: "stop", kind: null });
  });

  it.each(KINDS)("%s: a connection that breaks before the finish is a network error", async (kind) => {
    const outcome = await askPieces(kind, [OPENINGS[kind], RESET]);
    expect(outcome).toMatchObject({ text: "par", finish: null, kind: "network" });
    expect(outcome.error?.unsent).toBe(false);
  });
});

describe("what is not text", () => {
  it("pings and hidden thinking are signs of life, and no events", async () => {
    const body = sse(
      { type: "ping" },
      { type: "content_block_start", index: 0, content_block: { type: "thinking", thinking: "" } },
      { type: "content_block_delta", index: 0, delta: { type: "signature_delta", signature: "s" } },
    );
    let heard = 0;
    const server = await stub((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).end(body);
    });
    const events = provider("anthropic", server.baseUrl).stream(
      call(),
      AbortSignal.timeout(10_000),
      () => (heard += 1),
    );
    expect((await drain(events)).events).toEqual([]);
    expect(heard).toBeGreaterThan(0);
    await server.close();
  });

  it("shown thinking is reasoning, not text", async () => {
    const shown = {
      anthropic: sse({ type: "content_block_delta", delta: { type: "thinking_delta", thinking: "hm" } }),
      openai: sse({ choices: [{ delta: { reasoning_content: "hm" } }] }),
      openai_compatible: sse({ choices: [{ delta: { reasoning: "hm" } }] }),
      together: sse({ choices: [{ delta: { reasoning: "hm" } }] }),
      google: sse({ candidates: [{ content: { parts: [{ text: "hm", thought: true }] } }] }),
    } as const satisfies Record<Kind, string>;
    for (const kind of KINDS) {
      expect(await askRaw(kind, shown[kind] + OPENINGS[kind] + ENDINGS[kind])).toMatchObject({
        text: "par",
        reasoning: "hm",
        finish: "stop",
      });
    }
  });

  it.each(KINDS)("%s: text that arrives byte by byte comes out whole", async (kind) => {
    const bytes = Buffer.from(OPENINGS[kind].replace('"par"', '"naïve 🦊 \\u0041"') + ENDINGS[kind]);
    const outcome = await askPieces(
      kind,
      Array.from(bytes, (byte) => Buffer.from([byte])),
    );
    expect(outcome).toMatchObject({ text: "naïve 🦊 A", finish: "stop", kind: null });
  });

  it("unknown events that a vendor may add are ignored", async () => {
    const odd = sse({ type: "novelty", value: 1 });
    for (const kind of KINDS) {
      const outcome = await askRaw(kind, OPENINGS[kind] + odd + ENDINGS[kind]);
      expect(outcome).toMatchObject({ text: "par", finish: "stop", kind: null });
    }
  });
});

describe.each(KINDS)("an answer of %s that a proxy has packed", (kind) => {
  const stream = OPENINGS[kind] + ENDINGS[kind];
  const asIs = askRaw(kind, stream);

  it.each([
    ["gzip", gzipSync(stream)],
    ["deflate", deflateSync(stream)],
    ["br", brotliCompressSync(stream)],
    ["gzip, br", brotliCompressSync(gzipSync(stream))],
  ])("as %s reads as if it had come as it was", async (encoding, body) => {
    const { text, kind: failure } = await askRaw(kind, body, { headers: { "content-encoding": encoding } });
    expect(failure).toBeNull();
    expect(text).toBe((await asIs).text);
    expect(text).not.toBe("");
  });
});

describe.each(KINDS)("answers of %s, one after the other", (kind) => {
  it("come over few connections", async () => {
    const sockets = new Set<Socket>();
    const server = createServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" }).end(OPENINGS[kind] + ENDINGS[kind]);
    }).on("connection", (socket: Socket) => void sockets.add(socket));
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (let times = 0; times < 8; times += 1) expect((await ask(kind, baseUrl)).kind).toBeNull();
    server.closeAllConnections();
    server.close();
    // A call may begin in the turn in which the one before it ends.
    expect(sockets.size).toBeLessThanOrEqual(2);
  });
});
