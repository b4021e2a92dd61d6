import { nanoFromPico, nanoFromPicoCeil, type NanoUsd } from "./money.ts";
import type { TokenPrices } from "./price.ts";

/**
 * Tokens of one attempt in disjoint classes. `null` means that the vendor did not say, which is not 0.
 * `inputTokens` excludes what was read from or written to a cache; `outputTokens` excludes `reasoningTokens`
 * where the vendor tells them apart. Reasoning is billed as output.
 */
export interface Usage {
  readonly inputTokens: number | null;
  readonly cacheReadTokens: number | null;
  readonly cacheWriteTokens: number | null;
  readonly outputTokens: number | null;
  readonly reasoningTokens: number | null;
}

/** Usage of a vendor that has said nothing yet. */
export const UNKNOWN_USAGE: Usage = {
  inputTokens: null,
  cacheReadTokens: null,
  cacheWriteTokens: null,
  outputTokens: null,
  reasoningTokens: null,
};

/** A cost and whether it is what the vendor will bill (`exact`) or our best figure for it. */
export interface Cost {
  readonly nanoUsd: NanoUsd;
  readonly exact: boolean;
  /** At the prices of the vendor's slower tier, which has served it. Absent: at the standard ones. */
  readonly tier?: "flex";
}

/** Tokens of the prompt, cached parts counted in: what a long-prompt tier is measured by. `null` when unknown. */
export function promptTokens(usage: Usage): number | null {
  if (usage.inputTokens === null) return null;
  return usage.inputTokens + (usage.cacheReadTokens ?? 0) + (usage.cacheWriteTokens ?? 0);
}

/** All tokens that are billed as output, or `null` when the vendor did not say. */
export function billedOutputTokens(usage: Usage): number | null {
  if (usage.outputTokens === null) return null;
  return usage.outputTokens + (usage.reasoningTokens ?? 0);
}

/**
 * What `usage` costs at `prices`, rounded once. `null` when input or output tokens are unknown.
 * Not `exact` when tokens fell into a class whose price is only assumed.
 */
export function costOf(usage: Usage, prices: TokenPrices): Cost | null {
  const outputTokens = billedOutputTokens(usage);
  if (usage.inputTokens === null || outputTokens === null) return null;
  const cacheReadTokens = usage.cacheReadTokens ?? 0;
  const cacheWriteTokens = usage.cacheWriteTokens ?? 0;
  const picoUsd =
    usage.inputTokens * prices.input +
    cacheReadTokens * prices.cacheRead.pico +
    cacheWriteTokens * prices.cacheWrite.pico +
    outputTokens * prices.output;
  const assumed =
    (cacheReadTokens > 0 && prices.cacheRead.assumed) || (cacheWriteTokens > 0 && prices.cacheWrite.assumed);
  return { nanoUsd: nanoFromPico(picoUsd), exact: !assumed };
}

/**
 * The most that a call can cost: every input token billed at the dearest input class, the output limit used up. Rounded up.
 */
export function worstCaseCost(inputTokensMax: number, outputTokensMax: number, prices: TokenPrices): NanoUsd {
  return nanoFromPicoCeil(inputTokensMax * dearestInput(prices) + outputTokensMax * prices.output);
}

/** The largest output limit whose worst case stays within `nanoUsd`; negative when the input alone costs more; Infinity when output is free. */
export function affordableOutputTokens(inputTokensMax: number, nanoUsd: NanoUsd, prices: TokenPrices): number {
  const leftPico = nanoUsd * 1000 - inputTokensMax * dearestInput(prices);
  if (leftPico < 0) return -1;
  return prices.output === 0 ? Number.POSITIVE_INFINITY : Math.floor(leftPico / prices.output);
}

/** The most that an input token can cost, whatever a cache does with it. */
export function dearestInput(prices: TokenPrices): number {
  return Math.max(prices.input, prices.cacheWrite.pico, prices.cacheRead.pico);
}
