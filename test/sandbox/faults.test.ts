import { estimateTokenCount } from "tokenx";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SandboxProvider } from "../../src/sandbox/call.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { solidity } from "../../src/sandbox/answers/solidity.ts";
import type { FaultKind } from "../../src/sandbox/faults.ts";
import { ASK, nothing, PLAIN_MODELS, PROVIDERS, STREAM, WIRE_IDS } from "./sdks.ts";

const TEXT = "A sandbox answer that is long enough to be cut into several pieces of text before it breaks off.";
const PROMPT = "Say something.";
const INPUT = estimateTokenCount(PROMPT);
/** The client's patience where the server keeps silent or never ends. */
const PATIENCE_MS = 150;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ models: PLAIN_MODELS, answers: () => TEXT });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const WAYS = [
  ["a body", ASK],
  ["a stream", STREAM],
] as const;
const CASES = WAYS.flatMap(([way, by]) => PROVIDERS.map((provider) => ({ way, provider, call: by[provider] })));

/** How the call ended: with an error of the SDK, or with an answer; and what was received until then. */
async function outcome(by: typeof ASK | typeof STREAM, provider: SandboxProvider, signal?: AbortSignal) {
  const received = nothing();
  const ask = { prompt: PROMPT, received, ...(signal === undefined ? {} : { signal }) };
  try {
    return { error: null, received: await by[provider](sandbox, ask) };
  } catch (error) {
    return { error: error as Error & { status?: number }, received };
  }
}

describe("an error status", () => {
  const EVERYWHERE = (status: number) => ({ anthropic: status, openai: status, together: status, google: status });
  const STATUSES: readonly (readonly [FaultKind, Record<SandboxProvider, number>, Record<SandboxProvider, RegExp>])[] =
    [
      [
        "rate_limit",
        EVERYWHERE(429),
        { anthropic: /rate_limit_error/, openai: /rate_limit/i, together: /rate limit/, google: /"retryDelay":"1s"/ },
      ],
      [
        "quota",
        { anthropic: 400, openai: 429, together: 402, google: 429 },
        { anthropic: /credit balance/, openai: /insufficient_quota/, together: /credit/i, google: /billing/ },
      ],
      [
        "server_error",
        EVERYWHERE(500),
        { anthropic: /api_error/, openai: /server_error/, together: /server_error/, google: /INTERNAL/ },
      ],
      [
        "unavailable",
        EVERYWHERE(503),
        { anthropic: /api_error/, openai: /server_error/, together: /service_unavailable/, google: /UNAVAILABLE/ },
      ],
      [
        "overloaded",
        { ...EVERYWHERE(503), anthropic: 529 },
        { anthropic: /overloaded_error/, openai: /overloaded/, together: /overloaded/, google: /overloaded/ },
      ],
      [
        "unauthorized",
        EVERYWHERE(401),
        {
          anthropic: /authentication_error/,
          openai: /invalid_api_key/,
          together: /invalid_api_key/,
          google: /API_KEY_INVALID/,
        },
      ],
      [
        "context_length",
        EVERYWHERE(400),
        {
          anthropic: /too long/,
          openai: /context_length_exceeded/,
          together: /context length/,
          google: /input token count/,
        },
      ],
    ];

  for (const [fault, statuses, words] of STATUSES) {
    it.each(CASES)(`${fault} is what the SDK of $provider sees instead of $way`, async ({ provider, way }) => {
      sandbox.setFault(WIRE_IDS[provider], { kind: fault } as { kind: "quota" });
      const { error } = await outcome(way === "a body" ? ASK : STREAM, provider);
      expect(error?.status).toBe(statuses[provider]);
      const said = error as { error?: unknown; message?: string } | null;
      expect(`${JSON.stringify(said?.error)} ${said?.message}`).toMatch(words[provider]);
      expect(sandbox.calls).toMatchObject([{ fault, status: statuses[provider] }]);
      expect(sandbox.bill).toEqual([]);
    });
  }

  it.each(["anthropic", "openai", "together"] as const)(
    "of a rate limit at %s says how long to wait",
    async (provider) => {
      sandbox.setFault("*", { kind: "rate_limit", retryAfterS: 7 });
      const { error } = await outcome(STREAM, provider);
      const { headers } = error as unknown as { headers: Headers };
      expect(headers.get("retry-after")).toBe("7");
      expect(headers.get("retry-after-ms")).toBe(provider === "openai" ? "7000" : null);
    },
  );
});

