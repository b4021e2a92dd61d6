import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StreamEvent } from "../../src/core/ports.ts";
import { UNKNOWN_USAGE } from "../../src/core/usage.ts";
import { askRaw, OPENINGS, sse, type Kind, type Outcome } from "./support.ts";

/** A count as chat completions tell it, beside a text. */
const chat = (usage: object, finish = "stop"): string =>
  OPENINGS.openai +
  sse({ choices: [{ index: 0, delta: {}, finish_reason: finish }] }, { choices: [], usage }, "[DONE]");
const gemini = (usageMetadata: object): string =>
  OPENINGS.google + sse({ candidates: [{ content: { parts: [] }, finishReason: "STOP" }], usageMetadata });

type UsageEvent = StreamEvent & { readonly type: "usage" };
const lastUsage = ({ events }: Outcome): UsageEvent | undefined =>
  events.findLast((event): event is UsageEvent => event.type === "usage");
const statedIn = ({ events }: Outcome): readonly number[] =>
  events.flatMap((event) => (event.type === "stated_cost" ? [event.costNanoUsd] : []));

describe("usage under other names", () => {
  const known = { ...UNKNOWN_USAGE, inputTokens: 60, cacheReadTokens: 40, outputTokens: 7 };
  it.each([
    ["DeepSeek", { prompt_cache_hit_tokens: 40, prompt_cache_miss_tokens: 60 }],
    ["LiteLLM", { cache_read_input_tokens: 40 }],
    ["Moonshot", { cached_tokens: 40 }],
    ["the Responses API", { input_tokens_details: { cached_tokens: 40 } }],
  ])("cached tokens as %s names them", async (_, names) => {
    const usage = { prompt_tokens: 100, completion_tokens: 7, ...names };
    expect((await askRaw("openai_compatible", chat(usage))).usage).toEqual(known);
  });

  it.each([
    ["choices[0].usage", (usage: object) => sse({ choices: [{ delta: {}, finish_reason: "stop", usage }] }, "[DONE]")],
    [
      "x_groq.usage",
      (usage: object) => sse({ choices: [{ delta: {}, finish_reason: "stop" }], x_groq: { usage } }, "[DONE]"),
    ],
    [
      "usage of a chunk whose choices are empty, without a finish",
      (usage: object) => sse({ choices: [], usage }, "[DONE]"),
    ],
  ])("in %s", async (_, end) => {
    const usage = { prompt_tokens: 100, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 40 } };
    const outcome = await askRaw("openai_compatible", OPENINGS.openai_compatible + end(usage));
    expect(outcome).toMatchObject({ usage: known, finish: "stop" });
  });

  it("Anthropic: a zero that an earlier count refutes is no count", async () => {
    const body = sse(
      { type: "message_start", message: { usage: { input_tokens: 25, cache_read_input_tokens: 4, output_tokens: 1 } } },
      { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "par" } },
      { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { input_tokens: 0, output_tokens: 3 } },
    );
    const usage = { ...UNKNOWN_USAGE, inputTokens: 25, cacheReadTokens: 4, outputTokens: 3 };
    expect((await askRaw("anthropic", body)).usage).toEqual(usage);
  });
});

describe("zeros", () => {
  it.each<[Kind, string]>([
    ["openai", chat({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 })],
    ["google", gemini({ promptTokenCount: 0, candidatesTokenCount: 0, totalTokenCount: 0 })],
  ])("%s: beside a text are not told", async (kind, body) => {
    expect((await askRaw(kind, body)).usage).toEqual(UNKNOWN_USAGE);
  });

  it("of the output alone are not told beside a text, and told without one", async () => {
    const usage = { prompt_tokens: 9, completion_tokens: 0 };
    expect((await askRaw("openai", chat(usage))).usage).toEqual({ ...UNKNOWN_USAGE, inputTokens: 9 });
    const empty = sse({ choices: [{ delta: {}, finish_reason: "stop" }] }, { choices: [], usage }, "[DONE]");
    expect((await askRaw("openai", empty)).usage).toEqual({ ...UNKNOWN_USAGE, inputTokens: 9, outputTokens: 0 });
  });
});

