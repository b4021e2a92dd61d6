import type { Model } from "../core/model.ts";
import type { CachePrice, PriceClasses, PriceRow } from "../core/price.ts";
import type { ModelRow } from "./model-row.ts";

type Prices = Exclude<NonNullable<ModelRow["prices"]>, string>;
type Classes = Pick<
  Prices,
  "input_usd_per_mtok" | "output_usd_per_mtok" | "cache_read_usd_per_mtok" | "cache_write_usd_per_mtok"
>;
type Change = NonNullable<Prices["changes"]>[number];

/** A price row in the file's spelling, as the catalogue spells it. A cache price that is not given is unknown, not 0. */
export function priceRow(prices: NonNullable<ModelRow["prices"]>): Model["prices"] {
  return prices === "unpriced" ? prices : pricesOf(prices);
}

export function pricesOf(prices: Prices): PriceRow {
  const { long_prompt: long, changes } = prices;
  return {
    ...classesOf(prices),
    ...(long === undefined ? {} : { longPrompt: { overTokens: long.over_tokens, ...classesOf(long) } }),
    ...(changes === undefined ? {} : { changes: changes.map(changeOf) }),
  };
}

function classesOf(prices: Classes): PriceClasses {
  return {
    inputUsd: prices.input_usd_per_mtok,
    outputUsd: prices.output_usd_per_mtok,
    cacheReadUsd: cacheOf(prices.cache_read_usd_per_mtok),
    cacheWriteUsd: cacheOf(prices.cache_write_usd_per_mtok),
  };
}

function cacheOf(price: CachePrice | undefined): CachePrice {
  return price ?? "unknown";
}

function changeOf(change: Change): NonNullable<PriceRow["changes"]>[number] {
  const { input_usd_per_mtok: input, output_usd_per_mtok: output } = change;
  const { cache_read_usd_per_mtok: cacheRead, cache_write_usd_per_mtok: cacheWrite } = change;
  return {
    from: change.from,
    ...(input === undefined ? {} : { inputUsd: input }),
    ...(output === undefined ? {} : { outputUsd: output }),
    ...(cacheRead === undefined ? {} : { cacheReadUsd: cacheRead }),
    ...(cacheWrite === undefined ? {} : { cacheWriteUsd: cacheWrite }),
  };
}
