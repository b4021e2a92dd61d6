import { writtenSummary, type Delivery } from "./file-output.ts";
import type { Model } from "./model.ts";
import { pricesAt } from "./price.ts";
import type { NanoUsd } from "./money.ts";
import { estimateTokens, scaleTokens } from "./tokens.ts";
import { costOf, UNKNOWN_USAGE } from "./usage.ts";

/** Estimated tokens that a caller was spared: of files that it named in place of writing them, of answers that it did not have to read. */
export interface CallerSaved {
  readonly unwrittenTokens: number;
  readonly unreadTokens: number;
  /** At the prices of the caller's model; `null`: its model, or its price, is not known. */
  readonly nanoUsd: NanoUsd | null;
}

/** What one request spared its caller; `null`: nothing. `caller`: the caller's model, `null` where the config names none. */
export function callerSaved(
  readTokens: number,
  delivery: Delivery | null,
  answer: string,
  caller: Model | null,
  nowMs: number,
): CallerSaved | null {
  const factor = caller?.tokenFactor ?? 1;
  const unwrittenTokens = scaleTokens(readTokens, factor);
  const unread = delivery?.ok === true ? estimateTokens(answer) - estimateTokens(writtenSummary(delivery.written)) : 0;
  const unreadTokens = scaleTokens(Math.max(0, unread), factor);
  if (unwrittenTokens === 0 && unreadTokens === 0) return null;
  return { unwrittenTokens, unreadTokens, nanoUsd: callerCost(unwrittenTokens, unreadTokens, caller, nowMs) };
}

/** What a caller's model asks for writing and reading so many tokens; `null`: the model, or its price, is not known. */
export function callerCost(
  outputTokens: number,
  inputTokens: number,
  caller: Model | null,
  nowMs: number,
): NanoUsd | null {
  if (caller === null || caller.prices === "unpriced") return null;
  return (
    costOf({ ...UNKNOWN_USAGE, inputTokens, outputTokens }, pricesAt(caller.prices, nowMs, inputTokens))?.nanoUsd ??
    null
  );
}
