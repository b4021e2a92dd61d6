import { describe, expect, it } from "vitest";
import type { Model } from "../../src/core/model.ts";
import type { PriceRow } from "../../src/core/price.ts";
import { billedNanoUsd, createBill, priceOf } from "../../src/sandbox/bill.ts";
import type { ReplyUsage } from "../../src/sandbox/call.ts";
import { startSandbox } from "../../src/sandbox/server.ts";
import { STREAM } from "./sdks.ts";

const AT = Date.parse("2026-11-23T12:00:00Z");
const NONE: ReplyUsage = {
  inputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
};
const ROW: PriceRow = { inputUsd: 2, outputUsd: 10, cacheReadUsd: 0.1, cacheWriteUsd: 2.5 };

describe("the bill's price", () => {
  it("adds the classes up, reasoning as output", () => {
    const usage = {
      inputTokens: 1000,
      cacheReadTokens: 200,
      cacheWriteTokens: 100,
      outputTokens: 300,
      reasoningTokens: 50,
    };
    // 1000 x $2 + 200 x $0.10 + 100 x $2.50 + 350 x $10, per million
    expect(priceOf(usage, ROW, AT)).toBe(2_000_000 + 20_000 + 250_000 + 3_500_000);
  });

  it("rounds a line once, half up", () => {
    const cheap: PriceRow = { inputUsd: 0.0005, outputUsd: 0.0005, cacheReadUsd: "none", cacheWriteUsd: "none" };
    expect(priceOf({ ...NONE, inputTokens: 1 }, cheap, AT)).toBe(1);
    expect(priceOf({ ...NONE, inputTokens: 1, outputTokens: 1 }, cheap, AT)).toBe(1);
    expect(priceOf({ ...NONE, inputTokens: 1 }, { ...cheap, inputUsd: 0.000499 }, AT)).toBe(0);
  });

  it("takes the whole request to the long-prompt prices past the limit, cached tokens counted in", () => {
    const long = { overTokens: 1000, inputUsd: 4, outputUsd: 20, cacheReadUsd: 0.2, cacheWriteUsd: 5 };
    const row: PriceRow = { ...ROW, longPrompt: long };
    expect(priceOf({ ...NONE, inputTokens: 900, cacheReadTokens: 100 }, row, AT)).toBe(1_800_000 + 10_000);
    expect(priceOf({ ...NONE, inputTokens: 901, cacheReadTokens: 100 }, row, AT)).toBe(3_604_000 + 20_000);
  });

  it("follows announced changes from their day on", () => {
    const row: PriceRow = { ...ROW, changes: [{ from: "2027-01-01", inputUsd: 3 }] };
    const usage = { ...NONE, inputTokens: 1000 };
    expect(priceOf(usage, row, Date.parse("2026-12-31T23:59:59.999Z"))).toBe(2_000_000);
    expect(priceOf(usage, row, Date.parse("2027-01-01T00:00:00Z"))).toBe(3_000_000);
  });

  it("bills cache classes without a price as input, and assumes 1.25 times that for an unpublished write", () => {
    const usage = { ...NONE, cacheReadTokens: 1000, cacheWriteTokens: 1000 };
    expect(priceOf(usage, { ...ROW, cacheReadUsd: "none", cacheWriteUsd: "none" }, AT)).toBe(4_000_000);
    expect(priceOf(usage, { ...ROW, cacheReadUsd: "unknown", cacheWriteUsd: "unknown" }, AT)).toBe(4_500_000);
  });

  it("is 0 for a model without a price", () => {
    expect(priceOf({ ...NONE, inputTokens: 1000 }, "unpriced", AT)).toBe(0);
  });
});

describe("the bill", () => {
  const MODEL: Model = {
    id: "m",
    provider: "openai",
    wireId: "m",
    aliases: [],
    prices: ROW,
    contextTokens: 1000,
    maxOutputTokens: 1000,
    timeoutMs: 1000,
    floorMs: 0,
    outputTokensPerS: 80,
    quality: 0.5,
    sampling: "accepted",
    thinking: { mode: "none" },
    tokenFactor: 1,
    lifecycle: { state: "current" },
    source: "this test",
    asOf: "2026-11-23",
  };

  it("counts what was sent until the answer is complete", () => {
    const bill = createBill();
    const line = bill.open(1, "openai", MODEL, { ...NONE, inputTokens: 10, outputTokens: 20, reasoningTokens: 5 }, AT);
    expect(bill.lines()).toMatchObject([
      { call: 1, complete: false, outputTokens: 0, reasoningTokens: 0, nanoUsd: 20_000 },
    ]);
    line.sent(4);
    expect(bill.lines()).toMatchObject([{ complete: false, outputTokens: 4, nanoUsd: 60_000 }]);
    line.complete();
    expect(bill.lines()).toMatchObject([{ complete: true, outputTokens: 20, reasoningTokens: 5, nanoUsd: 270_000 }]);
    bill.open(2, "openai", MODEL, { ...NONE, inputTokens: 1 }, AT);
    expect(billedNanoUsd(bill.lines())).toBe(272_000);
    bill.clear();
    expect(bill.lines()).toEqual([]);
  });
});

describe("the tokenizer of a model", () => {
  it("makes more tokens of the same text where the catalogue says so", async () => {
    const sandbox = await startSandbox({ answers: () => "ten words or so of an answer, to be counted twice" });
    const ask = { prompt: "The same text for both vendors, please." };
    await STREAM.anthropic(sandbox, ask);
    await STREAM.openai(sandbox, ask);
    const [claude, gpt] = sandbox.bill;
    await sandbox.close();
    expect(claude?.inputTokens).toBe(Math.ceil((gpt?.inputTokens ?? 0) * 1.3));
    expect(claude?.outputTokens).toBe(Math.ceil((gpt?.outputTokens ?? 0) * 1.3));
  });
});
