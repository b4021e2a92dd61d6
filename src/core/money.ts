/**
 * Money is an integer number of nano-USD (1e-9 USD). A safe integer holds up to 9 million USD, far above
 * any limit that a ledger here will see, and additions stay exact.
 */
export type NanoUsd = number;

/**
 * Price of one token in integer pico-USD (1e-12 USD). One USD per million tokens is 1,000,000 pico-USD per token,
 * so that every price that vendors print to six decimals is an integer.
 */
export type PicoUsdPerToken = number;

const NANO_PER_USD = 1e9;

/** Converts a vendor's printed price (USD per million tokens) to an integer; throws RangeError on a negative or non-finite one. */
export function picoUsdPerToken(usdPerMillionTokens: number): PicoUsdPerToken {
  if (!Number.isFinite(usdPerMillionTokens) || usdPerMillionTokens < 0) {
    throw new RangeError(`A price must be a finite number of USD, 0 or more; got ${usdPerMillionTokens}`);
  }
  return Math.round(usdPerMillionTokens * 1e6);
}

/** Rounds a sum of pico-USD to nano-USD, half up: the one rounding in the life of a cost. */
export function nanoFromPico(picoUsd: number): NanoUsd {
  return Math.round(picoUsd / 1000);
}

/** Like {@link nanoFromPico}, but never below the true amount: for what is held, not for what is billed. */
export function nanoFromPicoCeil(picoUsd: number): NanoUsd {
  return Math.ceil(picoUsd / 1000);
}

/** Converts USD to nano-USD; throws RangeError on NaN, infinities and negative amounts. */
export function nanoFromUsd(usd: number): NanoUsd {
  if (!Number.isFinite(usd) || usd < 0)
    throw new RangeError(`An amount must be a finite number of USD, 0 or more; got ${usd}`);
  // An amount too small for a nano-USD is still not nothing.
  return usd > 0 ? Math.max(1, Math.round(usd * NANO_PER_USD)) : 0;
}

/** Converts nano-USD to USD for display and for the public contract. */
export function usdFromNano(nanoUsd: NanoUsd): number {
  return nanoUsd / NANO_PER_USD;
}

/** Prints nano-USD with as many decimals as the amount needs: "$1.25", "$0.0031", "-$0.000004". */
export function formatUsd(nanoUsd: NanoUsd): string {
  const usd = Math.abs(usdFromNano(nanoUsd));
  const decimals = usd === 0 || usd >= 1 ? 2 : usd >= 0.01 ? 4 : usd >= 0.000001 ? 6 : 9;
  return `${nanoUsd < 0 ? "-" : ""}$${usd.toFixed(decimals)}`;
}
