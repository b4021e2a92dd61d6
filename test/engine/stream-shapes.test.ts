import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../src/app.ts";
import { legibleText } from "../../src/core/legible.ts";
import type { CallOutcome } from "../../src/core/attempt.ts";
import { callModel } from "../../src/engine/call-model.ts";
import { ERROR_KINDS, KINDS, model, provider, stub, type Kind, type Stub } from "../providers/support.ts";

/**
 * Streams of every shape, through the vendors' SDKs and the engine's own call: pieces, finishes, counts, comments and errors in any
 * order, framed in any way and split at any byte. Whatever comes: nothing crashes, an accepted answer is the whole text, and no count
 * or cost is negative or no number.
 */
type Item =
  | { readonly text: string }
  | { readonly finish: string }
  | { readonly usage: readonly unknown[] }
  | "comment"
  | "unknown"
  | "error"
  | "terminator";

/** The items as the vendor's messages; strings are lines of their own. */
const MESSAGES: Readonly<Record<Kind, (item: Item) => readonly unknown[]>> = {
  anthropic: (item) => {
    if (item === "terminator") return [{ type: "message_stop" }];
    if (typeof item === "string") return common(item);
    if ("text" in item)
      return [{ type: "content_block_delta", index: 0, delta: { type: "text_delta", text: item.text } }];
    if ("finish" in item) return [{ type: "message_delta", delta: { stop_reason: item.finish } }];
    const [input_tokens, output_tokens] = item.usage;
    return [{ type: "message_delta", delta: {}, usage: { input_tokens, output_tokens } }];
  },
  openai: chat,
  together: chat,
  openai_compatible: chat,
  google: (item) => {
    if (typeof item === "string") return common(item);
    if ("text" in item) return [{ candidates: [{ content: { parts: [{ text: item.text }] } }] }];
    if ("finish" in item) return [{ candidates: [{ finishReason: item.finish }] }];
    const [promptTokenCount, candidatesTokenCount, thoughtsTokenCount, totalTokenCount] = item.usage;
    return [
      {
        candidates: [],
        usageMetadata: { promptTokenCount, candidatesTokenCount, thoughtsTokenCount, totalTokenCount },
      },
    ];
  },
};

function chat(item: Item): readonly unknown[] {
  if (item === "terminator") return ["[DONE]"];
  if (typeof item === "string") return common(item);
  if ("text" in item) return [{ choices: [{ index: 0, delta: { content: item.text } }] }];
  if ("finish" in item) return [{ choices: [{ index: 0, delta: {}, finish_reason: item.finish }] }];
  const [prompt_tokens, completion_tokens, reasoning_tokens, total_tokens] = item.usage;
  const usage = { prompt_tokens, completion_tokens, total_tokens, completion_tokens_details: { reasoning_tokens } };
  return [{ choices: [], usage }];
}

function common(item: "comment" | "unknown" | "error" | "terminator"): readonly unknown[] {
  if (item === "unknown") return [{ novelty: 1, type: "novelty" }];
  if (item === "error") return [{ error: { message: "broken", type: "server_error" } }];
  return item === "comment" ? [null] : [];
}

interface Framing {
  readonly lineEnd: string;
  readonly space: string;
  readonly extra: readonly string[];
}

const framing: fc.Arbitrary<Framing> = fc.record({
  lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
  space: fc.constantFrom(" ", ""),
  extra: fc.subarray([": hi", "id: 7", "event: message", "retry: 5"]),
});

function framed(items: readonly Item[], kind: Kind, { lineEnd, space, extra }: Framing): string {
  const messages = items.flatMap((item) => MESSAGES[kind](item));
  return messages
    .map((message) => {
      if (message === null) return `: keep-alive${lineEnd}${lineEnd}`;
      const data = typeof message === "string" ? message : JSON.stringify(message);
      return [...extra, `data:${space}${data}`, "", ""].join(lineEnd);
    })
    .join("");
}

let server: Stub;
let sent: { readonly chunks: readonly Uint8Array[]; readonly breaks: boolean } = { chunks: [], breaks: false };
beforeAll(async () => {
  server = await stub((response) => {
    response.on("error", () => {});
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const chunk of sent.chunks) response.write(chunk);
    if (sent.breaks) response.socket?.destroy();
    else response.end();
  });
});
afterAll(() => server.close());

const row = model({ prices: { inputUsd: 1, outputUsd: 2, cacheReadUsd: "unknown", cacheWriteUsd: "unknown" } });

