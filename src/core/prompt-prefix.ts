import type { Model, ModelId } from "./model.ts";
import { pricesAt } from "./price.ts";

/** The start of a prompt (system text, files, notes) that vendors keep for a while and bill at less when they read it again. */
export interface PromptPrefix {
  /** Tells it from others: of the same characters, by the same principal. Says nothing about what stands in it. */
  readonly key: string;
  /** UTF-16 units of the user text that belong to it; 0: the system text alone. */
  readonly chars: number;
  /** Estimated o200k tokens, system text counted in. */
  readonly tokens: number;
  /** Other requests begin so too: it is worth what a vendor asks for keeping it. */
  readonly isShared: boolean;
  /** The models whose vendors have it: they said so in the usage of an earlier call. */
  readonly warm: ReadonlySet<ModelId>;
}

/** Prompt tokens of a call that are billed at the prices of a cache. */
export interface CachedTokens {
  readonly read: number;
  readonly write: number;
}

export const NOTHING_CACHED: CachedTokens = { read: 0, write: 0 };

/**
 * What of the prefix a model's vendor is expected to read from its cache, or to write to it: it reads what it has, and charges for
 * writing only where its price list says so.
 */
export function expectedCached(
  model: Pick<Model, "id" | "prices" | "tokenFactor">,
  prefix: PromptPrefix | undefined,
  atMs: number,
): CachedTokens {
  if (prefix === undefined || model.prices === "unpriced") return NOTHING_CACHED;
  const tokens = Math.floor(prefix.tokens * model.tokenFactor);
  if (prefix.warm.has(model.id)) return { read: tokens, write: 0 };
  const { cacheWrite, input } = pricesAt(model.prices, atMs, tokens);
  const isCharged = !cacheWrite.assumed && cacheWrite.pico !== input;
  return prefix.isShared && isCharged ? { read: 0, write: tokens } : NOTHING_CACHED;
}
