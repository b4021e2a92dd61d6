import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatUsd, nanoFromUsd, picoUsdPerToken, usdFromNano } from "../../src/core/money.ts";
import { pricesAt, type PriceRow } from "../../src/core/price.ts";
import { affordableOutputTokens, costOf, worstCaseCost, type Usage } from "../../src/core/usage.ts";
import { priceRow } from "../support/arbitraries.ts";

const tokens = fc.integer({ min: 0, max: 1_000_000 });
const maybeTokens = fc.option(tokens);

describe("money", () => {
  it("keeps every price that vendors print to six decimals exact", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 100_000_000 }), (micro) => picoUsdPerToken(micro / 1e6) === micro));
  });

  it("refuses amounts that are not money", () => {
    for (const bad of [Number.NaN, -1, Number.POSITIVE_INFINITY]) {
      expect(() => nanoFromUsd(bad)).toThrow(RangeError);
      expect(() => picoUsdPerToken(bad)).toThrow(RangeError);
    }
  });

  it("survives the way to USD and back", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000_000_000_000 }), (nano) => nanoFromUsd(usdFromNano(nano)) === nano),
    );
  });

  it("prints small amounts with the decimals that they need", () => {
    expect([0, 1_250_000_000, 12_345_678, 4_000, -4_000].map(formatUsd)).toEqual([
      "$0.00",
      "$1.25",
      "$0.0123",
      "$0.000004",
      "-$0.000004",
    ]);
  });
});

describe("the cost of usage", () => {
  it("equals exact arithmetic, rounded once", () => {
    fc.assert(
      fc.property(
        priceRow,
        tokens,
        maybeTokens,
        maybeTokens,
        tokens,
        maybeTokens,
        (row, input, read, write, output, reasoning) => {
          const prices = pricesAt(row, 0, input + (read ?? 0) + (write ?? 0));
          const usage: Usage = {
            inputTokens: input,
            cacheReadTokens: read,
            cacheWriteTokens: write,
            outputTokens: output,
            reasoningTokens: reasoning,
          };
          const pico =
            BigInt(input) * BigInt(prices.input) +
            BigInt(read ?? 0) * BigInt(prices.cacheRead.pico) +
            BigInt(write ?? 0) * BigInt(prices.cacheWrite.pico) +
            BigInt(output + (reasoning ?? 0)) * BigInt(prices.output);
          expect(costOf(usage, prices)?.nanoUsd).toBe(Number((pico + 500n) / 1000n));
        },
      ),
    );
  });

  it("is unknown, not zero, when the vendor did not say", () => {
    const prices = pricesAt({ inputUsd: 2, outputUsd: 10, cacheReadUsd: "none", cacheWriteUsd: "none" }, 0, 0);
    const usage: Usage = {
      inputTokens: null,
      cacheReadTokens: null,
      cacheWriteTokens: null,
      outputTokens: 5,
      reasoningTokens: null,
    };
    expect(costOf(usage, prices)).toBeNull();
    expect(costOf({ ...usage, inputTokens: 5, outputTokens: null }, prices)).toBeNull();
  });

  it("is not exact when tokens fall into a class whose price is only assumed", () => {
    const prices = pricesAt({ inputUsd: 2, outputUsd: 10, cacheReadUsd: "unknown", cacheWriteUsd: 2.5 }, 0, 100);
    const usage: Usage = {
      inputTokens: 100,
      cacheReadTokens: 0,
      cacheWriteTokens: null,
      outputTokens: 5,
      reasoningTokens: null,
    };
    expect(costOf(usage, prices)).toEqual({ nanoUsd: 250_000, exact: true });
    expect(costOf({ ...usage, cacheReadTokens: 50 }, prices)).toEqual({ nanoUsd: 350_000, exact: false });
  });

  it("never exceeds the worst case that was reserved for it", () => {
    fc.assert(
      fc.property(priceRow, tokens, tokens, tokens, tokens, fc.nat(1000), (row, input, read, write, output, slack) => {
        const prices = pricesAt(row, 0, input + read + write);
        const usage: Usage = {
          inputTokens: input,
          cacheReadTokens: read,
          cacheWriteTokens: write,
          outputTokens: output,
          reasoningTokens: null,
        };
        const worst = worstCaseCost(input + read + write + slack, output + slack, prices);
        expect(costOf(usage, prices)?.nanoUsd).toBeLessThanOrEqual(worst);
      }),
    );
  });

  it("can afford exactly the output limit whose worst case fits the budget", () => {
    fc.assert(
      fc.property(priceRow, tokens, fc.nat(5_000_000_000), (row, input, budget) => {
        const prices = pricesAt(row, 0, input);
        const most = affordableOutputTokens(input, budget, prices);
        if (most < 0) {
          expect(worstCaseCost(input, 0, prices)).toBeGreaterThan(budget);
        } else if (Number.isFinite(most)) {
          expect(worstCaseCost(input, most, prices)).toBeLessThanOrEqual(budget);
          expect(worstCaseCost(input, most + 1, prices)).toBeGreaterThan(budget);
        }
      }),
    );
  });
});

describe("prices", () => {
  const row: PriceRow = {
    inputUsd: 0.75,
    outputUsd: 3.75,
    cacheReadUsd: 0.075,
    cacheWriteUsd: "none",
    longPrompt: { overTokens: 200_000, inputUsd: 4, outputUsd: 18, cacheReadUsd: 0.4, cacheWriteUsd: "none" },
    changes: [{ from: "2027-01-01", inputUsd: 1.5, outputUsd: 7.5 }],
  };

  it("change on the announced day, at midnight UTC", () => {
    expect(pricesAt(row, Date.UTC(2026, 11, 31, 23, 59), 10).input).toBe(750_000);
    expect(pricesAt(row, Date.UTC(2027, 0, 1), 10)).toMatchObject({
      input: 1_500_000,
      output: 7_500_000,
      cacheRead: { pico: 75_000 },
    });
  });

  it("bill the whole request at the second price once the prompt is over the limit", () => {
    expect(pricesAt(row, 0, 200_000).input).toBe(750_000);
    expect(pricesAt(row, 0, 200_001)).toMatchObject({ input: 4_000_000, output: 18_000_000 });
  });
});