describe("a connection that breaks", () => {
  it.each(CASES)("reset: $provider never answers with $way", async ({ provider, way }) => {
    sandbox.setFault("*", { kind: "reset" });
    const { error } = await outcome(way === "a body" ? ASK : STREAM, provider);
    expect(error).not.toBeNull();
    expect(error?.status).toBeUndefined();
    expect(sandbox.calls).toMatchObject([{ status: null }]);
    expect(sandbox.bill).toMatchObject([{ complete: false, inputTokens: INPUT, outputTokens: 0, reasoningTokens: 0 }]);
  });

  it.each(CASES)("hang: $provider sends no headers of $way", async ({ provider, way }) => {
    sandbox.setFault("*", { kind: "hang" });
    const { error } = await outcome(way === "a body" ? ASK : STREAM, provider, AbortSignal.timeout(PATIENCE_MS));
    expect(error).not.toBeNull();
    expect(sandbox.bill).toMatchObject([{ complete: false, inputTokens: INPUT, outputTokens: 0 }]);
  });

  it.each(CASES)("reset_mid_body: $provider breaks off in the middle of $way", async ({ provider, way }) => {
    sandbox.setFault("*", { kind: "reset_mid_body" });
    const { error, received } = await outcome(way === "a body" ? ASK : STREAM, provider);
    expect(error).not.toBeNull();
    expectPartOf(received.text, way);
  });

  it.each(CASES)("stall: $provider falls silent in the middle of $way", async ({ provider, way }) => {
    sandbox.setFault("*", { kind: "stall" });
    const { received } = await outcome(way === "a body" ? ASK : STREAM, provider, AbortSignal.timeout(PATIENCE_MS));
    expect(received.finish).toBeNull();
    expectPartOf(received.text, way);
  });

  it.each(CASES)("truncated: $provider ends $way without a finish", async ({ provider, way }) => {
    sandbox.setFault("*", { kind: "truncated" });
    const { received } = await outcome(way === "a body" ? ASK : STREAM, provider);
    expect(received.finish).toBeNull();
    expectPartOf(received.text, way);
  });

  it.each(PROVIDERS)("drip: %s sends a character now and then, for ever", async (provider) => {
    sandbox.setFault("*", { kind: "drip", everyMs: 5 });
    const { received } = await outcome(STREAM, provider, AbortSignal.timeout(PATIENCE_MS));
    expect(received.finish).toBeNull();
    expect(received.text.length).toBeGreaterThan(1);
    expect(TEXT.repeat(10).startsWith(received.text)).toBe(true);
    expect(sandbox.bill).toMatchObject([{ complete: false, inputTokens: INPUT, reasoningTokens: 0 }]);
    expect(sandbox.bill[0]?.outputTokens).toBeGreaterThan(0);
  });

  it.each(PROVIDERS)("a client of %s that hangs up pays for the input and what it was sent", async (provider) => {
    sandbox.setFault("*", { kind: "latency", ms: 0, betweenMs: 20 });
    const { received } = await outcome(STREAM, provider, AbortSignal.timeout(PATIENCE_MS));
    expect(received.finish).toBeNull();
    expect(received.text).not.toBe("");
    const [line] = sandbox.bill;
    expect(line).toMatchObject({ complete: false, inputTokens: INPUT, reasoningTokens: 0 });
    expect(line?.outputTokens).toBeGreaterThanOrEqual(estimateTokenCount(received.text));
    expect(line?.outputTokens).toBeLessThan(estimateTokenCount(TEXT));
  });

  function expectPartOf(text: string, way: string): void {
    if (way === "a stream") {
      expect(text).not.toBe("");
      expect(TEXT.startsWith(text) && text !== TEXT).toBe(true);
    }
    const outputTokens = estimateTokenCount(text);
    expect(sandbox.bill).toMatchObject([{ complete: false, inputTokens: INPUT, outputTokens, reasoningTokens: 0 }]);
  }
});

describe("something that is not the vendor's answer", () => {
  const KINDS = ["malformed", "html", "no_body", "wrong_shape", "error_event"] as const;
  for (const kind of KINDS) {
    it.each(CASES)(`${kind}: $provider never finishes $way`, async ({ provider, way }) => {
      sandbox.setFault("*", { kind });
      const { received } = await outcome(way === "a body" ? ASK : STREAM, provider);
      expect(received.finish ?? null).toBeNull();
      const partial = way === "a stream" && (kind === "malformed" || kind === "error_event");
      expect(received.text === "").toBe(!partial);
      const outputTokens = estimateTokenCount(received.text);
      expect(sandbox.bill).toMatchObject([{ complete: false, inputTokens: INPUT, outputTokens, reasoningTokens: 0 }]);
    });
  }

  it.each(PROVIDERS)("error_event: the SDK of %s throws it", async (provider) => {
    sandbox.setFault("*", { kind: "error_event" });
    expect((await outcome(STREAM, provider)).error).not.toBeNull();
  });
});