describe("output", () => {
  const details = { completion_tokens_details: { reasoning_tokens: 100 } };
  it("is what the total leaves for it, where reasoning is counted there alone", async () => {
    const usage = { prompt_tokens: 10, completion_tokens: 20, total_tokens: 130, ...details };
    const outcome = await askRaw("together", chat(usage));
    expect(lastUsage(outcome)).toEqual({
      type: "usage",
      usage: { ...UNKNOWN_USAGE, inputTokens: 10, outputTokens: 20, reasoningTokens: 100 },
    });
  });

  it("Gemini: is what the total leaves for it", async () => {
    const usage = { promptTokenCount: 10, candidatesTokenCount: 20, totalTokenCount: 130 };
    expect((await askRaw("google", gemini(usage))).usage).toMatchObject({ outputTokens: 120 });
  });

  it.each([
    ["more reasoning than output", { prompt_tokens: 10, completion_tokens: 20, ...details }],
    ["a total below its parts", { prompt_tokens: 10, completion_tokens: 120, total_tokens: 50, ...details }],
    ["more cached tokens than the prompt has", { prompt_tokens: 10, completion_tokens: 120, cached_tokens: 40 }],
  ])("is never less than what was counted, and a contradiction is marked: %s", async (_, usage) => {
    const event = lastUsage(await askRaw("openai", chat(usage)));
    expect(event?.contradictory).toBe(true);
    expect((event?.usage.outputTokens ?? 0) + (event?.usage.reasoningTokens ?? 0)).toBe(120);
    expect(event?.usage.inputTokens).toBe(10);
  });

  it("Gemini: thoughts that the total counts inside of the candidates are a contradiction", async () => {
    const usage = { promptTokenCount: 10, candidatesTokenCount: 30, thoughtsTokenCount: 20, totalTokenCount: 40 };
    expect(lastUsage(await askRaw("google", gemini(usage)))).toMatchObject({
      contradictory: true,
      usage: { outputTokens: 30, reasoningTokens: 20 },
    });
  });

  it("is disjoint, never negative, and never below any count of it, whatever the endpoint counts", async () => {
    const count = fc.option(fc.oneof(fc.nat(300), fc.constantFrom(-1, 1.5, "7", 1e300, {})), { nil: undefined });
    const counts = fc.record({ prompt: count, completion: count, reasoning: count, cached: count, total: count });
    await fc.assert(
      fc.asyncProperty(counts, fc.constantFrom<Kind>("openai", "google"), async (each, kind) => {
        const body =
          kind === "google"
            ? gemini({
                promptTokenCount: each.prompt,
                candidatesTokenCount: each.completion,
                thoughtsTokenCount: each.reasoning,
                cachedContentTokenCount: each.cached,
                totalTokenCount: each.total,
              })
            : chat({
                prompt_tokens: each.prompt,
                completion_tokens: each.completion,
                completion_tokens_details: { reasoning_tokens: each.reasoning },
                prompt_tokens_details: { cached_tokens: each.cached },
                total_tokens: each.total,
              });
        const { usage } = await askRaw(kind, body);
        if (usage === null) throw new Error("usage was sent");
        for (const tokens of Object.values(usage)) {
          if (tokens !== null) expect(Number.isSafeInteger(tokens) && tokens >= 0).toBe(true);
        }
        const output = usage.outputTokens === null ? null : usage.outputTokens + (usage.reasoningTokens ?? 0);
        const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
        if (output !== null && isCount(each.completion)) expect(output).toBeGreaterThanOrEqual(each.completion);
        if (output !== null && isCount(each.reasoning)) expect(output).toBeGreaterThanOrEqual(each.reasoning);
        if (usage.inputTokens !== null && isCount(each.prompt))
          expect(usage.inputTokens + (usage.cacheReadTokens ?? 0)).toBe(each.prompt);
      }),
      { numRuns: 200, interruptAfterTimeLimit: 10_000 },
    );
  });
});

describe("a stated cost", () => {
  const counts = { prompt_tokens: 10, completion_tokens: 20 };
  it.each([
    [0.00014, 140_000],
    ["0.0000012345", 1235],
    [1.5e-9, 2],
    [{ input_tokens_cost: 0.001, total_cost: 0.006 }, 6_000_000],
    [9999, 9_999_000_000_000],
    [0, 0],
  ])("of %j USD is told in nano-USD", async (cost, nanoUsd) => {
    expect(statedIn(await askRaw("openai_compatible", chat({ ...counts, cost })))).toEqual([nanoUsd]);
  });

  it("of OpenRouter for a key of one's own is its fee and what the vendor takes", async () => {
    const usage = { ...counts, cost: 0.001, is_byok: true, cost_details: { upstream_inference_cost: 0.02 } };
    expect(statedIn(await askRaw("openai_compatible", chat(usage)))).toEqual([21_000_000]);
  });

  it.each([-1, "free", "", "NaN", "-0.1", "1e9", 1e9, null, true, {}, [0.1]])("of %j is none", async (cost) => {
    expect(statedIn(await askRaw("openai_compatible", chat({ ...counts, cost })))).toEqual([]);
  });
});