async function outcomeOf(
  kind: Kind,
  bytes: Uint8Array,
  cuts: readonly number[],
  breaks: boolean,
): Promise<CallOutcome> {
  const at = [0, ...cuts.map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b), bytes.length];
  sent = { chunks: at.slice(1).map((end, index) => bytes.subarray(at[index], end)), breaks };
  const outcome = await callModel(
    {
      candidate: {
        model: row,
        effort: "normal",
        inputTokensExpected: 10,
        inputTokensEstimated: 10,
        costBand: { lowNanoUsd: 0, highNanoUsd: 0, method: "prior", samples: 0 },
        inputTokensMax: 20,
        outputTokensExpected: 100,
        outputLimitTokens: 1000,
        costExpectedNanoUsd: 1,
        costMaxNanoUsd: 1_000_000_000,
        latency: { typicalMs: 1000, p95Ms: 5000, measured: false },
      },
      prompt: { system: null, user: "Hello", systemTokens: 0, userTokens: 1, maxTokens: 5 },
      provider: provider(kind, server.baseUrl),
      slice: { totalMs: 8000, silenceMs: 4000 },
      signal: new AbortController().signal,
      onText: () => {},
    },
    systemClock,
  );
  for (const count of [outcome.cost.nanoUsd, ...Object.values(outcome.usage)]) {
    if (count !== null) expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
  }
  if (!outcome.result.ok) expect(ERROR_KINDS).toContain(outcome.result.failure.kind);
  return outcome;
}

const piece = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).map((text) => ({ text: `w${text}` }));
const count = fc.option(fc.oneof(fc.nat(500), fc.constantFrom(-3, 0.5, Number.MAX_VALUE, "12", null)), {
  nil: undefined,
});
const usage = fc.tuple(count, count, count, count).map((counts) => ({ usage: counts }));
const between = fc.array(fc.oneof(fc.constantFrom<Item>("comment", "unknown"), usage), { maxLength: 2 });
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
const parameters = { numRuns: 120, interruptAfterTimeLimit: 10_000 };

const textOf = (items: readonly Item[]): string =>
  items.map((item) => (typeof item === "object" && "text" in item ? item.text : "")).join("");
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Pieces with comments, counts and unknown events between them. */
const pieces = fc
  .array(fc.tuple(piece, between), { minLength: 1, maxLength: 6 })
  .map((each) => each.flatMap(([text, rest]): Item[] => [text, ...rest]));

describe.each(KINDS)("%s", (kind) => {
  const stop: Item = { finish: kind === "google" ? "STOP" : "stop" };

  it("accepts what has come whole, however it is framed and split", async () => {
    await fc.assert(
      fc.asyncProperty(between, pieces, between, framing, cuts, async (before, items, after, how, places) => {
        const all: Item[] = [...before, ...items, stop, ...after, "terminator"];
        const outcome = await outcomeOf(kind, encode(framed(all, kind, how)), places, false);
        expect(outcome.result).toMatchObject({ ok: true, answer: { text: legibleText(textOf(all)) } });
      }),
      parameters,
    );
  });

  it("never accepts what is cut before its finish", async () => {
    await fc.assert(
      fc.asyncProperty(
        pieces,
        framing,
        cuts,
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        fc.boolean(),
        async (items, how, places, share, breaks) => {
          const bytes = encode(framed(items, kind, how));
          const outcome = await outcomeOf(kind, bytes.subarray(0, Math.floor(share * bytes.length)), places, breaks);
          expect(outcome.result.ok).toBe(false);
        },
      ),
      parameters,
    );
  });

  it("accepts what has a finish with each piece when it has come whole, and nothing of it when it breaks", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 3, maxLength: 6 }), framing, cuts, async (texts, how, places) => {
        const each = texts.map((text): Item[] => [text, stop]);
        const whole = await outcomeOf(kind, encode(framed([stop, ...each.flat()], kind, how)), places, false);
        expect(whole.result).toMatchObject({ ok: true, answer: { text: legibleText(textOf(texts)) } });
        const cut = await outcomeOf(kind, encode(framed(each.slice(0, -1).flat(), kind, how)), places, true);
        expect(cut.result.ok).toBe(false);
      }),
      parameters,
    );
  });

  it("ends in an answer or a failure, whatever comes in whatever order", async () => {
    const item = fc.oneof(
      piece,
      usage,
      fc.constantFrom<Item>("comment", "unknown", "error", "terminator", stop, { finish: "length" }, { finish: "??" }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { maxLength: 10 }),
        framing,
        cuts,
        fc.boolean(),
        async (items, how, places, breaks) => {
          const { result } = await outcomeOf(kind, encode(framed(items, kind, how)), places, breaks);
          // Nothing is read behind an error, nor behind the end that chat completions have.
          const isEnd = (each: Item): boolean =>
            each === "error" || (each === "terminator" && kind !== "anthropic" && kind !== "google");
          const end = items.findIndex(isEnd);
          const read = end === -1 ? items : items.slice(0, end);
          if (result.ok) expect(result.answer.text).toBe(legibleText(textOf(read)));
        },
      ),
      parameters,
    );
  });
});