describe("an answer that is none", () => {
  const FINISHES: Record<"empty" | "refusal" | "filter" | "length", Record<SandboxProvider, string>> = {
    empty: { anthropic: "end_turn", openai: "stop", together: "stop", google: "STOP" },
    refusal: { anthropic: "refusal", openai: "stop", together: "stop", google: "PROHIBITED_CONTENT" },
    filter: { anthropic: "refusal", openai: "content_filter", together: "content_filter", google: "SAFETY" },
    length: { anthropic: "max_tokens", openai: "length", together: "length", google: "MAX_TOKENS" },
  };
  for (const kind of ["empty", "refusal", "filter", "length"] as const) {
    it.each(CASES)(`${kind}: $provider finishes $way in its own words`, async ({ provider, way }) => {
      sandbox.setFault("*", { kind });
      const { error, received } = await outcome(way === "a body" ? ASK : STREAM, provider);
      expect(error).toBeNull();
      expect(received.finish).toBe(FINISHES[kind][provider]);
      expect(received.text).not.toBe(TEXT);
      const outputTokens = estimateTokenCount(received.text);
      const reasoningTokens = kind === "refusal" ? 0 : 50;
      expect(sandbox.bill).toMatchObject([{ complete: true, inputTokens: INPUT, outputTokens, reasoningTokens }]);
    });
  }
});

describe("bad_answer", () => {
  it.each(PROVIDERS)("%s finishes well, but with a defective answer", async (provider) => {
    const scripted = await startSandbox({ models: PLAIN_MODELS, faults: { "*": { kind: "bad_answer", times: 1 } } });
    const ask = { prompt: "Write a Solidity contract that holds ether under a time lock." };
    const bad = await STREAM[provider](scripted, ask);
    const good = await STREAM[provider](scripted, ask);
    expect(bad.finish).toBe(good.finish);
    expect(bad.text).toBe(solidity.bad);
    expect(good.text).toBe(solidity.good);
    expect(scripted.bill.map((line) => line.complete)).toEqual([true, true]);
    await scripted.close();
  });
});

describe("latency", () => {
  it("delays the answer and bills it in full", async () => {
    sandbox.setFault("*", { kind: "latency", ms: 40 });
    const before = performance.now();
    const { received } = await outcome(STREAM, "openai");
    expect(performance.now() - before).toBeGreaterThanOrEqual(39);
    expect(received.text).toBe(TEXT);
    expect(sandbox.bill).toMatchObject([{ complete: true }]);
  });

  it("of a whole sandbox holds for every call", async () => {
    const slow = await startSandbox({ models: PLAIN_MODELS, latencyMs: 40, answers: () => TEXT });
    const before = performance.now();
    await STREAM.anthropic(slow, { prompt: PROMPT });
    expect(performance.now() - before).toBeGreaterThanOrEqual(39);
    await slow.close();
  });
});

describe("setting a fault", () => {
  it("of so many times wears off", async () => {
    sandbox.setFault(WIRE_IDS.openai, { kind: "server_error", times: 2 });
    const results = [];
    for (let call = 0; call < 3; call += 1) results.push((await outcome(STREAM, "openai")).error?.status ?? "answered");
    expect(results).toEqual([500, 500, "answered"]);
  });

  it("on a model goes before one for all, and null makes well", async () => {
    sandbox.setFault("*", { kind: "unavailable" });
    sandbox.setFault(WIRE_IDS.openai, { kind: "server_error" });
    expect((await outcome(STREAM, "openai")).error?.status).toBe(500);
    expect((await outcome(STREAM, "anthropic")).error?.status).toBe(503);
    sandbox.setFault(WIRE_IDS.openai, null);
    sandbox.setFault("*", null);
    expect((await outcome(STREAM, "openai")).received.text).toBe(TEXT);
  });

  it("refuses an unknown model and an unknown fault", () => {
    expect(() => sandbox.setFault("gpt-7", { kind: "stall" })).toThrow(/no model has the wire id "gpt-7"/i);
    expect(() => sandbox.setFault("*", { kind: "sulk" } as never)).toThrow(/kinds: latency, hang/i);
    expect(() => sandbox.setFault("*", { kind: "latency" } as never)).toThrow(/ms/);
  });

  it("by the call itself goes before those by name, and may leave a call to them", async () => {
    const chosen = await startSandbox({
      models: PLAIN_MODELS,
      answers: () => TEXT,
      faults: { "*": { kind: "server_error" } },
      faultFor: ({ user }) => (user === "well" ? null : user === "busy" ? { kind: "overloaded" } : undefined),
    });
    expect((await STREAM.openai(chosen, { prompt: "well" })).text).toBe(TEXT);
    await expect(STREAM.openai(chosen, { prompt: "busy" })).rejects.toMatchObject({ status: 503 });
    await expect(STREAM.openai(chosen, { prompt: PROMPT })).rejects.toMatchObject({ status: 500 });
    await chosen.close();
  });

  it("works from the start", async () => {
    const broken = await startSandbox({ models: PLAIN_MODELS, faults: { [WIRE_IDS.google]: { kind: "overloaded" } } });
    await expect(STREAM.google(broken, { prompt: PROMPT })).rejects.toMatchObject({ status: 503 });
    await broken.close();
  });
});
