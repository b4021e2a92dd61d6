import { calcPrice, type ModelPrice } from "@pydantic/genai-prices";
import { describe, expect, it } from "vitest";
import { MODELS } from "../../src/catalog/models.ts";
import type { Model } from "../../src/core/model.ts";
import { pricesAt, type MaybeAssumed, type PriceRow } from "../../src/core/price.ts";

/**
 * The catalogue's prices against an independent table (`@pydantic/genai-prices`), for every model that both know by its wire id.
 * Each difference must be listed here with its reason; one that has vanished must be taken off the list.
 */
const EXPECTED_DIFFERENCES: Readonly<Record<string, string>> = {
  "gemini-3.8-flash, short prompt, 2027-01-02: cacheRead 0.075, theirs 0.15":
    "Google's page announces new input and output prices for 2027; the row knows of none for cache reads",
  "gpt-6-luna, long prompt, 2026-11-23: cacheRead own price unknown, theirs 0.02":
    "the row's source gives the long-prompt tier for input and output only",
  "gpt-6-luna, long prompt, 2026-11-23: cacheWrite own price unknown, theirs 0.25":
    "the row's source gives the long-prompt tier for input and output only",
  "gpt-6-luna, long prompt, 2027-01-02: cacheRead own price unknown, theirs 0.02":
    "the row's source gives the long-prompt tier for input and output only",
  "gpt-6-luna, long prompt, 2027-01-02: cacheWrite own price unknown, theirs 0.25":
    "the row's source gives the long-prompt tier for input and output only",
};

const DAYS = ["2026-11-23", "2027-01-02"] as const;
type Classes = Readonly<Record<"input" | "output" | "cacheRead" | "cacheWrite", number | null>>;

/** Ours, USD per million tokens; `null` where a class has no price of its own or none that is known. */
function ours(row: PriceRow, day: string, promptTokens: number): Classes {
  const prices = pricesAt(row, Date.parse(day), promptTokens);
  const cache = (declared: unknown, price: MaybeAssumed): number | null =>
    declared === "none" || price.assumed ? null : price.pico / 1e6;
  return {
    input: prices.input / 1e6,
    output: prices.output / 1e6,
    cacheRead: cache(row.cacheReadUsd, prices.cacheRead),
    cacheWrite: cache(row.cacheWriteUsd, prices.cacheWrite),
  };
}

/** Theirs, or `null` when they do not know the model: a name that only shares a prefix ("claude-sonnet-5") is another model. */
function theirs(model: Model, day: string, promptTokens: number): Classes | null {
  const usage = { input_tokens: promptTokens, output_tokens: 1 };
  const found = calcPrice(usage, model.wireId, { providerId: model.provider, timestamp: new Date(day) });
  if (found === null || model.wireId.replace(/-\d{8}$/, "") !== found.model.id) return null;
  const read = (name: string): number | null => {
    const price: ModelPrice[string] = found.model_price[name];
    if (price === undefined || typeof price === "number") return price ?? null;
    const reached = price.tiers.filter((tier) => promptTokens > tier.start);
    return reached.at(-1)?.price ?? price.base;
  };
  return {
    input: read("input_mtok"),
    output: read("output_mtok"),
    cacheRead: read("cache_read_mtok"),
    cacheWrite: read("cache_write_mtok"),
  };
}

function differences(model: Model): string[] | null {
  const row = model.prices;
  if (row === "unpriced") return null;
  const lines: string[] = [];
  for (const [size, promptTokens] of [["short", 1000] as const, ["long", 900_000] as const]) {
    for (const day of DAYS) {
      const mine = ours(row, day, promptTokens);
      const other = theirs(model, day, promptTokens);
      if (other === null) return null;
      for (const name of ["input", "output", "cacheRead", "cacheWrite"] as const) {
        // One line is enough where a long prompt costs the same per token as a short one.
        if (size === "long" && row.longPrompt === undefined && other[name] === theirs(model, day, 1000)?.[name])
          continue;
        if (mine[name] === other[name]) continue;
        const say = (price: number | null): string => (price === null ? "own price unknown" : String(price));
        lines.push(`${model.id}, ${size} prompt, ${day}: ${name} ${say(mine[name])}, theirs ${say(other[name])}`);
      }
    }
  }
  return lines;
}

describe("prices of the catalogue against an independent table", () => {
  const compared = MODELS.flatMap((model) => {
    const lines = differences(model);
    return lines === null ? [] : [{ id: model.id, lines }];
  });

  it("compares these models, the others are unknown to the table", () => {
    expect(compared.map(({ id }) => id)).toEqual([
      "claude-fable-5-1",
      "claude-opus-5-5",
      "claude-opus-4.5",
      "gpt-6-luna",
      "gpt-4-turbo",
      "gemini-3.8-flash",
      "gemini-3.1-pro-preview",
      "gemini-3.5-flash-lite",
      "llama-3.3-70b",
      "llama-3.1-405b",
    ]);
  });

  it("finds exactly the differences that are listed with their reasons", () => {
    expect(compared.flatMap(({ lines }) => lines).sort()).toEqual(Object.keys(EXPECTED_DIFFERENCES).sort());
  });
});
