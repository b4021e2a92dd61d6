import type { Model } from "../core/model.ts";
import type { CachePrice, PriceClasses, PriceRow } from "../core/price.ts";
import type { Reply, ReplyUsage, SandboxProvider } from "./call.ts";

/**
 * What the vendors would bill: an oracle to hold the ledger against. It shares no arithmetic with the product: prices are read
 * from the catalogue's printed figures and summed up in BigInt.
 *
 * Rules:
 * - A call that is answered with an error status is not billed.
 * - A stream or body that is sent to its end, whatever its finish reason, is billed in full, reasoning as output.
 * - A call that breaks off (hang, reset, stall, reset_mid_body, truncated, malformed, drip, error_event, or a client that hangs
 *   up) is billed its input and the text sent so far, without reasoning. A JSON body that breaks off has sent no text.
 * - html, no_body and wrong_shape: something in between answered and the vendor may never have seen the call; the client cannot know,
 *   so they are billed as broken off: the input.
 * - A cache price of "none" is the input price; an unknown one is taken as the input price for reads and 1.25 times that for writes.
 * - A call that is served at the flex tier is billed at its prices.
 * - Each line is rounded once, half up, to nano-USD. A model without a price is billed 0.
 */
export interface BillLine extends ReplyUsage {
  /** The call's ordinal. */
  readonly call: number;
  readonly provider: SandboxProvider;
  readonly wireId: string;
  /** Whether the answer was sent to its end. */
  readonly complete: boolean;
  readonly nanoUsd: number;
}

/** A line while its call is running: broken off with nothing sent, until told otherwise. */
export interface OpenLine {
  /** Tokens of all text sent so far, before the model's own factor. */
  sent(tokens: number): void;
  /** The answer has been sent to its end. */
  complete(): void;
}

export interface Bill {
  /** Starts the line of a call. `usage` is what a complete answer will be billed; without a tier at the standard one. */
  open(
    call: number,
    provider: SandboxProvider,
    model: Model,
    usage: ReplyUsage,
    atMs: number,
    tier?: Reply["tier"],
  ): OpenLine;
  /** The lines as of now, in order of the calls' starts. */
  lines(): readonly BillLine[];
  clear(): void;
}

export function createBill(): Bill {
  const entries: { line(): BillLine }[] = [];
  return {
    open(call, provider, model, usage, atMs, tier) {
      let sentTokens = 0;
      let complete = false;
      const line = (): BillLine => {
        const billed = complete ? usage : { ...usage, outputTokens: sentTokens, reasoningTokens: 0 };
        const nanoUsd = priceOf(billed, tier === "flex" ? (model.flexPrices ?? model.prices) : model.prices, atMs);
        return { call, provider, wireId: model.wireId, complete, ...billed, nanoUsd };
      };
      entries.push({ line });
      return {
        sent: (tokens) => {
          sentTokens = Math.ceil(tokens * model.tokenFactor);
        },
        complete: () => {
          complete = true;
        },
      };
    },
    lines: () => entries.map((entry) => entry.line()),
    clear: () => {
      entries.length = 0;
    },
  };
}

/** Sum of the lines, nano-USD. */
export function billedNanoUsd(lines: readonly BillLine[]): number {
  return Number(lines.reduce((sum, line) => sum + BigInt(line.nanoUsd), 0n));
}

/** Price of the usage in nano-USD by the vendor's printed row, at `atMs` (epoch milliseconds). */
export function priceOf(usage: ReplyUsage, row: PriceRow | "unpriced", atMs: number): number {
  if (row === "unpriced") return 0;
  const prices = classesFor(row, usage, atMs);
  const input = femtoUsd(prices.inputUsd);
  const femto =
    BigInt(usage.inputTokens) * input +
    BigInt(usage.cacheReadTokens) * cacheFemtoUsd(prices.cacheReadUsd, input, 100n) +
    BigInt(usage.cacheWriteTokens) * cacheFemtoUsd(prices.cacheWriteUsd, input, 125n) +
    BigInt(usage.outputTokens + usage.reasoningTokens) * femtoUsd(prices.outputUsd);
  return Number((femto + 500_000n) / 1_000_000n);
}

function classesFor(row: PriceRow, usage: ReplyUsage, atMs: number): PriceClasses {
  const promptTokens = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
  if (row.longPrompt !== undefined && promptTokens > row.longPrompt.overTokens) return row.longPrompt;
  const day = new Date(atMs).toISOString().slice(0, 10);
  let classes: PriceClasses = row;
  for (const change of row.changes ?? []) if (change.from <= day) classes = { ...classes, ...change };
  return classes;
}

/** Nine decimals of a printed price per million tokens are whole femto-USD (1e-15) per token. */
function femtoUsd(usdPerMillionTokens: number): bigint {
  return BigInt(usdPerMillionTokens.toFixed(9).replace(".", ""));
}

function cacheFemtoUsd(price: CachePrice, input: bigint, assumedPercent: bigint): bigint {
  if (price === "none") return input;
  return price === "unknown" ? (input * assumedPercent) / 100n : femtoUsd(price);
}
