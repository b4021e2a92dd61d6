/**
 * Priors shared by the rows. `timeoutMs`, `floorMs`, `outputTokensPerS` and `quality` of every row are priors too: orders of magnitude that hold
 * until the ledger has measured something better. The four rows that come from the first router keep its time-outs and qualities.
 */

/**
 * Tokens that a thinking model needs on top of the answer. Vendors ask for 32K of room at their default effort and for 64K at
 * the highest, which is never requested here; at the lowest effort a few thousand are enough.
 */
export const THINKING_ROOM = { low: 4096, normal: 32_768 } as const;

/** Claude 4.7 and later count about 30% more tokens for the same text than the estimate (vendor's migration notes). */
export const NEW_CLAUDE_TOKENS = 1.3;
