import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MODELS } from "../../src/catalog/models.ts";
import { billedOutputTokens, promptTokens, UNKNOWN_USAGE } from "../../src/core/usage.ts";
import type { Fault, FaultKind } from "../../src/sandbox/faults.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/server.ts";
import { call, drain, provider, VENDORS, type Outcome } from "./support.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const WIRE_IDS = {
  anthropic: "claude-sonnet-5-5",
  openai: "gpt-6-luna",
  together: "deepseek-ai/DeepSeek-V4-Pro",
  google: "gemini-3.8-flash",
} as const;

const BASE_URLS = {
  anthropic: "ANTHROPIC_BASE_URL",
  openai: "OPENAI_BASE_URL",
  together: "TOGETHER_BASE_URL",
  google: "GOOGLE_GEMINI_BASE_URL",
} as const;

type Vendor = (typeof VENDORS)[number];

async function askSandbox(
  vendor: Vendor,
  fault: Fault | null,
  signal: AbortSignal = AbortSignal.timeout(10_000),
): Promise<Outcome> {
  const row = MODELS.find((each) => each.wireId === WIRE_IDS[vendor]);
  if (row === undefined) throw new Error(`the catalogue has no ${WIRE_IDS[vendor]}`);
  sandbox.setFault("*", fault);
  const asked = provider(vendor, sandbox.env[BASE_URLS[vendor]] ?? "");
  return drain(asked.stream(call({ model: row, outputLimitTokens: 4096 }), signal));
}

/** An error kind; or "finish: …"; or "quiet": the iteration ends without either. */
const EXPECTED: Record<
  Exclude<FaultKind, "latency" | "hang" | "stall" | "drip">,
  string | Partial<Record<Vendor, string>>
> = {
  rate_limit: "rate_limit",
  quota: "quota",
  server_error: "overloaded",
  unavailable: "overloaded",
  overloaded: "overloaded",
  unauthorized: "auth",
  context_length: "context_length",
  reset: "network",
  reset_mid_body: "network",
  truncated: "quiet",
  malformed: "invalid_response",
  html: "invalid_response",
  no_body: "invalid_response",
  wrong_shape: "invalid_response",
  error_event: "overloaded",
  empty: "finish: stop",
  // Together's models decline in plain words: nothing on the wire tells it from an answer.
  refusal: {
    anthropic: "finish: refusal",
    openai: "finish: refusal",
    together: "finish: stop",
    google: "finish: content_filter",
  },
  filter: {
    anthropic: "finish: refusal",
    openai: "finish: content_filter",
    together: "finish: content_filter",
    google: "finish: content_filter",
  },
  length: "finish: length",
  bad_answer: "finish: stop",
};

const END_NOW = Object.keys(EXPECTED) as (keyof typeof EXPECTED)[];
const BROKEN_MIDWAY: ReadonlySet<FaultKind> = new Set(["reset_mid_body", "truncated", "malformed", "error_event"]);

describe.each(VENDORS)("%s", (vendor) => {
  it.each(END_NOW)("names the fault %s", async (fault) => {
    const outcome = await askSandbox(vendor, { kind: fault });
    const expected = EXPECTED[fault];
    const ended = outcome.kind ?? (outcome.finish === null ? "quiet" : `finish: ${outcome.finish}`);
    expect(ended).toBe(typeof expected === "string" ? expected : expected[vendor]);
    expect(sandbox.calls).toHaveLength(1);
    if (BROKEN_MIDWAY.has(fault)) expect(outcome.text).not.toBe("");
  });

  it("tells how long a rate limit asks to wait", async () => {
    const outcome = await askSandbox(vendor, { kind: "rate_limit", retryAfterS: 7 });
    expect(outcome.error).toMatchObject({ status: 429, retryAfterMs: 7000 });
  });

  it.each(["hang", "stall", "drip"] as const)("releases a %s when its signal fires", async (fault) => {
    const control = new AbortController();
    const events = askSandbox(vendor, { kind: fault }, control.signal);
    await expect.poll(() => sandbox.calls.length).toBe(1);
    control.abort();
    expect((await events).kind).toBe("cancelled");
  });

  it("reports the tokens that the vendor bills", async () => {
    const outcome = await askSandbox(vendor, null);
    const [line] = sandbox.bill;
    if (line === undefined) throw new Error("the sandbox billed nothing");
    expect(outcome.finish).toBe("stop");
    expect(outcome.text).not.toBe("");
    const prompt = line.inputTokens + line.cacheReadTokens + line.cacheWriteTokens;
    expect(promptTokens(outcome.usage ?? UNKNOWN_USAGE)).toBe(prompt);
    expect(billedOutputTokens(outcome.usage ?? UNKNOWN_USAGE)).toBe(line.outputTokens + line.reasoningTokens);
  });

  it("reports what an answer without text cost in thinking", async () => {
    const outcome = await askSandbox(vendor, { kind: "empty" });
    const reasoningTokens = sandbox.bill[0]?.reasoningTokens;
    expect(reasoningTokens).toBeGreaterThan(0);
    expect(outcome.usage).toMatchObject({ outputTokens: 0, reasoningTokens });
  });
});
