import { picoUsdPerToken, type PicoUsdPerToken } from "./money.ts";

/** `none`: the vendor has no such class and bills these tokens as input. `unknown`: it has one, its price is not published. */
export type CachePrice = number | "none" | "unknown";

/** Prices as the vendor prints them, USD per million tokens. */
export interface PriceClasses {
  readonly inputUsd: number;
  readonly outputUsd: number;
  readonly cacheReadUsd: CachePrice;
  readonly cacheWriteUsd: CachePrice;
}

/** All prices of a model: the base classes, what a long prompt costs, and changes that are already announced. */
export interface PriceRow extends PriceClasses {
  /** The whole request is billed at these prices once its prompt (cached parts counted in) is over the limit. */
  readonly longPrompt?: { readonly overTokens: number } & PriceClasses;
  /** Announced changes in order of date; each replaces the classes that it names from 00:00 UTC of `from` (YYYY-MM-DD). */
  readonly changes?: readonly ({ readonly from: string } & Partial<PriceClasses>)[];
}

/** A price that may rest on an assumption because the vendor does not publish it. */
export interface MaybeAssumed {
  readonly pico: PicoUsdPerToken;
  readonly assumed: boolean;
}

/** Prices for one call at one moment, in integers. */
export interface TokenPrices {
  readonly input: PicoUsdPerToken;
  readonly output: PicoUsdPerToken;
  readonly cacheRead: MaybeAssumed;
  readonly cacheWrite: MaybeAssumed;
}

/** Every vendor in the catalogue that publishes a price for a five-minute cache write asks 1.25 times its input price. */
const ASSUMED_CACHE_WRITE_FACTOR = 1.25;

/** The prices that hold at `atMs` (epoch milliseconds) for a prompt of `promptTokens`. */
export function pricesAt(row: PriceRow, atMs: number, promptTokens: number): TokenPrices {
  const dated = classesAt(row, atMs);
  const long = row.longPrompt;
  return inIntegers(long !== undefined && promptTokens > long.overTokens ? long : dated);
}

/** The base classes that hold at `atMs`: announced changes applied. */
export function classesAt(row: PriceRow, atMs: number): PriceClasses {
  return (row.changes ?? [])
    .filter((change) => Date.parse(change.from) <= atMs)
    .reduce<PriceClasses>((classes, change) => ({ ...classes, ...change }), row);
}

function inIntegers(classes: PriceClasses): TokenPrices {
  const input = picoUsdPerToken(classes.inputUsd);
  return {
    input,
    output: picoUsdPerToken(classes.outputUsd),
    // An unknown cache read is never dearer than input, so input is the safe assumption.
    cacheRead: cachePrice(classes.cacheReadUsd, input, 1),
    cacheWrite: cachePrice(classes.cacheWriteUsd, input, ASSUMED_CACHE_WRITE_FACTOR),
  };
}

function cachePrice(price: CachePrice, input: PicoUsdPerToken, assumedFactor: number): MaybeAssumed {
  if (price === "none") return { pico: input, assumed: false };
  if (price === "unknown") return { pico: Math.round(input * assumedFactor), assumed: true };
  return { pico: picoUsdPerToken(price), assumed: false };
}
